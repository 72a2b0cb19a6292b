package android.content;

public abstract class Context {
    public abstract android.content.res.AssetManager getAssets();

    public final String getString(int id, Object... arguments) {
        throw new UnsupportedOperationException();
    }

    public abstract int checkSelfPermission(String permission);
}
