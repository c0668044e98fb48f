package io.chatcluster.chat.media;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * What a picture's file says of itself before any pixel is decoded.
 *
 * @param width pixels, as stored
 * @param height pixels, as stored
 * @param orientation how the stored picture is to be turned, 1 to 8 as EXIF counts; 1 is not at all
 */
record PictureHeader(int width, int height, int orientation) {

    private static final int START_OF_SCAN = 0xda;
    private static final int END_OF_IMAGE = 0xd9;
    private static final int APPLICATION_1 = 0xe1;
    private static final int ORIENTATION_TAG = 0x0112;

    /** Null when the type is not known here or the header is not within these bytes. */
    static @Nullable PictureHeader read(String contentType, byte[] file) {
        ByteBuffer bytes = ByteBuffer.wrap(file);
        try {
            PictureHeader header = switch (contentType) {
                case "image/png" -> new PictureHeader(bytes.getInt(16), bytes.getInt(20), 1);
                case "image/gif" -> gif(bytes.order(ByteOrder.LITTLE_ENDIAN));
                case "image/webp" -> webp(bytes.order(ByteOrder.LITTLE_ENDIAN));
                case "image/jpeg" -> jpeg(bytes);
                default -> null;
            };
            return header != null && header.width > 0 && header.height > 0 ? header : null;
        } catch (IndexOutOfBoundsException e) {
            return null;
        }
    }

    /** Whether the turn swaps width and height. */
    boolean sideways() {
        return orientation >= 5;
    }

    Picture picture(@Nullable String preview) {
        return sideways() ? new Picture(height, width, preview) : new Picture(width, height, preview);
    }

    private static PictureHeader gif(ByteBuffer bytes) {
        return new PictureHeader(unsigned(bytes, 6), unsigned(bytes, 8), 1);
    }

    private static @Nullable PictureHeader webp(ByteBuffer bytes) {
        return switch (ascii(bytes, 12, 4)) {
            case "VP8 " -> new PictureHeader(unsigned(bytes, 26) & 0x3fff, unsigned(bytes, 28) & 0x3fff, 1);
            case "VP8L" -> {
                int sizes = bytes.getInt(21);
                yield new PictureHeader((sizes & 0x3fff) + 1, ((sizes >> 14) & 0x3fff) + 1, 1);
            }
            case "VP8X" -> new PictureHeader((bytes.getInt(24) & 0xffffff) + 1, (bytes.getInt(26) >>> 8) + 1, 1);
            default -> null;
        };
    }

    private static @Nullable PictureHeader jpeg(ByteBuffer bytes) {
        int orientation = 1;
        int position = 2;
        while (true) {
            int marker = unsigned(bytes, position) & 0xff;
            if ((unsigned(bytes, position) >> 8) != 0xff || marker == START_OF_SCAN || marker == END_OF_IMAGE) {
                return null;
            }
            if (marker == 0xff) {
                position++;
                continue;
            }
            if (startsFrame(marker)) {
                return new PictureHeader(unsigned(bytes, position + 7), unsigned(bytes, position + 5), orientation);
            }
            int length = unsigned(bytes, position + 2);
            if (marker == APPLICATION_1 && ascii(bytes, position + 4, 4).equals("Exif")) {
                orientation = exifOrientation(bytes.slice(position + 10, Math.max(0, length - 8)));
            }
            position += 2 + Math.max(2, length);
        }
    }

    private static boolean startsFrame(int marker) {
        return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
    }

    /** From the first directory of the TIFF structure; 1 when it says nothing sensible. */
    private static int exifOrientation(ByteBuffer tiff) {
        try {
            tiff.order(ascii(tiff, 0, 2).equals("II") ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
            int directory = tiff.getInt(4);
            int entries = unsigned(tiff, directory);
            for (int i = 0; i < entries; i++) {
                int entry = directory + 2 + 12 * i;
                if (unsigned(tiff, entry) == ORIENTATION_TAG) {
                    int value = unsigned(tiff, entry + 8);
                    return value >= 1 && value <= 8 ? value : 1;
                }
            }
            return 1;
        } catch (IndexOutOfBoundsException e) {
            return 1;
        }
    }

    private static int unsigned(ByteBuffer bytes, int position) {
        return Short.toUnsignedInt(bytes.getShort(position));
    }

    private static String ascii(ByteBuffer bytes, int position, int length) {
        byte[] text = new byte[length];
        bytes.get(position, text);
        return new String(text, StandardCharsets.ISO_8859_1);
    }
}
