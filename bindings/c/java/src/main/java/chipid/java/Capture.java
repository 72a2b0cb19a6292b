package chipid.java;

/** Where live images come from; policies ask for it. It is the application's word. */
public enum Capture {
    /** A file: it may show anybody at any time. */
    FILE,
    /** A camera that the program controls. */
    CAMERA,
    /** A station that is trusted as a whole. */
    STATION,
    /** Another vendor's capture, by its word. */
    EXTERNAL
}
