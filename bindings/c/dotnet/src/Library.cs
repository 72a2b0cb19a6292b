namespace Chipid
{
    /// <summary>The native library.</summary>
    public static class Library
    {
        /// <summary>Its version, as <c>0.1.0</c>.</summary>
        public static string Version => Utf8.Text(Native.chipid_version());
    }
}
