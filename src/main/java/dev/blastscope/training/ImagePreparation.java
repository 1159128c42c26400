package dev.blastscope.training;

import dev.blastscope.dataset.Dataset;
import dev.blastscope.dataset.Exclusion;
import dev.blastscope.dataset.FingerprintedImage;
import dev.blastscope.dataset.LabelledImage;
import dev.blastscope.dataset.Thumbnail;
import dev.blastscope.image.ImageDecoder;
import dev.blastscope.image.ImageQuality;
import dev.blastscope.image.ImageRejected;
import dev.blastscope.image.SmearImage;
import dev.blastscope.network.FeatureExtractor;
import dev.blastscope.network.NoSuchDevice;
import dev.blastscope.training.GroupedImages.PreparedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads a data set's images once: fingerprint, thumbnail and features of each, from the cache if they are there.
 *
 * <p>An image that cannot be read or decoded is left out, and the others go on.
 */
record ImagePreparation(ImageDecoder decoder, FeatureCache cache) {

    private static final int BATCH = 8;
    private static final int THUMBNAIL = Thumbnail.SIZE * Thumbnail.SIZE;
    /** Stands for the image itself among its changed copies, which are numbered from 0. */
    private static final int UNCHANGED = -1;

    private static final String THUMBNAILS = "grey32-1";
    private static final String QUALITIES = "quality-2";
    private static final int QUALITY = 6;

    /**
     * Prepares a data set with the features that one backbone computes.
     *
     * @throws NoSuchDevice if the backbone cannot run as the settings ask
     * @throws InterruptedException if the thread was interrupted; what the cache has by then stays
     */
    GroupedImages prepare(Dataset dataset, FeatureSource source, TrainingProgress progress)
            throws NoSuchDevice, InterruptedException {
        return prepare(dataset, source, 0, progress);
    }

    /**
     * Prepares likewise, with the features of some changed copies of each image too.
     *
     * @param copies how many, see {@link View}
     */
    GroupedImages prepare(Dataset dataset, FeatureSource source, int copies, TrainingProgress progress)
            throws NoSuchDevice, InterruptedException {
        try (FeatureExtractor backbone = source.extractor().load()) {
            cache.open();
            progress.begin(TrainingProgress.FEATURES, dataset.images().size());
            List<PreparedImage> prepared = new ArrayList<>();
            List<Exclusion> unreadable = new ArrayList<>();
            List<LabelledImage> images = dataset.images();
            for (int from = 0; from < images.size(); from += BATCH) {
                if (Thread.interrupted()) {
                    throw new InterruptedException("The training was interrupted while it read images");
                }
                int to = Math.min(from + BATCH, images.size());
                for (Draft draft : drafts(images.subList(from, to), source.origin(), copies, backbone)) {
                    draft.addTo(prepared, unreadable);
                }
                progress.done(to, "");
            }
            return GroupedImages.of(dataset, prepared, unreadable);
        }
    }

    /** Decodes again an image that could be decoded at the beginning of a training. */
    SmearImage decode(PreparedImage image) {
        try {
            return decoder.decode(Files.readAllBytes(image.image().image().path()));
        } catch (IOException e) {
            throw new UncheckedIOException("An image of the data set disappeared during the training", e);
        } catch (ImageRejected e) {
            throw new IllegalStateException("An image of the data set changed during the training", e);
        }
    }

    private List<Draft> drafts(List<LabelledImage> batch, String origin, int copies, FeatureExtractor backbone) {
        List<Draft> drafts = batch.parallelStream()
                .map(image -> draft(image, origin, copies))
                .toList();
        List<Missing> missing =
                drafts.stream().flatMap(draft -> draft.missing.stream()).toList();
        for (int from = 0; from < missing.size(); from += BATCH) {
            List<Missing> pass = missing.subList(from, Math.min(from + BATCH, missing.size()));
            float[][] computed =
                    backbone.features(pass.stream().map(Missing::smear).toList());
            for (int i = 0; i < computed.length; i++) {
                Draft draft = pass.get(i).draft();
                int copy = pass.get(i).copy();
                draft.features[1 + copy] = computed[i];
                cache.put(origin(origin, copy), draft.sha256, computed[i]);
            }
        }
        return drafts;
    }

