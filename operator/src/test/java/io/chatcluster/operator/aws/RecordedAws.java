package io.chatcluster.operator.aws;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.chatcluster.operator.plan.AwsLocation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Answers as a test says, and keeps what it was asked. */
final class RecordedAws implements AutoCloseable {
    private final HttpServer server;
    private final Function<Question, @Nullable Answer> answers;
    private final List<Question> questions = new CopyOnWriteArrayList<>();

    /** @param operation DynamoDB's name of it, or the method and the address */
    record Question(
            String operation,
            String body,
            @Nullable String authorization,
            @Nullable String token) {
        static Question of(HttpExchange exchange) throws IOException {
            var headers = exchange.getRequestHeaders();
            var target = headers.getFirst("X-Amz-Target");
            return new Question(
                    target == null
                            ? exchange.getRequestMethod() + " " + exchange.getRequestURI()
                            : target.substring(target.indexOf('.') + 1),
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8),
                    headers.getFirst("Authorization"),
                    headers.getFirst("X-Amz-Security-Token"));
        }
    }

    record Answer(int status, String body) {
        static Answer ok(String body) {
            return new Answer(200, body);
        }
    }

    /** @param answers none where the connection is to end without one */
    RecordedAws(Function<Question, @Nullable Answer> answers) {
        this.answers = answers;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::answer);
        server.start();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            var question = Question.of(exchange);
            questions.add(question);
            var answer = answers.apply(question);
            if (answer != null) {
                var body = answer.body().getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
                exchange.getResponseBody().write(body);
            }
        }
    }

    AwsLocation location() {
        return new AwsLocation(
                "eu-west-1", "http://127.0.0.1:" + server.getAddress().getPort());
    }

    List<Question> questions() {
        return questions;
    }

    /** Without repetitions, as they came since the last time. */
    List<String> operations() {
        var operations = questions.stream().map(Question::operation).distinct().toList();
        questions.clear();
        return operations;
    }

    Question last() {
        return Objects.requireNonNull(questions.getLast());
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
