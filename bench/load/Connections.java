
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.ConcurrentLinkedDeque;

/**
 * Kept-alive connections to one server, as light as can be: generator and server share the machine, and what the generator
 * takes the server lacks.
 */
final class Connections {

    private static final int TIMEOUT_MILLIS = 30_000;

    private final URI uri;
    private final ConcurrentLinkedDeque<Connection> idle = new ConcurrentLinkedDeque<>();

    Connections(URI uri) {
        this.uri = uri;
    }

    /** An answer. */
    record Answer(int status, byte[] body) {}

    /** Posts an image; a connection that the server closed while it was idle is replaced. */
    Answer post(byte[] image) throws IOException {
        Connection kept = idle.pollFirst();
        if (kept != null) {
            try {
                return exchange(kept, image);
            } catch (Stale e) {
                kept.close();
            }
        }
        return exchange(new Connection(uri), image);
    }

    private Answer exchange(Connection connection, byte[] image) throws IOException {
        try {
            Answer answer = connection.exchange(image);
            if (connection.closing) {
                connection.close();
            } else {
                idle.addFirst(connection);
            }
            return answer;
        } catch (IOException e) {
            connection.close();
            throw e;
        }
    }

    /** The connection ended before the answer began. */
    private static final class Stale extends IOException {

        private static final long serialVersionUID = 1L;
    }

    private static final class Connection {

        private final String head;
        private final Socket socket;
        private final InputStream in;
        private boolean closing;

        Connection(URI uri) throws IOException {
            head = "POST " + uri.getPath() + " HTTP/1.1\r\nHost: " + uri.getAuthority()
                    + "\r\nContent-Type: image/jpeg\r\nContent-Length: ";
            socket = new Socket(uri.getHost(), uri.getPort());
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(TIMEOUT_MILLIS);
            in = new BufferedInputStream(socket.getInputStream());
        }

        Answer exchange(byte[] image) throws IOException {
            byte[] start = (head + image.length + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII);
            byte[] request = new byte[start.length + image.length];
            System.arraycopy(start, 0, request, 0, start.length);
            System.arraycopy(image, 0, request, start.length, image.length);
            String statusLine;
            try {
                socket.getOutputStream().write(request);
                statusLine = line();
            } catch (java.net.SocketTimeoutException e) {
                throw e;
            } catch (IOException e) {
                throw new Stale();
            }
            int length = -1;
            boolean chunked = false;
            for (String field = line(); !field.isEmpty(); field = line()) {
                String lower = field.toLowerCase(Locale.ROOT);
                if (lower.startsWith("content-length:")) {
                    length = Integer.parseInt(lower.substring(15).trim());
                }
                chunked |= lower.startsWith("transfer-encoding:") && lower.endsWith("chunked");
                closing |= lower.startsWith("connection:") && lower.endsWith("close");
            }
            int status = Integer.parseInt(statusLine.substring(9, 12));
            return new Answer(status, chunked ? chunks() : in.readNBytes(length));
        }

        private byte[] chunks() throws IOException {
            java.io.ByteArrayOutputStream body = new java.io.ByteArrayOutputStream();
            for (int size = chunkSize(); size > 0; size = chunkSize()) {
                body.writeBytes(in.readNBytes(size));
                line();
            }
            line();
            return body.toByteArray();
        }

        private int chunkSize() throws IOException {
            return Integer.parseInt(line(), 16);
        }

        private String line() throws IOException {
            StringBuilder line = new StringBuilder();
            for (int next = in.read(); next != '\n'; next = in.read()) {
                if (next < 0) {
                    throw new EOFException();
                }
                if (next != '\r') {
                    line.append((char) next);
                }
            }
            return line.toString();
        }

        void close() throws IOException {
            socket.close();
        }
    }
}
