using System;

namespace Chipid
{
    /// <summary>
    /// Keys to try at a chip, never more than five, with what came along (QR code, zone, number), which is compared with the signed data
    /// later. They are wiped when disposed of; the arrays that were given are the caller's to clear.
    /// </summary>
    public sealed class Keys : IDisposable
    {
        internal readonly KeysHandle Handle;

        private Keys(KeysHandle handle) { Handle = handle; }

        private delegate int Make(byte[] bytes, UIntPtr length, out KeysHandle keys, out IntPtr error);

        /// <summary>The card access number: six digits. Those of a Vietnamese card are the last six of its number.</summary>
        /// <param name="digits">ASCII digits.</param>
        public static Keys FromCan(byte[] digits) => From(Native.chipid_keys_can, digits, nameof(digits));

        /// <summary>The holder's PIN, four to twelve digits. A few wrong ones block it.</summary>
        /// <param name="digits">ASCII digits.</param>
        public static Keys FromPin(byte[] digits) => From(Native.chipid_keys_pin, digits, nameof(digits));

        /// <summary>The number that unblocks the PIN, eight to twelve digits.</summary>
        /// <param name="digits">ASCII digits.</param>
        public static Keys FromPuk(byte[] digits) => From(Native.chipid_keys_puk, digits, nameof(digits));

        /// <summary>The text of a machine readable zone. What a camera confused is put right where check digits prove it.</summary>
        /// <param name="zone">UTF-8.</param>
        public static Keys FromMrz(byte[] zone) => From(Native.chipid_keys_mrz, zone, nameof(zone));

        /// <summary>The QR code of a Vietnamese card.</summary>
        /// <param name="code">Its text in any encoding, or a picture of it (JPEG, PNG).</param>
        public static Keys FromQr(byte[] code) => From(Native.chipid_keys_qr, code, nameof(code));

        /// <summary>The personal number of a Vietnamese card, twelve digits. It opens chips that have PACE.</summary>
        /// <param name="digits">ASCII digits.</param>
        public static Keys FromNumber(byte[] digits) => From(Native.chipid_keys_number, digits, nameof(digits));

        /// <summary>Document number, birth and last day of validity as the zone has them.</summary>
        /// <param name="number">The document's number.</param>
        /// <param name="birth">The day of birth, <c>YYMMDD</c>.</param>
        /// <param name="expiry">The last day of validity, <c>YYMMDD</c>.</param>
        public static Keys FromDocument(byte[] number, byte[] birth, byte[] expiry)
        {
            Given.Be(number, nameof(number));
            Given.Be(birth, nameof(birth));
            Given.Be(expiry, nameof(expiry));
            Library.MustFit();
            var code = Native.chipid_keys_document(
                number, number.Size(), birth, birth.Size(), expiry, expiry.Size(), out var keys, out var error);
            ChipidException.ThrowIf(code, error);
            return new Keys(keys);
        }

        /// <summary>
        /// The personal number with the days of birth and issue: for chips without PACE, whose day of expiry is reckoned from them.
        /// </summary>
        /// <param name="digits">ASCII digits.</param>
        /// <param name="birth">The day of birth.</param>
        /// <param name="issued">The day of issue.</param>
        public static Keys FromNumberAndDays(byte[] digits, DateTime birth, DateTime issued) =>
            FromNumberAndDays(digits, Day(birth), Day(issued));

        /// <summary>The same with the days as <c>YYYYMMDD</c> in a number: 19900315.</summary>
        /// <param name="digits">ASCII digits.</param>
        /// <param name="birth">The day of birth.</param>
        /// <param name="issued">The day of issue.</param>
        public static Keys FromNumberAndDays(byte[] digits, int birth, int issued)
        {
            Given.Be(digits, nameof(digits));
            Library.MustFit();
            var code = Native.chipid_keys_number_and_days(
                digits, digits.Size(), unchecked((uint)birth), unchecked((uint)issued), out var keys, out var error);
            ChipidException.ThrowIf(code, error);
            return new Keys(keys);
        }

        /// <summary>Wipes and frees them.</summary>
        public void Dispose() => Handle.Dispose();

        private static Keys From(Make make, byte[] bytes, string argument)
        {
            Given.Be(bytes, argument);
            Library.MustFit();
            var code = make(bytes, bytes.Size(), out var keys, out var error);
            ChipidException.ThrowIf(code, error);
            return new Keys(keys);
        }

        private static int Day(DateTime day) => day.Year * 10000 + day.Month * 100 + day.Day;
    }
}
