package io.chatcluster.chat.media;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Base64;
import java.util.Iterator;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Makes the blur that a client shows while it gets the picture: a JPEG of at most {@value #EDGE_MAX} pixels a side. */
final class Preview {

    /** Progressive JPEGs are held whole while they are decoded, in up to 6 bytes a pixel. */
    static final long PIXELS_MAX = 24_000_000;

    private static final int EDGE_MAX = 24;
    private static final int DECODED_EDGE = 4 * EDGE_MAX;
    private static final float QUALITY = 0.5f;
    private static final Logger LOG = Logger.getLogger(Preview.class);

    private Preview() {}

    /** The preview as a {@code data:} URI; null when the file cannot be decoded, or only at too high a price. */
    static @Nullable String of(String contentType, PictureHeader header, byte[] file) {
        try {
            BufferedImage decoded = decode(contentType, file);
            return decoded == null ? null : dataUri(shrink(decoded, header));
        } catch (IOException | RuntimeException e) {
            // Decoders meet what nobody wrote on purpose, and throw all sorts.
            LOG.debugf("No preview of a file of type %s: %s", contentType, e);
            return null;
        } catch (LinkageError e) {
            LOG.warnf("No previews: the image decoders' native libraries are missing: %s", e);
            return null;
        }
    }

    private static @Nullable BufferedImage decode(String contentType, byte[] file) throws IOException {
        Iterator<ImageReader> readers = ImageIO.getImageReadersByMIMEType(contentType);
        if (!readers.hasNext()) {
            return null;
        }
        ImageReader reader = readers.next();
        try (ImageInputStream input = new MemoryCacheImageInputStream(new ByteArrayInputStream(file))) {
            reader.setInput(input, true, true);
            int width = reader.getWidth(0);
            int height = reader.getHeight(0);
            if ((long) width * height > PIXELS_MAX) {
                return null;
            }
            int step = Math.max(1, Math.max(width, height) / DECODED_EDGE);
            ImageReadParam parameters = reader.getDefaultReadParam();
            parameters.setSourceSubsampling(step, step, 0, 0);
            return reader.read(0, parameters);
        } finally {
            reader.dispose();
        }
    }

    private static BufferedImage shrink(BufferedImage image, PictureHeader header) {
        int width = image.getWidth();
        int height = image.getHeight();
        int[] pixels = image.getRGB(0, 0, width, height, null, 0, width);
        double scale = Math.min(1, (double) EDGE_MAX / Math.max(width, height));
        int smallWidth = Math.max(1, (int) Math.round(width * scale));
        int smallHeight = Math.max(1, (int) Math.round(height * scale));
        boolean sideways = header.sideways();
        BufferedImage small = new BufferedImage(
                sideways ? smallHeight : smallWidth, sideways ? smallWidth : smallHeight, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < smallHeight; y++) {
            for (int x = 0; x < smallWidth; x++) {
                int right = Math.max(x * width / smallWidth + 1, (x + 1) * width / smallWidth);
                int bottom = Math.max(y * height / smallHeight + 1, (y + 1) * height / smallHeight);
                int rgb = mean(pixels, width, x * width / smallWidth, y * height / smallHeight, right, bottom);
                int mirroredX = smallWidth - 1 - x;
                int mirroredY = smallHeight - 1 - y;
                switch (header.orientation()) {
                    case 2 -> small.setRGB(mirroredX, y, rgb);
                    case 3 -> small.setRGB(mirroredX, mirroredY, rgb);
                    case 4 -> small.setRGB(x, mirroredY, rgb);
                    case 5 -> small.setRGB(y, x, rgb);
                    case 6 -> small.setRGB(mirroredY, x, rgb);
                    case 7 -> small.setRGB(mirroredY, mirroredX, rgb);
                    case 8 -> small.setRGB(y, mirroredX, rgb);
                    default -> small.setRGB(x, y, rgb);
                }
            }
        }
        return small;
    }

    /** The mean colour of a rectangle, on white where it is transparent. */
    private static int mean(int[] pixels, int width, int left, int top, int right, int bottom) {
        long red = 0;
        long green = 0;
        long blue = 0;
        for (int y = top; y < bottom; y++) {
            for (int x = left; x < right; x++) {
                int pixel = pixels[y * width + x];
                int alpha = pixel >>> 24;
                int white = 255 * (255 - alpha);
                red += ((pixel >> 16 & 0xff) * alpha + white) / 255;
                green += ((pixel >> 8 & 0xff) * alpha + white) / 255;
                blue += ((pixel & 0xff) * alpha + white) / 255;
            }
        }
        long count = (long) (right - left) * (bottom - top);
        return (int) (red / count << 16 | green / count << 8 | blue / count);
    }

    private static @Nullable String dataUri(BufferedImage image) throws IOException {
        ByteArrayOutputStream file = new ByteArrayOutputStream(1_024);
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        try (MemoryCacheImageOutputStream output = new MemoryCacheImageOutputStream(file)) {
            writer.setOutput(output);
            ImageWriteParam parameters = writer.getDefaultWriteParam();
            parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            parameters.setCompressionQuality(QUALITY);
            writer.write(null, new IIOImage(image, null, null), parameters);
        } finally {
            writer.dispose();
        }
        String uri = "data:image/jpeg;base64," + Base64.getEncoder().encodeToString(file.toByteArray());
        return uri.length() <= Picture.PREVIEW_LENGTH_MAX ? uri : null;
    }
}
