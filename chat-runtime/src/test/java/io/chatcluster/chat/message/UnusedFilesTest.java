package io.chatcluster.chat.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.chatcluster.chat.media.AttachmentId;
import io.chatcluster.chat.media.DynamoDbAttachmentStore;
import io.chatcluster.chat.media.MediaAttachment;
import io.chatcluster.chat.media.NoMediaStore;
import io.chatcluster.chat.media.Removals;
import io.chatcluster.chat.media.Upload;
import io.chatcluster.chat.operations.DynamoDbClients;
import io.chatcluster.chat.protocol.ChatException;
import io.chatcluster.chat.protocol.ErrorCode;
import io.chatcluster.chat.room.UserId;
import io.chatcluster.chat.services.Pod;
import io.chatcluster.chat.services.TwoPods;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** What becomes of files that stay for a message which is not stored. */
@SuppressWarnings("NullAway.Init")
class UnusedFilesTest {
    private static final UserId ALICE = new UserId("alice");

    @RegisterExtension
    final TwoPods pods = new TwoPods();

    private final Instant begun = Instant.now();
    private DynamoDbClient client;
    private DynamoDbAttachmentStore attachments;
    private Removals removals;
    private UnusedFiles files;

    @BeforeEach
    void start() {
        Pod pod = pods.one();
        client = DynamoDbClients.builder(pod.config).build();
        attachments = new DynamoDbAttachmentStore(client, pod.config);
        removals = new Removals(attachments, new NoMediaStore());
        Folds folds = new Folds(pod.log, new DynamoDbChangeStore(client, pod.config), removals);
        files = new UnusedFiles(new History(pod.log, folds), removals);
    }

    @AfterEach
    void close() {
        removals.close();
        client.close();
    }

    @ParameterizedTest
    @EnumSource(names = {"FORBIDDEN", "NOT_FOUND", "TOO_LARGE"})
    void shouldRemoveTheFilesOfAMessageThatIsRefused(ErrorCode code) {
        // Given
        MediaAttachment.Verified file = kept();

        // When
        refuse(code, file);

        // Then
        assertThat(attachments.find(file.upload().id())).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"UNAVAILABLE", "RATE_LIMITED", "INTERNAL"})
    void shouldLeaveTheFilesOfAMessageThatMayBeSentAgain(ErrorCode code) {
        // Given
        MediaAttachment.Verified file = kept();

        // When
        refuse(code, file);

        // Then
        assertThat(attachments.find(file.upload().id())).contains(file);
    }

    @Test
    void shouldLeaveTheFilesThatTheStoredMessageHas() {
        // Given
        MediaAttachment.Verified used = kept();
        MediaAttachment.Verified unused = kept();
        Ack stored = append("c1", used);

        // When
        Ack answer = files.removedAfter(
                        CompletableFuture.completedFuture(new Ack(stored.seq(), stored.time(), true)),
                        pods.room(),
                        ids(used, unused),
                        begun)
                .toCompletableFuture()
                .join();

        // Then
        assertThat(answer.seq()).isEqualTo(stored.seq());
        assertThat(attachments.find(used.upload().id())).contains(used);
        assertThat(attachments.find(unused.upload().id())).isEmpty();
    }

    @Test
    void shouldLeaveTheFilesOfARefusedMessageThatAnotherOneHas() {
        // Given
        MediaAttachment.Verified file = kept();
        append("c2", file);

        // When
        refuse(ErrorCode.FORBIDDEN, file);

        // Then
        assertThat(attachments.find(file.upload().id())).contains(file);
    }

    @Test
    void shouldLeaveTheFilesOfAMessageThatIsStored() {
        // Given
        MediaAttachment.Verified file = kept();
        Ack stored = append("c1", file);

        // When
        files.removedAfter(CompletableFuture.completedFuture(stored), pods.room(), ids(file), begun)
                .toCompletableFuture()
                .join();

        // Then
        assertThat(attachments.find(file.upload().id())).contains(file);
    }

    private void refuse(ErrorCode code, MediaAttachment.Verified file) {
        CompletableFuture<Ack> refused = CompletableFuture.failedFuture(new ChatException(code, "refused"));
        assertThatThrownBy(() -> files.removedAfter(refused, pods.room(), ids(file), begun)
                        .toCompletableFuture()
                        .join())
                .isInstanceOf(CompletionException.class)
                .hasRootCauseMessage("refused");
    }

    private Ack append(String clientMessageId, MediaAttachment.Verified file) {
        SendMessage message = new SendMessage(ALICE, pods.room(), clientMessageId, null, ids(file), null);
        return pods.one()
                .writers
                .append(pods.room(), EventBody.message(message, List.of(file)))
                .join();
    }

    private MediaAttachment.Verified kept() {
        Upload upload = new Upload(id(), pods.room(), ALICE, "a.pdf", "application/pdf", 100);
        attachments.announce(upload, Instant.now().plusSeconds(60));
        MediaAttachment.Verified file = new MediaAttachment.Verified(upload, URI.create("s3://media/a"), null);
        assertThat(attachments.verified(file)).isTrue();
        return file;
    }

    private static AttachmentId id() {
        return new AttachmentId(UUID.randomUUID().toString().replace("-", "").substring(10));
    }

    private static List<String> ids(MediaAttachment.Verified... files) {
        return Stream.of(files).map(file -> file.upload().id().value()).toList();
    }
}
