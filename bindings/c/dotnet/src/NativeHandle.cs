using System;
using System.Runtime.InteropServices;

namespace Chipid
{
    /// <summary>
    /// A handle of the native library. The runtime counts the calls that use it, so that none is freed under a call, and frees it where
    /// nobody disposed of it.
    /// </summary>
    internal abstract class NativeHandle : SafeHandle
    {
        protected NativeHandle() : base(IntPtr.Zero, true) { }

        public override bool IsInvalid => handle == IntPtr.Zero;

        protected delegate void Free(ref IntPtr place);

        /// <summary>The library sets the place to null where it freed; it leaves what is in use.</summary>
        protected bool Freed(Free free)
        {
            var place = handle;
            free(ref place);
            handle = place;
            return place == IntPtr.Zero;
        }
    }

    internal sealed class AssessmentHandle : NativeHandle
    {
        protected override bool ReleaseHandle() => Freed(Native.chipid_assessment_free);
    }

    internal sealed class CancelHandle : NativeHandle
    {
        protected override bool ReleaseHandle() => Freed(Native.chipid_cancel_free);
    }

    internal sealed class ConfirmationHandle : NativeHandle
    {
        protected override bool ReleaseHandle() => Freed(Native.chipid_confirmation_free);
    }

    internal sealed class DocumentHandle : NativeHandle
    {
        public DocumentHandle() { }

        /// <summary>Takes what a structure of the library held.</summary>
        public DocumentHandle(IntPtr owned) { SetHandle(owned); }

        protected override bool ReleaseHandle() => Freed(Native.chipid_document_free);
    }

    internal sealed class FacesHandle : NativeHandle
    {
        protected override bool ReleaseHandle() => Freed(Native.chipid_faces_free);
    }

    internal sealed class KeysHandle : NativeHandle
    {
        protected override bool ReleaseHandle() => Freed(Native.chipid_keys_free);
    }

    internal sealed class LiveImagesHandle : NativeHandle
    {
        protected override bool ReleaseHandle() => Freed(Native.chipid_live_images_free);
    }

    internal sealed class PolicyHandle : NativeHandle
    {
        protected override bool ReleaseHandle() => Freed(Native.chipid_policy_free);
    }

    internal sealed class ReadingHandle : NativeHandle
    {
        protected override bool ReleaseHandle() => Freed(Native.chipid_reading_free);
    }

    internal sealed class ReportHandle : NativeHandle
    {
        protected override bool ReleaseHandle() => Freed(Native.chipid_report_free);
    }

    internal sealed class TrustHandle : NativeHandle
    {
        protected override bool ReleaseHandle() => Freed(Native.chipid_trust_free);
    }

    internal sealed class VerdictHandle : NativeHandle
    {
        protected override bool ReleaseHandle() => Freed(Native.chipid_verdict_free);
    }
}
