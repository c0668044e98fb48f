package io.chatcluster.operator;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A real API server without controllers, and on it the operator as config/overlays/namespaced sets it up. */
public final class NamespacedOperator implements QuarkusTestResourceLifecycleManager {
    private static final String SYSTEM = "chatcluster-system";
    private static final String OPERATOR = "chatcluster-operator";

    private @Nullable ApiServer server;

    @Override
    public Map<String, String> start() {
        try {
            var directory = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "namespaced-operator-");
            server = new ApiServer(ApiServer.program().orElseThrow(), directory);
            var admin = server.client();
            for (var namespace : List.of(SYSTEM, "chat", "elsewhere")) {
                admin.resource(new NamespaceBuilder()
                                .withNewMetadata()
                                .withName(namespace)
                                .endMetadata()
                                .build())
                        .create();
            }
            server.kustomize(Path.of("../config/overlays/namespaced")).stream()
                    .filter(object -> object instanceof Role || object instanceof RoleBinding)
                    .forEach(object -> admin.resource(object).create());
            return Map.of(
                    "quarkus.kubernetes-client.api-server-url",
                    server.url(),
                    "quarkus.kubernetes-client.token",
                    token(admin),
                    "quarkus.kubernetes-client.trust-certs",
                    "true",
                    "quarkus.management.test-port",
                    "0",
                    "chatcluster.watch-namespaces",
                    "chat",
                    "chatcluster.runtime.image",
                    "registry.test/runtime:1",
                    "chatcluster.redis.image",
                    "registry.test/redis:1");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String token(KubernetesClient admin) {
        var account = new ServiceAccountBuilder()
                .withNewMetadata()
                .withNamespace(SYSTEM)
                .withName(OPERATOR)
                .endMetadata()
                .build();
        admin.resource(account).create();
        return admin.serviceAccounts()
                .inNamespace(SYSTEM)
                .withName(OPERATOR)
                .tokenRequest(new TokenRequestBuilder()
                        .withNewSpec()
                        .withExpirationSeconds(3600L)
                        .endSpec()
                        .build())
                .getStatus()
                .getToken();
    }

    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(
                Objects.requireNonNull(server).client(),
                new TestInjector.AnnotatedAndMatchesType(Admin.class, KubernetesClient.class));
    }

    @Override
    public void stop() {
        if (server != null) {
            server.close();
        }
    }
}
