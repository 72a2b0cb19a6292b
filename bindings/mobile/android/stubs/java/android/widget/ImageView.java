package android.widget;

public class ImageView extends android.view.View {
    public native void setImageBitmap(android.graphics.Bitmap bitmap);

    public native void setImageDrawable(android.graphics.drawable.Drawable drawable);
}
