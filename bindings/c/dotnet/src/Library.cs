using System;

namespace Chipid
{
    /// <summary>The native library.</summary>
    public static class Library
    {
        private static volatile bool fits;

        /// <summary>Its version, as <c>0.1.0</c>. Nothing else may be asked of one that is not this assembly's.</summary>
        public static string Version => Utf8.Text(Native.chipid_version());

        /// <summary>
        /// Asked before the first object is made: structures and functions of another version may be others, and what a call did to memory
        /// would be anybody's guess.
        /// </summary>
        internal static void MustFit()
        {
            if (fits)
                return;
            var wanted = typeof(Library).Assembly.GetName().Version.ToString(3);
            var found = Found();
            if (found != wanted)
                throw new DllNotFoundException(
                    "the native library chipid_c that was found is version " + found + ", and this Chipid.dll goes with " + wanted);
            fits = true;
        }

        private static string Found()
        {
            try
            {
                return Version;
            }
            catch (EntryPointNotFoundException)
            {
                return "(none: it is no library of chipid)";
            }
        }
    }
}
