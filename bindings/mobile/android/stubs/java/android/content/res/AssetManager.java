package android.content.res;

public final class AssetManager implements AutoCloseable {
    public native java.io.InputStream open(String path) throws java.io.IOException;

    public native String[] list(String path) throws java.io.IOException;

    public native void close();
}
