using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Threading.Tasks;
using Chipid.Wire;

namespace Chipid.Tests
{
    /// <summary>Live images, frames of cameras, comparisons where the models were fetched.</summary>
    public static class FaceTests
    {
        private static readonly string Folder = Environment.GetEnvironmentVariable("CHIPID_MODELS");
        private static readonly string Portrait = Shelf.Of("vn", "portrait");

        public static void AFilesDigestIsThatOfItsBytes()
        {
            var file = File.ReadAllBytes(Portrait);
            using (var images = new LiveImages(Capture.File))
            using (var sha = SHA256.Create())
            {
                images.AddFile(file);
                images.AddFile(file);
                Expect.Same(2, images.Digests().Count);
                Expect.Same(Hex.Text(sha.ComputeHash(file)), Hex.Text(images.Digests()[1]));
                Expect.Throws<ChipidException>(() => images.AddFile(new byte[] { 1, 2, 3 }));
            }
        }

        public static void FramesOfOnePictureAreOneWhateverTheirForm()
        {
            const int width = 32, height = 16;
            // Grey, so that every form says the same: luminance alone.
            var luminance = Enumerable.Range(0, width * height).Select(place => (byte)(place % 251)).ToArray();
            var rgb = luminance.SelectMany(value => new[] { value, value, value }).ToArray();
            var bgra = luminance.SelectMany(value => new byte[] { value, value, value, 255 }).ToArray();
            var half = Enumerable.Repeat((byte)128, width * height / 2).ToArray();
            var y = new Plane(luminance, width, 1);
            var quarter = new Plane(new ArraySegment<byte>(half, 8, width * height / 4), width / 2, 1);
            var memory = Marshal.AllocHGlobal(rgb.Length);
            Marshal.Copy(rgb, 0, memory, rgb.Length);
            using (var images = new LiveImages(Capture.Camera))
            {
                images.AddFrame(Frame.Rgb(new Plane(rgb, 3 * width, 3), width, height));
                images.AddFrame(Frame.Rgb(new Plane(memory, rgb.Length, 3 * width, 3), width, height));
                images.AddFrame(Frame.Bgra(new Plane(bgra, 4 * width, 4), width, height));
                images.AddFrame(Frame.Nv21(y, new Plane(half, width, 2), width, height));
                images.AddFrame(Frame.Yuv420(y, quarter, quarter, width, height));
                Marshal.FreeHGlobal(memory);
                Expect.Same(1, images.Digests().Select(Hex.Text).Distinct().Count());
                images.AddFrame(Frame.Rgb(new Plane(rgb, 3 * width, 3), width, height, 180));
                Expect.Same(2, images.Digests().Select(Hex.Text).Distinct().Count());
            }
        }

        public static void FramesThatCannotBeAreRefused()
        {
            using (var images = new LiveImages(Capture.Camera))
            {
                Func<int, int, int, Frame> frame = (width, height, rotation) =>
                    Frame.Rgb(new Plane(new byte[48], 12, 3), width, height, rotation);
                foreach (var wrong in new[] { frame(4, 5, 0), frame(5, 4, 0), frame(4, 4, 45), frame(0, 4, 0), frame(int.MaxValue, int.MaxValue, 0) })
                    Expect.Throws<ChipidException>(() => images.AddFrame(wrong));
                Expect.Throws<ArgumentOutOfRangeException>(() => images.AddFrame(frame(-1, 4, 0)));
                Expect.Throws<ArgumentOutOfRangeException>(() => { new Plane(new byte[1], -1, 1); });
                images.AddFrame(frame(4, 4, 90));
                Expect.Same(1, images.Digests().Count);
            }
        }

