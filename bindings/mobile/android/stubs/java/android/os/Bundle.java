package android.os;

public final class Bundle {
    public native void putInt(String key, int value);
}
