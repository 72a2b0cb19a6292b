package android.nfc;

public class TagLostException extends java.io.IOException {
}
