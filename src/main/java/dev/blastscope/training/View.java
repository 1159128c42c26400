package dev.blastscope.training;

import dev.blastscope.image.SmearImage;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Random;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;

/**
 * What may happen to a photograph of a smear on its way and leaves its label: a changed copy of each training image is
 * shown to the heads beside the image itself.
 *
 * <p>How strong a change is, and in which of the eight symmetries of the square it is seen, follows from the image
 * alone, so that its features can be cached.
 */
enum View {
    /** Normal noise of 5 to 30 levels on every sample. */
    NOISE {
        @Override
        void change(float[] rgb, Random random) {
            double deviation = between(random, 5, 30);
            for (int i = 0; i < rgb.length; i++) {
                rgb[i] += (float) (deviation * random.nextGaussian());
            }
        }
    },
    /** A Gaussian blur of 1 to 4 pixels. */
    BLUR {
        @Override
        void change(float[] rgb, Random random) {
            convolve(rgb, gaussian(between(random, 1, 4)));
        }
    },
    /** Out of focus: a point becomes a disc of 1.5 to 4 pixels' radius. */
    DEFOCUS {
        @Override
        void change(float[] rgb, Random random) {
            spread(rgb, between(random, 1.5, 4));
        }
    },
    /** 5 to 30 % too much light, which clips. */
    OVEREXPOSED {
        @Override
        void change(float[] rgb, Random random) {
            float gain = (float) between(random, 1.05, 1.3);
            for (int i = 0; i < rgb.length; i++) {
                rgb[i] *= gain;
            }
        }
    },
    /** 0.5 to 0.9 times the saturation. */
    PALE {
        @Override
        void change(float[] rgb, Random random) {
            saturate(rgb, (float) between(random, 0.5, 0.9));
        }
    },
    /** 1.1 to 1.6 times the saturation. */
    SATURATED {
        @Override
        void change(float[] rgb, Random random) {
            saturate(rgb, (float) between(random, 1.1, 1.6));
        }
    },
    /** A gamma of 0.75 to 1.33. */
    GAMMA {
        @Override
        void change(float[] rgb, Random random) {
            double gamma = Math.exp(between(random, Math.log(0.75), Math.log(1.33)));
            for (int i = 0; i < rgb.length; i++) {
                rgb[i] = (float) (WHITE * Math.pow(rgb[i] / WHITE, gamma));
            }
        }
    },
    /** A JPEG of quality 0.1 to 0.4. */
    JPEG {
        @Override
        void change(float[] rgb, Random random) {
            compress(rgb, (float) between(random, 0.1, 0.4));
        }
    },
    /** 0.75 to 1.33 times the magnification; what lies beyond the field is its mirror image. */
    ZOOM {
        @Override
        void change(float[] rgb, Random random) {
            magnify(rgb, (float) Math.exp(between(random, Math.log(0.75), Math.log(1.33))));
        }
    };

    /** Names how copies are changed; grows with any change of it. */
    static final String VERSION = "view3";

    private static final int SIDE = SmearImage.SIDE;
    private static final int WHITE = 255;

    /** Which change an image is shown in: the next one for each further copy, another first one for each image. */
    static View of(String sha256, int copy) {
        return values()[Math.floorMod(sha256.hashCode() + copy, values().length)];
    }

