package io.chatcluster.chat.media;

import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** How files of a type begin: a name and a type are easily claimed, the bytes are what the receiver's software opens. */
final class FileSignature {

    private static final Predicate<byte[]> JPEG = at(0, "\u00ff\u00d8\u00ff");
    private static final Predicate<byte[]> OGG = at(0, "OggS");
    private static final Predicate<byte[]> MATROSKA = at(0, "\u001a\u0045\u00df\u00a3");
    private static final Predicate<byte[]> ISO_MEDIA = at(4, "ftyp");
    private static final Predicate<byte[]> HEIF =
            ISO_MEDIA.and(brand(Set.of("heic", "heix", "heim", "heis", "mif1", "msf1")));
    private static final Predicate<byte[]> WAVE = at(0, "RIFF").and(at(8, "WAVE"));
    private static final Predicate<byte[]> ZIP = at(0, "PK\u0003\u0004").or(at(0, "PK\u0005\u0006"));
    private static final Predicate<byte[]> COMPOUND = at(0, "\u00d0\u00cf\u0011\u00e0\u00a1\u00b1\u001a\u00e1");
    private static final String OPEN_XML = "application/vnd.openxmlformats-officedocument.";
    private static final String OPEN_DOCUMENT = "application/vnd.oasis.opendocument.";

    private static final Map<String, Predicate<byte[]>> BY_TYPE = Map.ofEntries(
            Map.entry("image/jpeg", JPEG),
            Map.entry("image/png", at(0, "\u0089PNG\r\n\u001a\n")),
            Map.entry("image/gif", at(0, "GIF87a").or(at(0, "GIF89a"))),
            Map.entry("image/webp", at(0, "RIFF").and(at(8, "WEBP"))),
            Map.entry("image/bmp", at(0, "BM")),
            Map.entry("image/avif", ISO_MEDIA.and(brand(Set.of("avif", "avis", "mif1", "msf1")))),
            Map.entry("image/heic", HEIF),
            Map.entry("image/heif", HEIF),
            Map.entry("video/mp4", ISO_MEDIA),
            Map.entry(
                    "video/quicktime",
                    ISO_MEDIA.or(at(4, "moov")).or(at(4, "mdat")).or(at(4, "wide"))),
            Map.entry("video/webm", MATROSKA),
            Map.entry("video/ogg", OGG),
            Map.entry("audio/mp4", ISO_MEDIA),
            Map.entry("audio/x-m4a", ISO_MEDIA),
            Map.entry("audio/webm", MATROSKA),
            Map.entry("audio/ogg", OGG),
            Map.entry("audio/wav", WAVE),
            Map.entry("audio/x-wav", WAVE),
            Map.entry("audio/flac", at(0, "fLaC")),
            Map.entry("audio/aac", at(0, "ADIF").or(FileSignature::frameSync)),
            Map.entry("audio/mpeg", at(0, "ID3").or(FileSignature::frameSync)),
            Map.entry("application/pdf", at(0, "%PDF-")),
            Map.entry("application/zip", ZIP),
            Map.entry("application/x-zip-compressed", ZIP),
            Map.entry("application/msword", COMPOUND),
            Map.entry("application/vnd.ms-excel", COMPOUND),
            Map.entry("application/vnd.ms-powerpoint", COMPOUND),
            Map.entry("text/plain", FileSignature::text));

    private FileSignature() {}

    /** Whether a file that begins so may be of the type; true for types that begin in no particular way. */
    static boolean fits(String contentType, byte[] beginning) {
        boolean zipped = contentType.startsWith(OPEN_XML) || contentType.startsWith(OPEN_DOCUMENT);
        Predicate<byte[]> signature = zipped ? ZIP : BY_TYPE.get(contentType);
        return signature == null || signature.test(beginning);
    }

    private static Predicate<byte[]> at(int offset, String latin1) {
        return file -> {
            if (file.length < offset + latin1.length()) {
                return false;
            }
            for (int i = 0; i < latin1.length(); i++) {
                if ((file[offset + i] & 0xff) != latin1.charAt(i)) {
                    return false;
                }
            }
            return true;
        };
    }

    /** Any of the brands, as the major one or among the first compatible ones. */
    private static Predicate<byte[]> brand(Set<String> brands) {
        return file -> {
            for (int offset = 8; offset + 4 <= Math.min(file.length, 64); offset += 4) {
                int start = offset;
                if (brands.stream().anyMatch(brand -> at(start, brand).test(file))) {
                    return true;
                }
            }
            return false;
        };
    }

    /** The eleven set bits that an MPEG audio frame begins with. */
    private static boolean frameSync(byte[] file) {
        return file.length >= 2 && (file[0] & 0xff) == 0xff && (file[1] & 0xe0) == 0xe0;
    }

    private static boolean text(byte[] file) {
        boolean utf16 =
                at(0, "\u00ff\u00fe").test(file) || at(0, "\u00fe\u00ff").test(file);
        if (utf16) {
            return true;
        }
        for (byte b : file) {
            if (b == 0) {
                return false;
            }
        }
        return true;
    }
}
