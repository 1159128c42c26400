package dev.blastscope.training;

import dev.blastscope.dataset.Dataset;
import dev.blastscope.dataset.Exclusion;
import dev.blastscope.dataset.FingerprintedImage;
import dev.blastscope.dataset.LabelledImage;
import dev.blastscope.dataset.Thumbnail;
import dev.blastscope.image.ImageDecoder;
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
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads a data set's images once: fingerprint, thumbnail and features of each, from the cache if they are there.
 *
 * <p>An image that cannot be read or decoded is left out, and the others go on.
 */
record ImagePreparation(ImageDecoder decoder, FeatureCache cache) {

    private static final int BATCH = 8;
    private static final int THUMBNAIL = Thumbnail.SIZE * Thumbnail.SIZE;
    private static final String THUMBNAILS = "grey32-1";

    /**
     * Prepares a data set with the features that one backbone computes.
     *
     * @throws NoSuchDevice if the backbone cannot run as the settings ask
     * @throws InterruptedException if the thread was interrupted; what the cache has by then stays
     */
    GroupedImages prepare(Dataset dataset, FeatureSource source, TrainingProgress progress)
            throws NoSuchDevice, InterruptedException {
        try (FeatureExtractor backbone = source.extractor().load()) {
            cache.sweep();
            progress.begin(TrainingProgress.FEATURES, dataset.images().size());
            List<PreparedImage> prepared = new ArrayList<>();
            List<Exclusion> unreadable = new ArrayList<>();
            List<LabelledImage> images = dataset.images();
            for (int from = 0; from < images.size(); from += BATCH) {
                if (Thread.interrupted()) {
                    throw new InterruptedException("The training was interrupted while it read images");
                }
                int to = Math.min(from + BATCH, images.size());
                for (Draft draft : drafts(images.subList(from, to), source.origin(), backbone)) {
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

    private List<Draft> drafts(List<LabelledImage> batch, String origin, FeatureExtractor backbone) {
        List<Draft> drafts =
                batch.parallelStream().map(image -> draft(image, origin)).toList();
        List<Draft> missing =
                drafts.stream().filter(draft -> draft.smear != null).toList();
        if (!missing.isEmpty()) {
            float[][] computed = backbone.features(missing.stream()
                    .flatMap(draft -> Optional.ofNullable(draft.smear).stream())
                    .toList());
            for (int i = 0; i < computed.length; i++) {
                missing.get(i).features = computed[i];
                cache.put(origin, missing.get(i).sha256, computed[i]);
            }
        }
        return drafts;
    }

    private Draft draft(LabelledImage image, String origin) {
        Draft draft = new Draft(image);
        try {
            byte[] content = Files.readAllBytes(image.path());
            draft.sha256 = FingerprintedImage.sha256(content);
            draft.features =
                    cache.get(origin, draft.sha256, FeatureExtractor.FEATURES).orElse(null);
            draft.thumbnail = cache.get(THUMBNAILS, draft.sha256, THUMBNAIL).orElse(null);
            if (draft.features == null || draft.thumbnail == null) {
                draft.smear = decoder.decode(content);
                draft.thumbnail = draft.smear.greyThumbnail();
                cache.put(THUMBNAILS, draft.sha256, draft.thumbnail);
            }
        } catch (ImageRejected e) {
            draft.problem = e.getMessage();
        } catch (IOException e) {
            draft.problem = "The file cannot be read.";
        }
        return draft;
    }

    /** An image on its way. */
    private static final class Draft {

        private final LabelledImage image;
        private String sha256 = "";
        private @Nullable SmearImage smear;
        private float @Nullable [] thumbnail;
        private float @Nullable [] features;
        private @Nullable String problem;

        Draft(LabelledImage image) {
            this.image = image;
        }

        void addTo(List<PreparedImage> prepared, List<Exclusion> unreadable) {
            if (problem != null) {
                unreadable.add(new Exclusion(image.name(), problem));
            }
            if (features != null && thumbnail != null) {
                prepared.add(
                        new PreparedImage(new FingerprintedImage(image, sha256, Thumbnail.of(thumbnail)), features));
            }
        }
    }
}