    /** The changed copy. */
    SmearImage of(SmearImage image, int copy) {
        Random random = new Random(31L * image.sha256().hashCode() + copy);
        // Without the scale bar, which a symmetry would move to where nothing hides it.
        byte[] source = image.withoutScaleBar()
                .turned(random.nextInt(SmearImage.SYMMETRIES))
                .rgb();
        float[] rgb = new float[source.length];
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = source[i] & 0xFF;
        }
        change(rgb, random);
        return SmearImage.ofRgb(rounded(rgb), SIDE, SIDE);
    }

    /** Changes samples in 0..255, row after row; they may leave that range. */
    abstract void change(float[] rgb, Random random);

    private static byte[] rounded(float[] rgb) {
        byte[] samples = new byte[rgb.length];
        for (int i = 0; i < rgb.length; i++) {
            samples[i] = (byte) Math.max(0, Math.min(WHITE, Math.round(rgb[i])));
        }
        return samples;
    }

    private static double between(Random random, double low, double high) {
        return low + (high - low) * random.nextDouble();
    }

    private static void saturate(float[] rgb, float factor) {
        for (int i = 0; i < rgb.length; i += 3) {
            float grey = (rgb[i] + rgb[i + 1] + rgb[i + 2]) / 3;
            for (int channel = 0; channel < 3; channel++) {
                rgb[i + channel] = grey + factor * (rgb[i + channel] - grey);
            }
        }
    }

    private static float[] gaussian(double deviation) {
        int radius = (int) Math.ceil(3 * deviation);
        float[] weights = new float[2 * radius + 1];
        float sum = 0;
        for (int i = 0; i < weights.length; i++) {
            weights[i] = (float) Math.exp(-Math.pow((i - radius) / deviation, 2) / 2);
            sum += weights[i];
        }
        for (int i = 0; i < weights.length; i++) {
            weights[i] /= sum;
        }
        return weights;
    }

    /** Rows, then columns; at an edge its samples count on. */
    private static void convolve(float[] rgb, float[] weights) {
        float[] line = new float[SIDE];
        for (int channel = 0; channel < 3; channel++) {
            for (int at = 0; at < SIDE; at++) {
                convolve(rgb, 3 * at * SIDE + channel, 3, weights, line);
            }
            for (int at = 0; at < SIDE; at++) {
                convolve(rgb, 3 * at + channel, 3 * SIDE, weights, line);
            }
        }
    }

    private static void convolve(float[] rgb, int from, int step, float[] weights, float[] line) {
        int radius = weights.length / 2;
        for (int i = 0; i < SIDE; i++) {
            float sum = 0;
            for (int k = -radius; k <= radius; k++) {
                sum += weights[k + radius] * rgb[from + within(i + k) * step];
            }
            line[i] = sum;
        }
        for (int i = 0; i < SIDE; i++) {
            rgb[from + i * step] = line[i];
        }
    }

    /** Each sample becomes the mean of those within {@code radius} pixels; at an edge its samples count on. */
    private static void spread(float[] rgb, double radius) {
        float[] sharp = rgb.clone();
        int reach = (int) radius;
        for (int y = 0; y < SIDE; y++) {
            for (int x = 0; x < SIDE; x++) {
                float[] sum = new float[3];
                int samples = 0;
                for (int dy = -reach; dy <= reach; dy++) {
                    for (int dx = -reach; dx <= reach; dx++) {
                        if (dx * dx + dy * dy <= radius * radius) {
                            int from = 3 * (within(y + dy) * SIDE + within(x + dx));
                            for (int channel = 0; channel < 3; channel++) {
                                sum[channel] += sharp[from + channel];
                            }
                            samples++;
                        }
                    }
                }
                for (int channel = 0; channel < 3; channel++) {
                    rgb[3 * (y * SIDE + x) + channel] = sum[channel] / samples;
                }
            }
        }
    }

    private static int within(int position) {
        return Math.max(0, Math.min(SIDE - 1, position));
    }

    /** Bilinear, about the centre. */
    private static void magnify(float[] rgb, float factor) {
        float[] source = rgb.clone();
        for (int y = 0; y < SIDE; y++) {
            for (int x = 0; x < SIDE; x++) {
                float fromX = origin(x, factor);
                float fromY = origin(y, factor);
                int left = (int) fromX;
                int top = (int) fromY;
                int right = within(left + 1);
                int bottom = within(top + 1);
                for (int channel = 0; channel < 3; channel++) {
                    float above = mixed(source, top, left, right, channel, fromX - left);
                    float below = mixed(source, bottom, left, right, channel, fromX - left);
                    rgb[3 * (y * SIDE + x) + channel] = above + (fromY - top) * (below - above);
                }
            }
        }
    }

    private static float mixed(float[] rgb, int y, int left, int right, int channel, float share) {
        float first = rgb[3 * (y * SIDE + left) + channel];
        return first + share * (rgb[3 * (y * SIDE + right) + channel] - first);
    }

    /** Where a position comes from, in [0, {@value #SIDE} - 1]. */
    private static float origin(int position, float factor) {
        float last = SIDE - 1;
        float from = last / 2 + (position - last / 2) / factor;
        return from < 0 ? -from : from > last ? 2 * last - from : from;
    }

    private static void compress(float[] rgb, float quality) {
        BufferedImage read = readBack(SmearImage.ofRgb(rounded(rgb), SIDE, SIDE).picture(), quality);
        for (int i = 0; i < SIDE * SIDE; i++) {
            int pixel = read.getRGB(i % SIDE, i / SIDE);
            rgb[3 * i] = (pixel >> 16) & 0xFF;
            rgb[3 * i + 1] = (pixel >> 8) & 0xFF;
            rgb[3 * i + 2] = pixel & 0xFF;
        }
    }

    private static BufferedImage readBack(BufferedImage image, float quality) {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        try {
            ByteArrayOutputStream file = new ByteArrayOutputStream();
            ImageWriteParam settings = writer.getDefaultWriteParam();
            settings.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            settings.setCompressionQuality(quality);
            writer.setOutput(ImageIO.createImageOutputStream(file));
            writer.write(null, new IIOImage(image, null, null), settings);
            return ImageIO.read(new ByteArrayInputStream(file.toByteArray()));
        } catch (IOException e) {
            throw new UncheckedIOException("A JPEG in memory cannot be written", e);
        } finally {
            writer.dispose();
        }
    }
}