        public static void ALivenessResultPassesForTheImagesThatWereCompared()
        {
            NeedModels();
            using (var faces = Faces.Load(Folder))
            using (var images = new LiveImages(Capture.Camera))
            {
                images.AddFile(File.ReadAllBytes(Shelf.Of("face", "portrait")));
                foreach (var result in new[] { LivenessResult.Passed, LivenessResult.Failed })
                    using (var assessment = Shelf.Assessment("face"))
                    {
                        assessment.CompareFace(faces, images);
                        assessment.AddLiveness(Check(result, images.Digests()));
                        using (var verdict = Shelf.Verdict(assessment, "transfer"))
                        using (var report = verdict.Report())
                        {
                            Expect.Same(result == LivenessResult.Passed ? "passed" : "failed", report.Text("/checks/liveness/status"));
                            Expect.That(verdict.Grounds.All(ground => ground.Code != "liveness_unbound"), "it is bound");
                        }
                    }
            }
        }

        public static void ALivenessResultForAForeignImageDoesNotPass()
        {
            NeedModels();
            using (var faces = Faces.Load(Folder))
            using (var images = new LiveImages(Capture.Camera))
            using (var foreign = new LiveImages(Capture.Camera))
            {
                images.AddFile(File.ReadAllBytes(Shelf.Of("face", "portrait")));
                foreign.AddFile(File.ReadAllBytes(Portrait));
                foreach (var looked in new[] { foreign.Digests(), new[] { new byte[32] }, new byte[0][] })
                    using (var assessment = Shelf.Assessment("face"))
                    {
                        assessment.CompareFace(faces, images);
                        assessment.AddLiveness(Check(LivenessResult.Passed, looked));
                        using (var verdict = Shelf.Verdict(assessment, "transfer"))
                        using (var report = verdict.Report())
                        {
                            Expect.Same("not_performed", report.Text("/checks/liveness/status"));
                            Expect.Same("liveness_unbound", report.Text("/checks/liveness/reason"));
                            Expect.That(verdict.Grounds.Any(ground => ground.Code == "liveness_unbound"), "it is a ground");
                            Expect.That(verdict.Answer != Answer.Accept, "nobody is accepted by it");
                        }
                    }
            }
        }

        public static void ALivenessResultThatCannotBeIsRefused()
        {
            using (var assessment = Shelf.Assessment())
            {
                Expect.Throws<ArgumentException>(() => assessment.AddLiveness(Check(LivenessResult.Failed, new[] { new byte[31] })));
                Expect.Throws<ArgumentNullException>(() => assessment.AddLiveness(Check(LivenessResult.Failed, null)));
            }
        }

        private static Liveness Check(LivenessResult result, IReadOnlyList<byte[]> images) => new Liveness
        {
            Result = result, Capture = Capture.Camera, At = DateTimeOffset.UtcNow, Vendor = "Invented", Version = "1.0",
            Basis = "invented report 1", Images = images,
        };

        private static void NeedModels()
        {
            if (Folder != null && Shelf.Has("face"))
                return;
            const string why = "the models or the photographs were not fetched: scripts/fetch_models.py";
            if (Environment.GetEnvironmentVariable("CHIPID_REQUIRE_MODELS") != null)
                throw new Exception(why);
            throw new Skipped(why);
        }

        public static void ModelsThatAreNone()
        {
            Expect.Throws<ChipidException>(() => { Faces.Load(Path.GetTempPath()); });
            Expect.Throws<ChipidException>(() => { Faces.Load(new byte[100], new byte[100]); });
        }

        public static async Task AFaceIsCompared()
        {
            NeedModels();
            using (var faces = Faces.Load(Folder))
            using (var assessment = Shelf.Assessment("face"))
            using (var images = new LiveImages(Capture.Camera))
            {
                images.AddFile(File.ReadAllBytes(Shelf.Of("face", "portrait")));
                await assessment.CompareFaceAsync(faces, images);
                using (var verdict = Shelf.Verdict(assessment, "counter"))
                    Expect.That(verdict.FaceSimilarity > 0.9, "the portrait is like itself");
                // Two at once: one is done, and the other is done too or refused.
                var both = new[] { assessment.CompareFaceAsync(faces, images), assessment.CompareFaceAsync(faces, images) };
                try
                {
                    await Task.WhenAll(both);
                }
                catch (ChipidException busy) when (busy.Code == ErrorCode.Busy)
                {
                }
                Expect.That(both.Any(one => one.Status == TaskStatus.RanToCompletion), "one is done");
            }
        }
    }
}
