package android.nfc.tech;

public final class IsoDep implements java.io.Closeable {
    public static native IsoDep get(android.nfc.Tag tag);

    public native void connect() throws java.io.IOException;

    public native void close() throws java.io.IOException;

    public native boolean isConnected();

    public native void setTimeout(int milliseconds);

    public native int getTimeout();

    public native int getMaxTransceiveLength();

    public native boolean isExtendedLengthApduSupported();

    public native byte[] transceive(byte[] data) throws java.io.IOException;
}
