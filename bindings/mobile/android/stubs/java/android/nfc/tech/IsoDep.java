package android.nfc.tech;

import java.io.IOException;

/** Does what {@link #behaves} says: enough to run what stands over it. */
public final class IsoDep implements java.io.Closeable {
    /** What a card and a phone do. */
    public interface Behaviour {
        byte[] transceive(byte[] data) throws IOException;
    }

    public static Behaviour behaves;
    public static int longest = 65279;
    public static boolean extended = true;
    public static int timeout;
    public static int closed;

    private volatile boolean connected;

    public static IsoDep get(android.nfc.Tag tag) {
        return behaves == null ? null : new IsoDep();
    }

    public void connect() throws IOException {
        connected = true;
    }

    public void close() throws IOException {
        connected = false;
        synchronized (IsoDep.class) {
            closed++;
            IsoDep.class.notifyAll();
        }
    }

    public boolean isConnected() {
        return connected;
    }

    public void setTimeout(int milliseconds) {
        timeout = milliseconds;
    }

    public int getTimeout() {
        return timeout;
    }

    public int getMaxTransceiveLength() {
        return longest;
    }

    public boolean isExtendedLengthApduSupported() {
        return extended;
    }

    public byte[] transceive(byte[] data) throws IOException {
        if (!connected) {
            throw new IllegalStateException("Call connect() first!");
        }
        return behaves.transceive(data);
    }

    /** As a card that does not answer: until somebody closes the connection. */
    public static byte[] hangs() throws IOException {
        synchronized (IsoDep.class) {
            int before = closed;
            while (closed == before) {
                try {
                    IsoDep.class.wait();
                } catch (InterruptedException ignored) {
                    // The phone's driver heeds no interruption.
                }
            }
        }
        throw new IOException("Transceive failed");
    }
}
