package android.graphics;

public class BitmapFactory {
    public static native Bitmap decodeByteArray(byte[] data, int offset, int length);
}
