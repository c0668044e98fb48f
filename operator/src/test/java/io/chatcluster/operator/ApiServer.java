package io.chatcluster.operator;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.chatcluster.crds.v1alpha1.ChatCluster;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.http.Interceptor;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/**
 * A real API server and its etcd, of the program that the cluster tests have compiled, with the resource type and without
 * any controller.
 */
public final class ApiServer implements AutoCloseable {
    private static final Path DEFINITION = Path.of("../crds/kubernetes/chatclusters.chatcluster.io-v1.yml");
    private static final String TOKEN = "test";

    private final Path directory;
    private final Process etcd;
    private final Process server;
    private final Path bin;
    private final String url;
    private final KubernetesClient client;

    /** The program; absent where the cluster tests have not compiled it yet. */
    public static Optional<Path> program() throws IOException {
        var cache = Path.of(
                Optional.ofNullable(System.getenv("XDG_CACHE_HOME"))
                        .orElse(System.getProperty("user.home") + "/.cache"),
                "chatcluster");
        try (var builds = Files.isDirectory(cache) ? Files.list(cache) : Stream.<Path>empty()) {
            return builds.map(build -> build.resolve("bin"))
                    .filter(bin -> Files.isExecutable(bin.resolve("kube-apiserver")))
                    .findFirst();
        }
    }

    /** For tests that are skipped as a whole without the program. */
    static boolean isCompiled() throws IOException {
        return program().isPresent();
    }

    /** Starts it with these flags besides the usual ones. */
    public ApiServer(Path bin, Path directory, String... flags) throws IOException, GeneralSecurityException {
        this.bin = bin;
        this.directory = directory;
        var store = "http://127.0.0.1:" + FreePort.find();
        var port = FreePort.find();
        url = "https://127.0.0.1:" + port;
        etcd = start(
                bin.resolve("etcd"),
                "--data-dir=" + directory.resolve("etcd"),
                "--listen-client-urls=" + store,
                "--advertise-client-urls=" + store,
                "--listen-peer-urls=http://127.0.0.1:" + FreePort.find());
        Files.writeString(directory.resolve("tokens.csv"), TOKEN + ",admin,admin,system:masters\n");
        writeKeys();
        var usual = Stream.of(
                "--etcd-servers=" + store,
                "--bind-address=127.0.0.1",
                "--secure-port=" + port,
                "--cert-dir=" + directory.resolve("certificates"),
                "--service-account-key-file=" + directory.resolve("public.pem"),
                "--service-account-signing-key-file=" + directory.resolve("private.pem"),
                "--service-account-issuer=https://issuer.test",
                "--service-cluster-ip-range=10.99.0.0/16",
                "--authorization-mode=RBAC",
                "--token-auth-file=" + directory.resolve("tokens.csv"));
        server = start(
                bin.resolve("kube-apiserver"),
                Stream.concat(usual, Stream.of(flags)).toArray(String[]::new));
        client = connect();
        Awaitility.await("the API server, see " + directory.resolve("kube-apiserver.log"))
                .atMost(Duration.ofMinutes(2))
                .ignoreExceptionsMatching(KubernetesClientException.class::isInstance)
                .until(() -> client.namespaces().withName("default").get() != null
                        && client.rbac()
                                        .roles()
                                        .inNamespace("kube-system")
                                        .withName("extension-apiserver-authentication-reader")
                                        .get()
                                != null);
        define();
    }

    /** An administrator's. */
    public KubernetesClient client() {
        return client;
    }

    /** Another client of the administrator, for the caller to close. */
    KubernetesClient connect(Interceptor... interceptors) {
        return new KubernetesClientBuilder()
                .withHttpClientBuilderConsumer(builder -> List.of(interceptors)
                        .forEach(interceptor -> builder.addOrReplaceInterceptor(interceptor.toString(), interceptor)))
                .withConfig(access().build())
                .withKubernetesSerialization(serialization())
                .build();
    }

    /** Which reads as the operator's does. */
    private static KubernetesSerialization serialization() {
        var mapper = new ObjectMapper();
        new SharedParts().customize(mapper);
        return new KubernetesSerialization(mapper, true);
    }

