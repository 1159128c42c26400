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
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.multipart.MultipartHttpServletRequest;

/** Takes the images out of a request: parts of a form, or the bare body. */
@Component
public final class Uploads {

    private final Predictor diagnoser;
    private final long maxBytes;
    private final int maxImages;

    Uploads(Predictor diagnoser, InferenceSettings settings) {
        this.diagnoser = diagnoser;
        maxBytes = settings.image().maxBytes().toBytes();
        maxImages = settings.prediction().maxImages();
    }

    /**
     * The one image of a request.
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
                    HttpStatus.BAD_REQUEST,
                    "too-many-parts",
                    "The form has " + files.size() + " files; send exactly one, in a part named image, or several to"
                            + " /api/v1/predictions/batch.");
        }
        return files.get(0);
    }

    List<byte[]> several(MultipartHttpServletRequest form) throws IOException {
        List<byte[]> files = files(form, "images");
        if (files.size() > maxImages) {
            throw new RequestRefused(
                    HttpStatus.CONTENT_TOO_LARGE,
                    "too-many-images",
                    "The form has " + files.size() + " images; at most " + maxImages + " are accepted in one request.");
        }
        return files;
    }

    private static List<byte[]> files(MultipartHttpServletRequest form, String name) throws IOException {
        List<byte[]> files = new ArrayList<>();
        for (List<MultipartFile> parts : form.getMultiFileMap().values()) {
            for (MultipartFile part : parts) {
                if (!part.getName().equals(name)) {
                    throw new RequestRefused(
                            HttpStatus.BAD_REQUEST,
                            "unknown-part",
                            "The form has a file in a part of another name; the part must be named " + name + ".");
                }
                files.add(part.getBytes());
            }
        }
        if (files.isEmpty()) {
            throw new RequestRefused(
                    HttpStatus.BAD_REQUEST,
                    "missing-part",
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
            throw new RequestRefused(
                    HttpStatus.BAD_REQUEST,
                    "incomplete-body",
                    "The body could not be read to its end. Send as many bytes as Content-Length says, or valid chunks.");
        }
    }

    /** An array of the right size, filled once: growing ones would copy each body twice. */
    private byte[] announced(long bytes, InputStream in) throws IOException, ImageRejected {
        diagnoser.announce(bytes);
        byte[] body = new byte[(int) bytes];
        if (in.readNBytes(body, 0, body.length) < body.length) {
            throw new EOFException();
        }
        return body;
    }

    /** The body, or the first byte too many of it: that one is enough to be refused for. */
    private byte[] unannounced(InputStream in) throws IOException {
        return in.readNBytes((int) Math.min(Integer.MAX_VALUE - 8, maxBytes + 1));
    }
}
