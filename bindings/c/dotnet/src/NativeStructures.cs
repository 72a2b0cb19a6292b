using System;
using System.Runtime.InteropServices;

namespace Chipid
{
    /// <summary>chipid_bytes: bytes of the library's, wiped when they are freed.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct NativeBytes
    {
        public IntPtr Data;
        public UIntPtr Length;

        /// <summary>A copy of them, after freeing them; null where there are none.</summary>
        public byte[] Take()
        {
            try
            {
                if (Data == IntPtr.Zero)
                    return null;
                var copy = new byte[checked((int)Length.ToUInt64())];
                Marshal.Copy(Data, copy, 0, copy.Length);
                return copy;
            }
            finally
            {
                Native.chipid_bytes_free(ref this);
            }
        }
    }

    /// <summary>chipid_step.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct NativeStep
    {
        public NativeBytes Command;
        public IntPtr Document;
    }

    /// <summary>chipid_progress.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct NativeProgress
    {
        public uint Phase;
        public uint File;
        public UIntPtr BytesDone;
        public UIntPtr BytesKnown;
    }

    /// <summary>chipid_plane.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct NativePlane
    {
        public IntPtr Data;
        public UIntPtr Length;
        public UIntPtr RowStride;
        public UIntPtr PixelStride;
    }

    /// <summary>chipid_frame.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct NativeFrame
    {
        public UIntPtr Size;
        public uint Width;
        public uint Height;
        public uint Format;
        public uint Rotation;
        public NativePlane First;
        public NativePlane Second;
        public NativePlane Third;
    }

    /// <summary>chipid_liveness.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct NativeLiveness
    {
        public UIntPtr Size;
        public uint Result;
        public uint Capture;
        public long At;
        public IntPtr Vendor;
        public UIntPtr VendorLength;
        public IntPtr Version;
        public UIntPtr VersionLength;
        public IntPtr Basis;
        public UIntPtr BasisLength;
        public IntPtr Images;
        public UIntPtr ImageCount;
    }

    /// <summary>chipid_vendor_comparison.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct NativeVendorComparison
    {
        public UIntPtr Size;
        public uint Result;
        public uint Capture;
        public long At;
        public IntPtr Vendor;
        public UIntPtr VendorLength;
        public IntPtr Version;
        public UIntPtr VersionLength;
        public IntPtr Certificate;
        public UIntPtr CertificateLength;
        [MarshalAs(UnmanagedType.ByValArray, SizeConst = 32)]
        public byte[] Portrait;
        public IntPtr Images;
        public UIntPtr ImageCount;
    }

    /// <summary>chipid_confirmation_answer.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct NativeConfirmationAnswer
    {
        public UIntPtr Size;
        public uint Outcome;
        [MarshalAs(UnmanagedType.ByValArray, SizeConst = 32)]
        public byte[] SignerSha256;
        [MarshalAs(UnmanagedType.ByValArray, SizeConst = 16)]
        public byte[] Nonce;
        public long AnsweredAt;
        public IntPtr Number;
        public UIntPtr NumberLength;
        public IntPtr Service;
        public UIntPtr ServiceLength;
        public IntPtr Transaction;
        public UIntPtr TransactionLength;
    }
}