    /** A client that may do what this ServiceAccount may. */
    public KubernetesClient client(String namespace, String serviceAccount) {
        return new KubernetesClientBuilder()
                .withConfig(access().withImpersonateUsername(
                                "system:serviceaccount:%s:%s".formatted(namespace, serviceAccount))
                        .withImpersonateGroups(
                                "system:authenticated", "system:serviceaccounts", "system:serviceaccounts:" + namespace)
                        .build())
                .build();
    }

    public String url() {
        return url;
    }

    public String token() {
        return TOKEN;
    }

    private ConfigBuilder access() {
        return new ConfigBuilder(Config.empty())
                .withMasterUrl(url)
                .withOauthToken(TOKEN)
                .withTrustCerts(true)
                .withNamespace("default");
    }

    /** The objects that kustomize makes of a folder. */
    List<HasMetadata> kustomize(Path folder) throws IOException {
        var process = new ProcessBuilder(bin.resolve("kubectl").toString(), "kustomize", folder.toString())
                .redirectError(directory.resolve("kustomize.log").toFile())
                .start();
        try (var output = process.getInputStream()) {
            return client.load(output).items();
        }
    }

    /** Has an administrator run a command. */
    void kubectl(String... arguments) throws IOException, InterruptedException {
        var program = List.of(bin.resolve("kubectl").toString(), "--kubeconfig=" + kubeconfig());
        var log = directory.resolve("kubectl.log");
        var end = new ProcessBuilder(
                        Stream.concat(program.stream(), Stream.of(arguments)).toList())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start()
                .waitFor();
        if (end != 0) {
            throw new AssertionError("kubectl %s: %s".formatted(String.join(" ", arguments), Files.readString(log)));
        }
    }

    /** Starts one of Kubernetes' own controllers. */
    public Process controller(String name, String... flags) throws IOException {
        var usual = Stream.of(
                "--kubeconfig=" + kubeconfig(),
                "--controllers=" + name,
                "--leader-elect=false",
                "--bind-address=127.0.0.1",
                "--secure-port=" + FreePort.find());
        return start(
                bin.resolve("kube-controller-manager"),
                Stream.concat(usual, Stream.of(flags)).toArray(String[]::new));
    }

    private Path kubeconfig() throws IOException {
        return Files.writeString(directory.resolve("kubeconfig"), """
                apiVersion: v1
                kind: Config
                current-context: test
                clusters: [{name: test, cluster: {server: "%s", insecure-skip-tls-verify: true}}]
                users: [{name: test, user: {token: "%s"}}]
                contexts: [{name: test, context: {cluster: test, user: test}}]
                """.formatted(url, TOKEN));
    }

    private void define() throws IOException {
        try (var definition = Files.newInputStream(DEFINITION)) {
            client.resource(client.getKubernetesSerialization().unmarshal(definition, CustomResourceDefinition.class))
                    .create();
        }
        Awaitility.await("the resource type to be served")
                .atMost(Duration.ofMinutes(1))
                .ignoreExceptionsMatching(KubernetesClientException.class::isInstance)
                .until(() ->
                        client.resources(ChatCluster.class).list().getItems().isEmpty());
    }

    private Process start(Path program, String... arguments) throws IOException {
        var command = Stream.concat(Stream.of(program.toString()), Stream.of(arguments))
                .toList();
        var process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(
                        directory.resolve(program.getFileName() + ".log").toFile())
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        return process;
    }

    private void writeKeys() throws IOException, GeneralSecurityException {
        KeyPair keys = KeyPairGenerator.getInstance("RSA").generateKeyPair();
        Files.write(
                directory.resolve("private.pem"),
                pem("PRIVATE KEY", keys.getPrivate().getEncoded()));
        Files.write(
                directory.resolve("public.pem"),
                pem("PUBLIC KEY", keys.getPublic().getEncoded()));
    }

    private static List<String> pem(String type, byte[] key) {
        return List.of(
                "-----BEGIN " + type + "-----",
                Base64.getMimeEncoder().encodeToString(key),
                "-----END " + type + "-----");
    }

    @Override
    public void close() {
        client.close();
        server.destroyForcibly();
        etcd.destroyForcibly();
    }
}
