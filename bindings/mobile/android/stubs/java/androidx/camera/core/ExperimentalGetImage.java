package androidx.camera.core;

@java.lang.annotation.Retention(java.lang.annotation.RetentionPolicy.CLASS)
public @interface ExperimentalGetImage {
}
