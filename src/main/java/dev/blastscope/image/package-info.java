/**
 * Turns bytes into a validated image: the bytes decide its format, the header its size, and its pixels reach the rest
 * of the service as one {@link dev.blastscope.image.SmearImage} or not at all.
 *
 * <pre>
 * byte[] -> ImageFormat -> JpegFile | PngFile | GifFile | BmpFile | TiffFile -> PixelRows -> PillowResize -> SmearImage
 * </pre>
 *
 * <p>Knows nothing of tensors, of the web or of Spring, and writes no upload to disk.
 */
@NullMarked
package dev.blastscope.image;

import org.jspecify.annotations.NullMarked;
