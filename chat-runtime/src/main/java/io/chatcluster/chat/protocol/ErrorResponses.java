package io.chatcluster.chat.protocol;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.Components;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem.HttpMethod;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import org.eclipse.microprofile.openapi.models.security.SecurityScheme;

/** Describes in the OpenAPI document how requests are authenticated, and which problems each may be answered with. */
@OpenApiFilter(OpenApiFilter.RunStage.BUILD)
public class ErrorResponses implements OASFilter {
    private static final String API = "/api/v1/";
    private static final String TOKEN = "token";

    private static final Map<ErrorCode, String> DESCRIPTIONS = Map.ofEntries(
            Map.entry(ErrorCode.INVALID, "The request is malformed or a field is out of its limits; detail names it"),
            Map.entry(ErrorCode.UNAUTHENTICATED, "No token, or one that is not accepted"),
            Map.entry(ErrorCode.FORBIDDEN, "The caller's role, scope or a block does not allow it"),
            Map.entry(ErrorCode.NOT_FOUND, "No such object, or one the caller may not see"),
            Map.entry(ErrorCode.CONFLICT, "The request contradicts the present state"),
            Map.entry(ErrorCode.TOO_LARGE, "A body, a message, a file or a room is over its limit"),
            Map.entry(ErrorCode.RATE_LIMITED, "Too much at once; try again after Retry-After"),
            Map.entry(ErrorCode.UNAVAILABLE, "The service cannot answer for now; try again after Retry-After"),
            Map.entry(ErrorCode.UNSUPPORTED, "This cluster has no attachments"),
            Map.entry(ErrorCode.INTERNAL, "A fault of the service"));

    @Override
    public void filterOpenAPI(OpenAPI document) {
        Components components =
                document.getComponents() == null ? OASFactory.createComponents() : document.getComponents();
        document.setComponents(components);
        components.addSecurityScheme(
                TOKEN,
                OASFactory.createSecurityScheme()
                        .type(SecurityScheme.Type.HTTP)
                        .scheme("bearer")
                        .bearerFormat("JWT")
                        .description(
                                "The token of connect. A scope claim with chat:admin makes its bearer a back end"));
        document.addSecurityRequirement(OASFactory.createSecurityRequirement().addScheme(TOKEN));
        DESCRIPTIONS.forEach((code, description) -> components.addResponse(name(code), response(code, description)));
        document.getPaths().getPathItems().forEach((path, item) -> {
            if (path.startsWith(API)) {
                item.getOperations().forEach((method, operation) -> describe(path, method, operation));
            }
        });
    }

    private static void describe(String path, HttpMethod method, Operation operation) {
        for (ErrorCode code : codes(path.substring(API.length()), method, operation)) {
            operation
                    .getResponses()
                    .addAPIResponse(
                            Integer.toString(code.httpStatus()),
                            OASFactory.createAPIResponse().ref(name(code)));
        }
    }

    private static Set<ErrorCode> codes(String path, HttpMethod method, Operation operation) {
        boolean reads = method == HttpMethod.GET;
        boolean hasBody = operation.getRequestBody() != null;
        Set<ErrorCode> codes = EnumSet.of(ErrorCode.UNAUTHENTICATED, ErrorCode.UNAVAILABLE, ErrorCode.INTERNAL);
        if (hasBody || path.contains("{") || reads && !path.equals("users/me")) {
            codes.add(ErrorCode.INVALID);
        }
        if (path.equals("rooms") || path.startsWith("rooms/") && !reads) {
            codes.add(ErrorCode.FORBIDDEN);
        }
        if (path.startsWith("rooms/") || path.equals("users/{user}") || path.startsWith("attachments/")) {
            codes.add(ErrorCode.NOT_FOUND);
        }
        if (!reads && (path.contains("/members/") || path.contains("/messages/") || path.equals("users/me"))) {
            codes.add(ErrorCode.CONFLICT);
        }
        if (hasBody || method == HttpMethod.PUT) {
            codes.add(ErrorCode.TOO_LARGE);
        }
        boolean uploads = path.endsWith("/attachments") || path.endsWith("/avatar");
        if (!reads && (uploads || path.contains("/messages")) || path.equals("presence")) {
            codes.add(ErrorCode.RATE_LIMITED);
        }
        boolean namesFiles = path.endsWith("/messages") || path.equals("users/me");
        if (uploads || path.startsWith("attachments/") || !reads && namesFiles) {
            codes.add(ErrorCode.UNSUPPORTED);
        }
        return codes;
    }

    private static APIResponse response(ErrorCode code, String description) {
        APIResponse response = OASFactory.createAPIResponse()
                .description(description)
                .content(OASFactory.createContent()
                        .addMediaType(
                                Problem.MEDIA_TYPE,
                                OASFactory.createMediaType()
                                        .schema(OASFactory.createSchema().ref("Problem"))));
        if (code == ErrorCode.UNAUTHENTICATED) {
            header(response, "WWW-Authenticate", "How to authenticate: Bearer", SchemaType.STRING);
        }
        if (code == ErrorCode.RATE_LIMITED || code == ErrorCode.UNAVAILABLE) {
            header(response, "Retry-After", "Seconds to wait, where known", SchemaType.INTEGER);
        }
        return response;
    }

    private static void header(APIResponse response, String name, String description, SchemaType type) {
        response.addHeader(
                name,
                OASFactory.createHeader()
                        .description(description)
                        .schema(OASFactory.createSchema().addType(type)));
    }

    /** As in {@code NotFound}. */
    private static String name(ErrorCode code) {
        StringBuilder name = new StringBuilder();
        for (String word : code.wireName().split("_")) {
            name.append(Character.toUpperCase(word.charAt(0))).append(word, 1, word.length());
        }
        return name.toString();
    }
}
