package io.chatcluster.chat.media;

import static org.assertj.core.api.Assertions.assertThat;

import io.chatcluster.chat.services.TestFiles;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FileSignatureTest {

    @ParameterizedTest
    @ValueSource(strings = {"png", "jpeg", "gif"})
    void shouldKnowPicturesByTheirFirstBytes(String format) {
        // Given
        byte[] picture = TestFiles.picture(format, 4, 4);

        // When
        // Then
        assertThat(FileSignature.fits("image/" + format, picture)).isTrue();
        assertThat(FileSignature.fits("application/pdf", picture)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "image/webp, RIFF____WEBPVP8_, true",
        "image/webp, RIFF____WAVEfmt_, false",
        "audio/wav, RIFF____WAVEfmt_, true",
        "image/avif, ____ftypavif____, true",
        "image/heic, ____ftypmif1____heic, true",
        "image/heic, ____ftypisom____mp42, false",
        "video/mp4, ____ftypisom____mp42, true",
        "video/mp4, <html>, false",
        "audio/ogg, OggS, true",
        "audio/mpeg, ID3, true",
        "audio/mpeg, MZ, false",
        "application/zip, MZ, false",
        "application/x-zip-compressed, MZ, false",
        "audio/x-m4a, ____ftypM4A_, true",
        "audio/x-m4a, MZ, false",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document, MZ, false",
        "application/vnd.oasis.opendocument.text, %PDF-1.7, false",
        "application/msword, MZ, false",
        "application/x-of-ones-own, anything, true",
        "image/png, '', false"
    })
    void shouldCompareTheFirstBytesWithTheType(String contentType, String beginning, boolean fits) {
        // When
        // Then
        assertThat(FileSignature.fits(contentType, beginning.getBytes(StandardCharsets.ISO_8859_1)))
                .isEqualTo(fits);
    }

    @Test
    void shouldTakeOfficeDocumentsForTheArchivesTheyAre() {
        // Given
        byte[] archive = {'P', 'K', 3, 4, 20, 0};

        // When
        // Then
        assertThat(FileSignature.fits("application/zip", archive)).isTrue();
        assertThat(FileSignature.fits("application/x-zip-compressed", archive)).isTrue();
        assertThat(FileSignature.fits("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", archive))
                .isTrue();
    }

    @Test
    void shouldNotTakeProgramsForText() {
        // Given
        byte[] program = {0x7f, 'E', 'L', 'F', 2, 1, 1, 0};

        // When
        // Then
        assertThat(FileSignature.fits("text/plain", program)).isFalse();
        assertThat(FileSignature.fits("text/plain", TestFiles.TEXT)).isTrue();
        assertThat(FileSignature.fits("text/plain", "Grüße".getBytes(StandardCharsets.UTF_16)))
                .isTrue();
    }
}
