package io.chatcluster.chat.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

import io.chatcluster.chat.services.TestFiles;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Random;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PictureTest {

    @ParameterizedTest
    @ValueSource(strings = {"png", "jpeg", "gif"})
    void shouldTellTheSizeAndMakeASmallPreview(String format) throws IOException {
        // Given
        byte[] file = TestFiles.picture(format, 640, 480);

        // When
        PictureHeader header = header("image/" + format, file);
        BufferedImage preview = decoded(Preview.of("image/" + format, header, file));

        // Then
        assertThat(header).isEqualTo(new PictureHeader(640, 480, 1));
        assertThat(preview.getWidth()).isEqualTo(24);
        assertThat(preview.getHeight()).isEqualTo(18);
        assertThat(red(preview, 2, 9)).isTrue();
        assertThat(red(preview, 21, 9)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"1, true, 0, 2", "3, false, 0, 2", "6, true, 2, 0", "8, false, 2, 0"})
    void shouldTurnThePictureAsTheCameraNoted(int orientation, boolean firstIsRed, int acrossX, int acrossY)
            throws IOException {
        // Given
        byte[] file = TestFiles.turnedJpeg(300, 200, orientation);

        // When
        PictureHeader header = header("image/jpeg", file);
        Picture picture = header.picture(Preview.of("image/jpeg", header, file));
        BufferedImage preview = decoded(picture.preview());

        // Then
        assertThat(header.orientation()).isEqualTo(orientation);
        assertThat(picture.width()).isEqualTo(acrossX == 0 ? 300 : 200);
        assertThat(picture.height()).isEqualTo(acrossX == 0 ? 200 : 300);
        assertThat(red(preview, 2, 2)).isEqualTo(firstIsRed);
        assertThat(red(preview, 2 + acrossX, 2 + acrossY)).isEqualTo(firstIsRed);
        assertThat(red(preview, preview.getWidth() - 3, preview.getHeight() - 3))
                .isNotEqualTo(firstIsRed);
    }

    @ParameterizedTest
    @CsvSource({
        // Lossy, lossless and extended files, as far as their headers go.
        "52494646000000005745425056503820000000000000009d012a80020001, 640, 256",
        "524946460000000057454250565038 4c000000002f7fc23f00000000, 640, 256",
        "524946460000000057454250565038580a000000000000007f0200ff0000, 640, 256"
    })
    void shouldTellTheSizeOfWebpPictures(String hex, int width, int height) {
        // Given
        byte[] file = HexFormat.of().parseHex(hex.replace(" ", ""));

        // When
        PictureHeader header = header("image/webp", file);

        // Then
        assertThat(header).isEqualTo(new PictureHeader(width, height, 1));
    }

    @Test
    void shouldNotDecodeAPictureThatIsSmallAsAFileOnly() {
        // Given
        byte[] bomb = TestFiles.picture("png", 8, 8);
        ByteBuffer.wrap(bomb).putInt(16, 50_000).putInt(20, 50_000);

        // When
        PictureHeader header = header("image/png", bomb);

        // Then
        assertThat(header).isEqualTo(new PictureHeader(50_000, 50_000, 1));
        assertThat(Preview.of("image/png", header, bomb)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"png", "jpeg", "gif"})
    void shouldTakeAnyDamage(String format) {
        // Given
        Random random = new Random(1);
        byte[] whole = TestFiles.picture(format, 60, 40);

        for (int i = 0; i < 500; i++) {
            // When
            byte[] damaged = whole.clone();
            for (int hits = 0; hits < 4; hits++) {
                damaged[8 + random.nextInt(damaged.length - 8)] = (byte) random.nextInt();
            }

            // Then
            assertThatNoException().isThrownBy(() -> {
                PictureHeader header = PictureHeader.read("image/" + format, damaged);
                if (header != null) {
                    var unused = Preview.of("image/" + format, header, damaged);
                }
            });
        }
    }

    private static PictureHeader header(String contentType, byte[] file) {
        return Objects.requireNonNull(PictureHeader.read(contentType, file));
    }

    private static BufferedImage decoded(@Nullable String preview) throws IOException {
        String prefix = "data:image/jpeg;base64,";
        assertThat(preview).startsWith(prefix).hasSizeLessThanOrEqualTo(Picture.PREVIEW_LENGTH_MAX);
        byte[] file = Base64.getDecoder().decode(Objects.requireNonNull(preview).substring(prefix.length()));
        return ImageIO.read(new ByteArrayInputStream(file));
    }

    private static boolean red(BufferedImage image, int x, int y) {
        int rgb = image.getRGB(x, y);
        return (rgb >> 16 & 0xff) > (rgb & 0xff);
    }
}
