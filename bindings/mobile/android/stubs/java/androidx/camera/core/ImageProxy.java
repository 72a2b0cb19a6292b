package androidx.camera.core;

public interface ImageProxy extends AutoCloseable {
    void close();

    android.media.Image getImage();

    ImageInfo getImageInfo();

    android.graphics.Bitmap toBitmap();
}
