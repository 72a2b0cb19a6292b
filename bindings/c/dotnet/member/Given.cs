using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using Chipid.Wire;

namespace Chipid.Member
{
    /// <summary>Makes things of the lines of a case.</summary>
    internal static class Given
    {
        internal static Keys Keys(string kind, string value)
        {
            var bytes = Encoding.UTF8.GetBytes(value);
            var parts = value.Split(',');
            switch (kind)
            {
                case "can": return Chipid.Keys.FromCan(bytes);
                case "pin": return Chipid.Keys.FromPin(bytes);
                case "puk": return Chipid.Keys.FromPuk(bytes);
                case "mrz": return Chipid.Keys.FromMrz(bytes);
                case "qr": return Chipid.Keys.FromQr(bytes);
                case "qr_file": return Chipid.Keys.FromQr(File.ReadAllBytes(value));
                case "number": return Chipid.Keys.FromNumber(bytes);
                case "document":
                    return Chipid.Keys.FromDocument(
                        Encoding.UTF8.GetBytes(parts[0]), Encoding.UTF8.GetBytes(parts[1]), Encoding.UTF8.GetBytes(parts[2]));
                case "number_and_days":
                    return Chipid.Keys.FromNumberAndDays(Encoding.UTF8.GetBytes(parts[0]), int.Parse(parts[1]), int.Parse(parts[2]));
                default: throw new NotSupportedException("key." + kind);
            }
        }

        internal static Anchor Anchor(string kind)
        {
            switch (kind)
            {
                case "any": return Chipid.Anchor.Any;
                case "identity_cards": return Chipid.Anchor.IdentityCards;
                case "list_root": return Chipid.Anchor.ListRoot;
                default: throw new NotSupportedException("trust." + kind);
            }
        }

        internal static Capture Capture(string name) => (Capture)Enum.Parse(typeof(Capture), name, true);

        internal static DateTimeOffset Time(string seconds) =>
            DateTimeOffset.FromUnixTimeSeconds(long.Parse(seconds, CultureInfo.InvariantCulture));

        internal static Frame Frame(string value)
        {
            var parts = value.Split(new[] { ',' }, 5);
            int width = int.Parse(parts[1]), height = int.Parse(parts[2]), rotation = int.Parse(parts[3]);
            var bytes = File.ReadAllBytes(parts[4]);
            int luminance = width * height, quarter = luminance / 4;
            switch (parts[0])
            {
                case "rgb": return Chipid.Frame.Rgb(new Plane(bytes, 3 * width, 3), width, height, rotation);
                case "bgra": return Chipid.Frame.Bgra(new Plane(bytes, 4 * width, 4), width, height, rotation);
                case "nv21":
                    return Chipid.Frame.Nv21(
                        Part(bytes, 0, luminance, width, 1), Part(bytes, luminance, 2 * quarter, width, 2), width, height, rotation);
                case "yuv420":
                    return Chipid.Frame.Yuv420(
                        Part(bytes, 0, luminance, width, 1), Part(bytes, luminance, quarter, width / 2, 1),
                        Part(bytes, luminance + quarter, quarter, width / 2, 1), width, height, rotation);
                default: throw new NotSupportedException("frame=" + parts[0]);
            }
        }

        internal static Liveness Liveness(string value, LiveImages images)
        {
            var parts = value.Split(',');
            return new Liveness
            {
                Result = (LivenessResult)Enum.Parse(typeof(LivenessResult), parts[0], true),
                Capture = Capture(parts[1]),
                At = Time(parts[2]),
                Vendor = "Invented",
                Version = "1.0",
                Basis = "invented report 1",
                Images = Shown(parts[3], images),
            };
        }

        internal static VendorComparison Compared(string value, Assessment assessment, LiveImages images)
        {
            var parts = value.Split(',');
            return new VendorComparison
            {
                Result = (VendorMatch)Enum.Parse(typeof(VendorMatch), parts[0], true),
                Capture = Capture(parts[1]),
                At = Time(parts[2]),
                Vendor = "Invented Vendor",
                Version = "4.1",
                Certificate = "invented report 7",
                Portrait = (parts[3] == "own" ? assessment.PortraitDigest() : null) ?? new byte[32],
                Images = Shown(parts[4], images),
            };
        }

        internal static ConfirmationAnswer Confirmation(string value, ConfirmationRequest request)
        {
            var parts = value.Split(',');
            var answer = new ConfirmationAnswer
            {
                Outcome = (ConfirmationOutcome)Enum.Parse(typeof(ConfirmationOutcome), parts[0].Replace("_", ""), true),
            };
            if (parts.Length == 1)
                return answer;
            answer.AnsweredAt = Time(parts[1]);
            answer.Service = "Invented Service";
            answer.Number = parts[2] == "number" ? Encoding.ASCII.GetBytes("000000000000") : request.Number();
            answer.SignerSha256 = parts[2] == "signer" ? new byte[32] : request.SignerSha256() ?? new byte[32];
            answer.Nonce = parts[2] == "nonce" ? new byte[16] : request.Nonce();
            return answer;
        }

        internal static void Restrict(Reading reading, Block given)
        {
            if (given.First("only") is string only)
                reading.Only(only.Split(',').Select(int.Parse).ToArray());
            if (given.First("challenge") is string challenge)
                reading.SetChallenge(Hex.Bytes(challenge));
            if (given.First("limits") is string limits)
                reading.SetLimits(int.Parse(limits.Split(',')[0]), int.Parse(limits.Split(',')[1]));
        }

        private static IReadOnlyList<byte[]> Shown(string which, LiveImages images)
        {
            if (which != "same")
                return new[] { new byte[32] };
            return images == null ? new byte[0][] : images.Digests();
        }

        /// <summary>A plane, or as much of it as the file holds.</summary>
        private static Plane Part(byte[] bytes, int from, int length, int rowStride, int pixelStride)
        {
            var begin = Math.Min(from, bytes.Length);
            var there = Math.Min(length, bytes.Length - begin);
            return new Plane(new ArraySegment<byte>(bytes, begin, there), rowStride, pixelStride);
        }
    }
}
