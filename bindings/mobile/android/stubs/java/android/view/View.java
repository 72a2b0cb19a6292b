package android.view;

public class View {
    public static final int VISIBLE = 0;
    public static final int GONE = 8;

    public interface OnClickListener {
        void onClick(View view);
    }

    public native void setVisibility(int visibility);

    public native int getVisibility();

    public native void setOnClickListener(OnClickListener listener);
}
