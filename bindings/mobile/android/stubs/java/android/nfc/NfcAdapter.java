package android.nfc;

public final class NfcAdapter {
    public static final int FLAG_READER_NFC_A = 0x1;
    public static final int FLAG_READER_NFC_B = 0x2;
    public static final int FLAG_READER_SKIP_NDEF_CHECK = 0x80;
    public static final String EXTRA_READER_PRESENCE_CHECK_DELAY = "presence";

    public interface ReaderCallback {
        void onTagDiscovered(Tag tag);
    }

    public static native NfcAdapter getDefaultAdapter(android.content.Context context);

    public native boolean isEnabled();

    public native void enableReaderMode(android.app.Activity activity, ReaderCallback callback, int flags, android.os.Bundle extras);

    public native void disableReaderMode(android.app.Activity activity);
}
