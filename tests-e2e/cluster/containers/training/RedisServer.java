import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A Redis server as the operator makes them, with a certificate and a login, from the files beside the training run: the program,
 * the libraries that it loads, and their loader.
 *
 * @param port where it listens, on the loopback address alone
 */
record RedisServer(Process process, int port) implements AutoCloseable {

    /** Takes the user and the password of the file, as the application does. */
    static RedisServer start(Path folder) throws IOException {
        int port = Training.freePort();
        var login = Files.readString(folder.resolve("redis-credentials")).strip().split(" ");
        var files = folder.resolve("redis");
        var process = new ProcessBuilder(List.of(
                        files.resolve("ld.so").toString(), "--library-path", files.toString(),
                        files.resolve("redis-server").toString(),
                        "--bind", "127.0.0.1", "--port", "0", "--tls-port", Integer.toString(port),
                        "--tls-cert-file", files.resolve("tls.crt").toString(),
                        "--tls-key-file", files.resolve("tls.key").toString(),
                        "--tls-auth-clients", "no",
                        "--user", login[0], "on", ">" + login[1], "~*", "&*", "+@all",
                        "--save", ""))
                .inheritIO()
                .start();
        return new RedisServer(process, port);
    }

    @Override
    public void close() {
        process.destroy();
    }
}
