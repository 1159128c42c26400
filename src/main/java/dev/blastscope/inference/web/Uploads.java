package dev.blastscope.inference.web;

import dev.blastscope.image.ImageRejected;
import dev.blastscope.inference.InferenceSettings;
import dev.blastscope.inference.Predictor;
import dev.blastscope.web.RequestRefused;
import jakarta.servlet.http.HttpServletRequest;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.multipart.MultipartHttpServletRequest;

/** Reads the images of a request: parts of a form, or the body itself. */
@Component
public final class Uploads {

    private final Predictor predictor;
    private final long maxBytes;
    private final int maxImages;
    private final int maxFields;

    Uploads(Predictor predictor, InferenceSettings settings) {
        this.predictor = predictor;
        maxBytes = settings.image().maxBytes().toBytes();
        maxImages = settings.prediction().maxImages();
        maxFields = settings.prediction().maxFields();
    }

    /**
     * Reads the image of a request that has exactly one.
     *
     * @throws RequestRefused if the form has none, several, or a part of another name
     */
    public byte[] single(HttpServletRequest request) throws IOException, ImageRejected {
        if (!(request instanceof MultipartHttpServletRequest form)) {
            return body(request);
        }
        List<byte[]> files = files(form, "image");
        if (files.size() > 1) {
            throw new RequestRefused(
                    PredictionProblems.TOO_MANY_PARTS,
                    "The form has " + files.size() + " files; send exactly one, in a part named image, or several to"
                            + " /api/v1/predictions/batch.");
        }
        return files.get(0);
    }

    /** Reads the images of a batch. */
    List<byte[]> batch(MultipartHttpServletRequest form) throws IOException {
        return several(form, maxImages);
    }

    /** Reads the fields of a case. */
    List<byte[]> fields(MultipartHttpServletRequest form) throws IOException {
        return several(form, maxFields);
    }

    private static List<byte[]> several(MultipartHttpServletRequest form, int most) throws IOException {
        List<byte[]> files = files(form, "images");
        if (files.size() > most) {
            throw new RequestRefused(
                    PredictionProblems.TOO_MANY_IMAGES,
                    "The form has " + files.size() + " images; at most " + most + " are accepted in one request.");
        }
        return files;
    }

    private static List<byte[]> files(MultipartHttpServletRequest form, String name) throws IOException {
        List<byte[]> files = new ArrayList<>();
        for (List<MultipartFile> parts : form.getMultiFileMap().values()) {
            for (MultipartFile part : parts) {
                if (!part.getName().equals(name)) {
                    throw new RequestRefused(
                            PredictionProblems.UNKNOWN_PART,
                            "The form has a file in a part of another name; the part must be named " + name + ".");
                }
                files.add(part.getBytes());
            }
        }
        if (files.isEmpty()) {
            throw new RequestRefused(
                    PredictionProblems.MISSING_PART,
                    "The form has no file in a part named " + name
                            + ". Send the image as a file, with a file name: curl -F " + name + "=@smear.jpg");
        }
        return files;
    }

    private byte[] body(HttpServletRequest request) throws ImageRejected {
        long announced = request.getContentLengthLong();
        try {
            return announced < 0
                    ? unannounced(request.getInputStream())
                    : announced(announced, request.getInputStream());
        } catch (IOException e) {
            throw new RequestRefused(PredictionProblems.INCOMPLETE_BODY);
        }
    }

    /** Fills an array of the announced size: growing one would copy each body twice. */
    private byte[] announced(long bytes, InputStream in) throws IOException, ImageRejected {
        predictor.announce(bytes);
        byte[] body = new byte[(int) bytes];
        if (in.readNBytes(body, 0, body.length) < body.length) {
            throw new EOFException();
        }
        return body;
    }

    /** Reads the body, or one byte more than is accepted of it, which is enough to refuse it. */
    private byte[] unannounced(InputStream in) throws IOException {
        return in.readNBytes((int) Math.min(Integer.MAX_VALUE - 8, maxBytes + 1));
    }
}
