package io.chatcluster.chat.media;

import static org.assertj.core.api.Assertions.assertThat;

import io.chatcluster.chat.room.RoomId;
import io.chatcluster.chat.room.UserId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContentDispositionTest {

    @ParameterizedTest
    @ValueSource(strings = {"image/png", "image/webp", "video/mp4", "audio/mpeg", "application/pdf"})
    void shouldShowWhatCannotRunAnything(String contentType) {
        assertThat(ContentDisposition.of(upload("a", contentType))).startsWith("inline;");
    }

    @ParameterizedTest
    @ValueSource(strings = {"image/svg+xml", "text/html", "text/plain", "application/xhtml+xml", "application/zip"})
    void shouldOnlySaveEverythingElse(String contentType) {
        assertThat(ContentDisposition.of(upload("a", contentType))).startsWith("attachment;");
    }

    @Test
    void shouldNameTheFileWhateverItIsCalled() {
        assertThat(ContentDisposition.of(upload("Grüße \"1\" 100%;😀.png", "image/png")))
                .isEqualTo("inline; filename=\"Gr__e _1_ 100_;_.png\";"
                        + " filename*=UTF-8''Gr%C3%BC%C3%9Fe%20%221%22%20100%25%3B%F0%9F%98%80.png");
    }

    private static Upload upload(String name, String contentType) {
        return new Upload(AttachmentId.random(), new RoomId("g-1"), new UserId("alice"), name, contentType, 1);
    }
}
