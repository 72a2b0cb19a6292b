"""Faces, live images and camera frames."""

import asyncio
import datetime
import hashlib
import struct
import unittest

import cards
import chipid

NOW = datetime.datetime.now(datetime.timezone.utc)
WIDTH, HEIGHT = 6, 4


def rgb():
    return bytes(range(WIDTH * HEIGHT * 3))


def digest_of(width, height, pixels):
    return hashlib.sha256(struct.pack(">II", width, height) + pixels).digest()


class Frames(cards.Case):
    def images(self):
        return chipid.LiveImages(chipid.Capture.CAMERA)

    def test_pixels_come_out_as_they_went_in(self):
        bgra = b"".join(bytes([b, g, r, 255]) for r, g, b in zip(*[iter(rgb())] * 3))
        with self.images() as images:
            images.add_rgb(WIDTH, HEIGHT, rgb())
            images.add_bgra(WIDTH, HEIGHT, bytearray(bgra))
            images.add_bgra(WIDTH, HEIGHT, memoryview(bgra))
            self.assertEqual(images.digests, (digest_of(WIDTH, HEIGHT, rgb()),) * 3)

    def test_rows_may_be_padded(self):
        rows = [rgb()[row * WIDTH * 3:(row + 1) * WIDTH * 3] + b"\xee" * 10 for row in range(HEIGHT)]
        with self.images() as images:
            images.add_rgb(WIDTH, HEIGHT, chipid.Plane(b"".join(rows), WIDTH * 3 + 10, 3))
            self.assertEqual(images.digests, (digest_of(WIDTH, HEIGHT, rgb()),))

    def test_rotation_is_clockwise(self):
        turned = bytearray()
        for y in range(WIDTH):
            for x in range(HEIGHT):
                at = ((HEIGHT - 1 - x) * WIDTH + y) * 3
                turned += rgb()[at:at + 3]
        with self.images() as images:
            images.add_rgb(WIDTH, HEIGHT, rgb(), rotation=90)
            self.assertEqual(images.digests, (digest_of(HEIGHT, WIDTH, bytes(turned)),))

    def test_the_layouts_of_yuv_agree(self):
        y = bytes(range(40, 40 + WIDTH * HEIGHT))
        u, v = bytes(range(100, 106)), bytes(range(150, 156))
        vu = b"".join(bytes(pair) for pair in zip(v, u))
        uv = b"".join(bytes(pair) for pair in zip(u, v))
        with self.images() as images:
            images.add_yuv420(WIDTH, HEIGHT, y, u, v)
            images.add_nv21(WIDTH, HEIGHT, y, vu)
            # NV12, as YUV_420_888 has it: the second plane begins a byte later.
            images.add_yuv420(WIDTH, HEIGHT, y, chipid.Plane(uv, WIDTH, 2), chipid.Plane(uv[1:], WIDTH, 2))
            self.assertEqual(len(set(images.digests)), 1)
        with self.assertRaises(ValueError):
            self.images().add_nv21(WIDTH, HEIGHT, y, chipid.Plane(vu, WIDTH, 1))

    def test_what_is_too_short_or_no_picture(self):
        images = self.images()
        self.refused(chipid.ErrorCode.WRONG_PIXEL_COUNT, images.add_rgb, WIDTH, HEIGHT, rgb()[:-1])
        self.refused(chipid.ErrorCode.FRAME_TOO_LARGE, images.add_rgb, 100_000, 100_000, b"")
        self.refused(chipid.ErrorCode.NOT_AN_IMAGE, images.add_file, b"no picture")
        self.assertEqual(images.digests, ())


class Faces(cards.Case):
    def test_what_is_no_model(self):
        self.refused(chipid.ErrorCode.MODEL_MISSING, chipid.Faces.load, cards.FOLDER)
        self.refused(chipid.ErrorCode.MODEL_REPLACED, chipid.Faces.load_bytes, b"a", b"b")

    @cards.needs_models
    def test_a_face_is_compared_off_the_event_loop(self):
        faces = chipid.Faces.load(cards.MODELS)
        assessment, images = cards.assessed("face"), chipid.LiveImages(chipid.Capture.STATION)
        images.add_file((cards.MODELS / "obama2.jpg").read_bytes())
        beats = []

        async def compare():
            async def beat():
                while True:
                    beats.append(asyncio.get_running_loop().time())
                    await asyncio.sleep(0.01)

            beating = asyncio.ensure_future(beat())
            await assessment.compare_face_async(faces, images)
            beating.cancel()

        asyncio.run(compare())
        self.assertGreater(len(beats), 3)
        verdict = chipid.Policy.built_in("counter").decide(assessment)
        self.assertGreater(verdict.face_similarity, 0.3)
        self.assertIs(verdict.checks["face"].status, chipid.CheckStatus.PASSED)

    @cards.needs_models
    def test_models_from_bytes_and_another_person(self):
        names = ("face_detection_yunet_2023mar.onnx", "face_recognition_sface_2021dec_int8bq.onnx")
        faces = chipid.Faces.load_bytes(*((cards.MODELS / name).read_bytes() for name in names))
        assessment, images = cards.assessed("face"), chipid.LiveImages(chipid.Capture.STATION)
        images.add_file((cards.MODELS / "biden.jpg").read_bytes())
        assessment.compare_face(faces, images)
        self.assertIs(chipid.Policy.built_in("counter").decide(assessment).answer, chipid.Answer.REJECT)

    def test_a_liveness_check_and_another_s_engine_are_taken(self):
        assessment, images = cards.assessed(), chipid.LiveImages(chipid.Capture.CAMERA)
        images.add_rgb(WIDTH, HEIGHT, rgb())
        liveness = chipid.Liveness(
            result=chipid.LivenessResult.FAILED, capture=chipid.Capture.CAMERA, at=NOW, vendor="Invented", version="1.0",
            basis="invented report 1", images=images.digests,
        )
        assessment.add_liveness(liveness)
        comparison = chipid.VendorComparison(
            result=chipid.VendorMatch.MATCH, vendor="Invented Vendor", version="4.1", certificate="invented report 7",
            capture=chipid.Capture.CAMERA, at=NOW, portrait=assessment.portrait_digest, images=images.digests,
        )
        assessment.add_vendor_comparison(comparison)
        verdict = chipid.Policy.built_in("counter").decide(assessment)
        codes = {ground.code for ground in verdict.grounds}
        self.assertIn("face_vendor_not_accepted", codes)
        self.assertIs(verdict.checks["liveness"].status, chipid.CheckStatus.FAILED)
        verdict.close()
        broken = chipid.Liveness(**{**liveness.__dict__, "images": [b"short"]})
        self.refused(chipid.ErrorCode.UNKNOWN_VALUE, assessment.add_liveness, broken)


if __name__ == "__main__":
    unittest.main()
