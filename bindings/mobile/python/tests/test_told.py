"""What errors and reprs tell, and what they keep to themselves."""

import datetime
import pathlib
import tempfile
import unittest
from unittest import mock

import cards
import chipid
from chipid import _native
from chipid._generated import chipid_mobile as ffi

DIGEST = b"\xd1\x9e" * 16


class Told(cards.Case):
    def test_an_anchor_s_file_is_told_by_its_name_alone(self):
        with tempfile.TemporaryDirectory(prefix="Nguyen-Van-An-") as folder:
            path = pathlib.Path(folder, "broken.der")
            path.write_bytes(b"nonsense")
            for given in (path, str(path)):
                error = self.refused(chipid.ErrorCode.ANCHOR_UNRECOGNISED, chipid.Trust().add_file, given)
                self.assertIn("broken.der", str(error))
                self.assertNotIn("Nguyen", repr(error) + str(error))
            path.write_bytes(pathlib.Path(cards.CARDS["vn"]["csca"]).read_bytes())
            trust = chipid.Trust()
            trust.add_file(path, chipid.Anchor.IDENTITY_CARDS)
            report = chipid.Assessment(cards.saved(), trust).json()
        self.assertIn("broken.der", report)
        self.assertNotIn("Nguyen", report)

    def test_no_repr_shows_what_people_are_linked_by(self):
        now = datetime.datetime.now(datetime.timezone.utc)
        comparison = chipid.VendorComparison(
            chipid.VendorMatch.MATCH, "Invented", "1", "report", chipid.Capture.FILE, now, DIGEST, [DIGEST]
        )
        liveness = chipid.Liveness(chipid.LivenessResult.PASSED, chipid.Capture.FILE, now, "Invented", "1", "report", [DIGEST])
        for thing in (
            chipid.DataGroupDigest(1, DIGEST, "passed"),
            chipid.ActiveAuthentication(DIGEST[:8], DIGEST),
            comparison,
            liveness,
        ):
            for part in (repr(DIGEST)[2:-1][:16], DIGEST.hex()[:8]):
                self.assertNotIn(part, repr(thing))
            self.assertIn(type(thing).__name__, repr(thing))

    def test_no_error_drags_another_behind_it(self):
        for refused in (
            lambda: chipid.Keys.can("12"),
            lambda: chipid.Keys.can("\udcff"),
            lambda: chipid.Keys.number_and_days("001090000017", -1, 1 << 40),
            lambda: cards.reading(only=[300]),
            lambda: chipid.Policy.from_toml(b"\xff"),
            lambda: chipid.Policy.built_in("\udcff"),
        ):
            with self.assertRaises(chipid.ChipidError) as caught:
                refused()
            self.assertIsNone(caught.exception.__cause__)
            self.assertIsNone(caught.exception.__context__)

    def test_a_fault_of_the_bridge_is_told_without_it(self):
        error = self.refused(chipid.ErrorCode.PANIC, _native.call, mock.Mock(side_effect=ffi.InternalError("inner")))
        self.assertIsNone(error.__cause__)
        self.assertIsNone(error.__context__)
        self.assertNotIn("inner", str(error))


if __name__ == "__main__":
    unittest.main()
