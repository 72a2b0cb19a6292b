"""Tests of check_docs: it must see what it is there to see."""

import sys
import tempfile
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "scripts"))

import check_docs  # noqa: E402


class Docs(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.root = Path(self.folder.name)
        (self.root / "docs").mkdir()
        (self.root / "sdk").mkdir()
        (self.root / "sdk" / "bac.rs").write_text("fn bac_worked_example_d3() {}\n")
        (self.root / "docs" / "other.md").write_text("# A: heading, here\n")

    def complaints(self, text):
        document = self.root / "docs" / "page.md"
        document.write_text(text)
        return list(check_docs.check(document, text, check_docs.names(self.root), self.root))

    def test_what_is_there_is_no_complaint(self):
        text = (
            "[a](other.md) [b](other.md#a-heading-here) [c](#own) [d](https://example.org/x)\n# Own\n"
            "`sdk/bac.rs` `sdk/*.rs` `sdk/bac.rs::bac_worked_example_d3` `bac_worked_example_d3` `docs/adr/NNNN-title.md`\n"
            "`models/files/photo.jpg` `a b_c` `either/or`\n```\n`sdk/none.rs` [x](none.md)\n```\n"
            "<!-- file: sdk/bac.rs -->\n```rust\nfn bac_worked_example_d3() {}\n```\n"
        )
        self.assertEqual(self.complaints(text), [])

    def test_what_is_not_there_is_named(self):
        for text, named in (
            ("[a](none.md)", "none.md"),
            ("[a](other.md#no-heading)", "no-heading"),
            ("`sdk/none.rs`", "sdk/none.rs"),
            ("`sdk/none.rs --flag`", "sdk/none.rs"),
            ("`docs/*.txt`", "docs/*.txt"),
            ("`bac_worked_example_d4`", "bac_worked_example_d4"),
            ("`sdk/bac.rs::no_such_test`", "no_such_test"),
            ("<!-- file: sdk/bac.rs -->\n```rust\nfn other() {}\n```\n", "sdk/bac.rs"),
        ):
            complaints = self.complaints(text)
            self.assertEqual(len(complaints), 1, text)
            self.assertIn(named, complaints[0])

    def test_a_translation_shows_the_same_commands(self):
        page = "# A\n```console\n$ chipid demo\n$ chipid read  # exit 2\n```\n| a | b |\n"
        (self.root / "docs" / "page.md").write_text(page)
        document = self.root / "docs" / "page.vi.md"
        for text, complaints in (
            (page.replace("# A", "# Một").replace("exit 2", "exit 2, tiếng Việt"), 0),
            (page.replace("demo", "doctor"), 1),
            (page.replace("exit 2", "exit 3"), 1),
            (page.replace("$ chipid demo\n", ""), 1),
            (page + "| c | d |\n", 1),
            (page + "# B\n", 1),
        ):
            document.write_text(text)
            found = list(check_docs.check(document, text, set(), self.root))
            self.assertEqual(len(found), complaints, found)


if __name__ == "__main__":
    unittest.main()