    private Draft draft(LabelledImage image, String origin, int copies) {
        Draft draft = new Draft(image, copies);
        try {
            byte[] content = Files.readAllBytes(image.path());
            draft.sha256 = FingerprintedImage.sha256(content);
            draft.thumbnail = cache.get(THUMBNAILS, draft.sha256, THUMBNAIL).orElse(null);
            draft.quality = cache.get(QUALITIES, draft.sha256, QUALITY)
                    .map(ImagePreparation::quality)
                    .orElse(null);
            for (int copy = UNCHANGED; copy < copies; copy++) {
                draft.features[1 + copy] = cache.get(origin(origin, copy), draft.sha256, FeatureExtractor.FEATURES)
                        .orElse(null);
            }
            if (draft.isIncomplete()) {
                SmearImage smear = decoder.decode(content);
                float[] thumbnail = smear.greyThumbnail();
                cache.put(THUMBNAILS, draft.sha256, thumbnail);
                draft.thumbnail = thumbnail;
                ImageQuality quality = smear.quality();
                cache.put(QUALITIES, draft.sha256, vector(quality));
                draft.quality = quality;
                draft.miss(smear);
            }
        } catch (ImageRejected e) {
            draft.problem = e.getMessage();
        } catch (IOException e) {
            draft.problem = "The file cannot be read.";
        }
        return draft;
    }

    private static float[] vector(ImageQuality quality) {
        return new float[] {
            (float) quality.sharpness(),
            (float) quality.brightness(),
            (float) quality.stain(),
            (float) quality.contrast(),
            (float) quality.clipped(),
            (float) quality.nuclei()
        };
    }

    private static ImageQuality quality(float[] vector) {
        return new ImageQuality(vector[0], vector[1], vector[2], vector[3], vector[4], vector[5]);
    }

    private static String origin(String origin, int copy) {
        return copy == UNCHANGED ? origin : origin + "-" + View.VERSION + "-" + copy;
    }

    /**
     * Features to compute.
     *
     * @param copy which changed copy, or {@value #UNCHANGED}
     */
    private record Missing(Draft draft, int copy, SmearImage smear) {}

    /** An image on its way. */
    private static final class Draft {

        private final LabelledImage image;
        private String sha256 = "";
        private float @Nullable [] thumbnail;
        private @Nullable ImageQuality quality;
        /** Of the image, then of its changed copies. */
        private final float[] @Nullable [] features;

        private final List<Missing> missing = new ArrayList<>();
        private @Nullable String problem;

        Draft(LabelledImage image, int copies) {
            this.image = image;
            this.features = new float[1 + copies][];
        }

        boolean isIncomplete() {
            return thumbnail == null || quality == null || Stream.of(features).anyMatch(Objects::isNull);
        }

        /** Notes which features are still to be computed. */
        void miss(SmearImage smear) {
            for (int copy = UNCHANGED; 1 + copy < features.length; copy++) {
                if (features[1 + copy] == null) {
                    missing.add(new Missing(
                            this,
                            copy,
                            copy == UNCHANGED ? smear : View.of(sha256, copy).of(smear, copy)));
                }
            }
        }

        void addTo(List<PreparedImage> prepared, List<Exclusion> unreadable) {
            if (problem != null) {
                unreadable.add(new Exclusion(image.name(), problem));
            } else if (thumbnail != null && quality != null) {
                List<float[]> all =
                        Stream.of(features).map(Objects::requireNonNull).toList();
                prepared.add(new PreparedImage(
                        new FingerprintedImage(image, sha256, Thumbnail.of(thumbnail)),
                        all.get(0),
                        all.subList(1, all.size()),
                        quality));
            }
        }
    }
}
