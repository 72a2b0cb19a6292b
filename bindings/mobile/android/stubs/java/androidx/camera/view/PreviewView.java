package androidx.camera.view;

public final class PreviewView extends android.widget.FrameLayout {
    public native androidx.camera.core.Preview.SurfaceProvider getSurfaceProvider();
}
