package android.app;

public class Activity extends android.content.Context {
    protected void onCreate(android.os.Bundle saved) {
    }

    public void setContentView(int layout) {
    }

    public android.view.Window getWindow() {
        return null;
    }

    public <T extends android.view.View> T findViewById(int id) {
        return null;
    }

    public android.content.res.AssetManager getAssets() {
        return null;
    }

    public int checkSelfPermission(String permission) {
        return 0;
    }
}
