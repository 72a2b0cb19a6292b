"""Tests of make_error_codes: one table, every language, and a new transport error in all of them."""

import re
import sys
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "scripts"))

import make_error_codes as codes  # noqa: E402

TABLE = codes.TABLE.read_text()
SOURCE = codes.TRANSPORT.read_text()
LAST = "| 1016 | transport | `emrtd` | `Failed` | transport_failed |\n"


def grown():
    """Table and source with one transport error more."""
    table = TABLE.replace(LAST, LAST + "| 1017 | transport | `emrtd` | `FieldLost` | field_lost |\n")
    source = SOURCE.replace("    Failed,\n}", "    Failed,\n    /// The field is gone.\n    FieldLost,\n}")
    return table, source.replace('"the transport failed",\n', '"the transport failed",\n            Self::FieldLost => "the field is gone",\n')


def files_of(table, source):
    rows = codes.read(table)
    return codes.made(rows, codes.faults_of(rows, source))


class ErrorCodes(unittest.TestCase):
    def test_the_committed_files_are_what_their_sources_say(self):
        for place, text in files_of(TABLE, SOURCE).items():
            self.assertEqual((ROOT / place).read_text(), text, place)

    def test_a_new_transport_error_reaches_every_language(self):
        before, after = files_of(TABLE, SOURCE), files_of(*grown())
        lines = {
            "bindings/c/src/error_code.rs": ["CHIPID_ERROR_FIELD_LOST = 1017,"],
            "bindings/c/dotnet/src/ErrorCode.cs": ["FieldLost = 1017,"],
            "bindings/c/dotnet/src/TransportError.cs": ["<summary>The field is gone.</summary>", "FieldLost = 1017,"],
            "bindings/c/java/src/main/java/chipid/java/ErrorCode.java": ["int FIELD_LOST = 1017;"],
            "bindings/c/java/src/main/java/chipid/java/TransportError.java": [
                'FIELD_LOST(ErrorCode.FIELD_LOST, "the field is gone");',
                'TRANSPORT_FAILED(ErrorCode.TRANSPORT_FAILED, "the transport failed"),',
            ],
            "bindings/mobile/kotlin/src/main/kotlin/chipid/ErrorCode.kt": ["FIELD_LOST: Int = 1017"],
            "bindings/mobile/kotlin/src/main/kotlin/chipid/TransportFault.kt": ["/** The field is gone. */", "FIELD_LOST(1017),"],
            "bindings/mobile/swift/Sources/Chipid/ErrorCode.swift": ["let fieldLost = 1017"],
            "bindings/mobile/swift/Sources/Chipid/TransportFault.swift": ["/// The field is gone.", "case fieldLost = 1017"],
            "bindings/mobile/python/src/chipid/error_code.py": ["FIELD_LOST = 1017", '"""The field is gone."""'],
            "bindings/node/lib/error_code.cjs": ["FIELD_LOST: 1017,", "field_lost: 1017,"],
            "bindings/node/lib/error_code.d.cts": ["readonly FIELD_LOST: 1017", "| 'field_lost'"],
        }
        self.assertEqual(set(after), set(lines))
        for place, wanted in lines.items():
            for line in wanted:
                self.assertIn(line, after[place], place)
            self.assertNotRegex(before[place], re.compile("field_?lost", re.I), place)
        self.assertEqual(after["bindings/mobile/python/src/chipid/error_code.py"].count("FIELD_LOST = 1017"), 2)

    def test_only_a_transport_s_errors_are_faults(self):
        rows = codes.read(TABLE)
        faults = codes.faults_of(rows, SOURCE)
        self.assertEqual([fault.code for fault in faults], [row.code for row in rows if row.code < 2000])
        for text in (codes.c_sharp_transport(faults), codes.java_transport(faults), codes.swift_transport(faults)):
            self.assertNotRegex(text, re.compile("wrong_?key", re.I))

    def test_no_list_is_kept_by_hand_beside_them(self):
        """What names the last of them and the one before by their numbers is one of the files that are written."""
        made = set(files_of(TABLE, SOURCE))
        both = re.compile(r"\b1015\b.*\b1016\b", re.S)
        endings = {".cs", ".java", ".kt", ".swift", ".py", ".cjs", ".cts", ".ts", ".mjs"}
        by_hand = [
            str(path.relative_to(ROOT))
            for path in (ROOT / "bindings").rglob("*")
            if path.suffix in endings and "generated" not in str(path) and "node_modules" not in path.parts and both.search(path.read_text())
        ]
        self.assertEqual(set(by_hand) - made, set())

    def test_names_follow_each_language(self):
        self.assertEqual(codes.snake("CardRemoved"), "card_removed")
        self.assertEqual(codes.camel("apdu_too_long"), "apduTooLong")
        self.assertEqual(codes.pascal("apdu_too_long"), "ApduTooLong")

    def test_what_does_not_agree_is_refused(self):
        table, source = grown()
        spoken = SOURCE.replace('"the transport failed"', "TEXT")
        linked = SOURCE.replace("/// There is no reader.", "/// There is no [`Reader`].")
        for rows, words in ((table, SOURCE), (TABLE, source), (TABLE, spoken), (TABLE, linked)):
            with self.assertRaises(ValueError):
                files_of(rows, words)
        self.assertEqual(len({SOURCE, spoken, linked}), 3)
        for wrong in (TABLE.replace(" card_mute |", " card_reset |"), TABLE.replace(" card_mute |", " cardMute |")):
            with self.assertRaises(ValueError):
                codes.read(wrong)


if __name__ == "__main__":
    unittest.main()
