package dev.blastscope.datasetstore.web;

import jakarta.servlet.http.HttpServletRequest;
import java.io.FilterInputStream;
import java.io.IOException;
import org.springframework.http.HttpHeaders;

/**
 * The body of an upload. One that is refused half way is read to its end, beyond Tomcat's max-swallow-size: many
 * clients listen only after they have sent everything, and would see a broken connection instead of the response.
 */
final class UploadBody extends FilterInputStream {

    private static final int BUFFER = 1 << 16;

    private final boolean asksFirst;
    private final long most;
    private boolean begun;

    /**
     * Opens the body of a request.
     *
     * @param most the maximum number of bytes that are read and dropped
     */
    UploadBody(HttpServletRequest request, long most) throws IOException {
        super(request.getInputStream());
        this.asksFirst = request.getHeader(HttpHeaders.EXPECT) != null;
        this.most = most;
    }

    @Override
    public int read() throws IOException {
        begun = true;
        return in.read();
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        begun = true;
        return in.read(buffer, offset, length);
    }

    /** Reads what is left, unless the client waits to be asked for it. */
    @Override
    public void close() {
        if (asksFirst && !begun) {
            return;
        }
        byte[] unwanted = new byte[BUFFER];
        try {
            int read = 0;
            for (long left = most; read >= 0 && left > 0; left -= read) {
                read = in.read(unwanted);
            }
        } catch (IOException gone) {
            return;
        }
    }
}
