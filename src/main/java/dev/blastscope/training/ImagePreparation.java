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
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads a data set's images once: fingerprint, thumbnail and features of each, from the cache where they are there.
 *
 * <p>An image that cannot be read or decoded becomes a problem, and the others go on.
 */
final class ImagePreparation {

    private static final int BATCH = 8;
    private static final int THUMBNAIL = Thumbnail.SIZE * Thumbnail.SIZE;
    private static final String THUMBNAILS = "grey32-1";

    private final ImageDecoder decoder;
    private final FeatureCache cache;
    private final FeatureExtractor backbone;
    private final String origin;
    private final TrainingProgress progress;
    private final List<PreparedImage> prepared = new ArrayList<>();
    private final List<Exclusion> problems = new ArrayList<>();

    /**
     * @param origin names the backbone and all that happens to an image before it, as a folder's name
     */
    ImagePreparation(
            ImageDecoder decoder,
            FeatureCache cache,
            FeatureExtractor backbone,
            String origin,
            TrainingProgress progress) {
        this.decoder = decoder;
        this.cache = cache;
        this.backbone = backbone;
        this.origin = origin;
        this.progress = progress;
    }

    /** The images that could be used, in the data set's order; the others are among the {@link #problems()}. */
    List<PreparedImage> prepare(Dataset dataset) throws InterruptedException {
        cache.sweep();
        problems.addAll(dataset.problems());
        progress.begin(TrainingProgress.FEATURES, dataset.images().size());
        List<LabelledImage> images = dataset.images();
        for (int from = 0; from < images.size(); from += BATCH) {
            if (Thread.interrupted()) {
                throw new InterruptedException("The training was interrupted while it read images");
            }
            int to = Math.min(from + BATCH, images.size());
            prepareBatch(images.subList(from, to));
            progress.done(to, "");
        }
        return prepared;
    }

    List<Exclusion> problems() {
        return List.copyOf(problems);
    }

    private void prepareBatch(List<LabelledImage> batch) {
        List<Draft> drafts = batch.parallelStream().map(this::draft).toList();
        drafts.stream()
                .flatMap(draft -> Optional.ofNullable(draft.problem).stream())
                .forEach(problems::add);
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
        for (Draft draft : drafts) {
            if (draft.features != null && draft.thumbnail != null) {
                prepared.add(new PreparedImage(
                        new FingerprintedImage(draft.image, draft.sha256, Thumbnail.of(draft.thumbnail)),
                        draft.features));
            }
        }
    }

    private Draft draft(LabelledImage image) {
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
            draft.problem = new Exclusion(image.name(), String.valueOf(e.getMessage()));
        } catch (IOException e) {
            draft.problem = new Exclusion(image.name(), "The file cannot be read.");
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
        private @Nullable Exclusion problem;

        Draft(LabelledImage image) {
            this.image = image;
        }
    }
}
