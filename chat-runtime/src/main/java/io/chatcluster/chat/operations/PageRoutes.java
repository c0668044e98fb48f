package io.chatcluster.chat.operations;

import io.chatcluster.chat.auth.AllowedOrigins;
import io.chatcluster.chat.auth.TokenEndpoint;
import io.chatcluster.chat.media.S3Clients;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.CorsHandler;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * What the web page needs before anybody is signed in: {@code GET /config.json}, public and without secrets, and headers that
 * let browsers use the service from the page and from allowed origins only.
 */
@ApplicationScoped
public class PageRoutes {
    private static final String API = "/api/v1/";
    private static final String CONFIG = "/config.json";
    private static final String BUNDLE = "/static/bundle/";
    private static final Pattern HASHED = Pattern.compile(BUNDLE + ".*-[A-Z0-9]{8}\\..*");
    private static final int HEADERS_PRIORITY = 300;
    private static final int CORS_PRIORITY = 290;
    private static final int CORS_SECONDS = 600;
    private static final int CONFIG_SECONDS = 60;

    /** Of answers with the file, a part of it, or the word that it is as it was. */
    private static final Set<Integer> FILE_STATUSES = Set.of(
            HttpResponseStatus.OK.code(),
            HttpResponseStatus.PARTIAL_CONTENT.code(),
            HttpResponseStatus.NOT_MODIFIED.code());

    private static final Set<HttpMethod> METHODS =
            Set.of(HttpMethod.GET, HttpMethod.POST, HttpMethod.PUT, HttpMethod.PATCH, HttpMethod.DELETE);

    private final AllowedOrigins origins;
    private final ChatConfig config;
    private final TokenEndpoint tokens;
    private final Optional<URI> media;
    private volatile Policy policy;
    private final String configuration;
    private final Handler<RoutingContext> cors;

    @Inject
    public PageRoutes(
            ChatConfig config,
            AllowedOrigins origins,
            TokenEndpoint tokens,
            @ConfigProperty(name = "quarkus.application.version") String version) {
        this.origins = origins;
        this.cors = cors(origins);
        this.config = config;
        this.tokens = tokens;
        this.media = S3Clients.address(config);
        this.policy = Policy.of(config, tokens.known(), media);
        this.configuration = configuration(config, version).encode();
    }

    private static Handler<RoutingContext> cors(AllowedOrigins origins) {
        CorsHandler cors = CorsHandler.create()
                .allowedMethods(METHODS)
                .allowedHeaders(Set.of("authorization", "content-type"))
                .exposedHeaders(Set.of("location", "retry-after", "www-authenticate"))
                .maxAgeSeconds(CORS_SECONDS);
        return origins.any() ? cors : cors.addOrigins(List.copyOf(origins.list()));
    }

    void headers(@Observes Filters filters) {
        filters.register(
                request -> {
                    request.response().putHeader("Content-Security-Policy", policy());
                    request.next();
                },
                HEADERS_PRIORITY);
        filters.register(PageRoutes::bundle, HEADERS_PRIORITY);
        filters.register(this::allowOrigin, CORS_PRIORITY);
    }

    /**
     * A hash in a file's name is of its content, so that everybody may keep it for good. That a pod does not have it, as one of another
     * version does not, nobody may keep: the next request may reach one that has.
     */
    private static void bundle(RoutingContext request) {
        String path = request.normalizedPath();
        if (path.startsWith(BUNDLE)) {
            request.addHeadersEndHandler(ended -> {
                HttpServerResponse response = request.response();
                int status = response.getStatusCode();
                if (status >= HttpResponseStatus.BAD_REQUEST.code()) {
                    response.putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
                } else if (FILE_STATUSES.contains(status)
                        && HASHED.matcher(path).matches()) {
                    response.putHeader(HttpHeaders.CACHE_CONTROL, "public, max-age=31536000, immutable");
                }
            });
        }
        request.next();
    }

    void register(@Observes Router router) {
        router.get(CONFIG)
                .handler(request -> request.response()
                        .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                        .putHeader(HttpHeaders.CACHE_CONTROL, "public, max-age=" + CONFIG_SECONDS)
                        .end(configuration));
    }

    /** An origin that is not listed gets no headers, by which its browser refuses; the service's own needs none. */
    private void allowOrigin(RoutingContext request) {
        String origin = request.request().getHeader(HttpHeaders.ORIGIN);
        String path = request.normalizedPath();
        if (origin != null && (path.startsWith(API) || path.equals(CONFIG)) && origins.allow(origin)) {
            cors.handle(request);
        } else {
            request.next();
        }
    }

    private String policy() {
        Policy present = policy;
        Optional<URI> endpoint = tokens.known();
        if (!present.tokenEndpoint.equals(endpoint)) {
            present = Policy.of(config, endpoint, media);
            policy = present;
        }
        return present.value;
    }

    /** The header as it is for a token endpoint, which comes to be known while the pod runs. */
    private record Policy(Optional<URI> tokenEndpoint, String value) {
        static Policy of(ChatConfig config, Optional<URI> tokenEndpoint, Optional<URI> media) {
            return new Policy(tokenEndpoint, policy(config, tokenEndpoint, media));
        }
    }

    /** @param media where attachments are uploaded to and downloaded from */
    static String policy(ChatConfig config, Optional<URI> tokenEndpoint, Optional<URI> media) {
        ChatConfig.Auth auth = config.auth();
        Stream<URI> issuer = auth.jwksFile().isPresent() ? Stream.empty() : Stream.of(URI.create(auth.issuer()));
        List<URI> identity = Stream.of(issuer, tokenEndpoint.stream(), auth.tokenUrl().stream())
                .flatMap(uris -> uris)
                .toList();
        return ContentSecurityPolicy.of(identity, media.stream().toList());
    }

    static JsonObject configuration(ChatConfig config, String version) {
        ChatConfig.Auth auth = config.auth();
        JsonObject signIn = new JsonObject();
        if (auth.jwksFile().isPresent()) {
            signIn.put("mode", "token");
            auth.tokenUrl().ifPresent(url -> signIn.put("tokenUrl", url.toString()));
        } else {
            signIn.put("mode", "oidc").put("issuer", auth.issuer()).put("scopes", auth.webScopes());
            auth.webClientId().ifPresent(id -> signIn.put("clientId", id));
        }
        JsonObject limits =
                new JsonObject().put("messageBytesMax", config.limits().messageBytesMax());
        if (config.media().bucket().isPresent()) {
            limits.put("attachmentBytesMax", config.media().maxObjectBytes())
                    .put("attachmentTypes", new JsonArray(config.media().allowedContentTypes()));
        }
        return new JsonObject()
                .put("auth", signIn)
                .put("limits", limits)
                .put("media", config.media().bucket().isPresent())
                .put("version", version);
    }
}
