package android.widget;

public class TextView extends android.view.View {
    public final native void setText(int id);

    public final native void setText(CharSequence text);

    public native CharSequence getText();
}
