"""Tests of the clerk's pages: what they say the program says is what it says."""

import re
import sys
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "scripts"))

import make_clerk_tables as tables  # noqa: E402

SAMPLE = """
const STOP: Text = Text(
    "dừng",
    "stop",
);
const TABLE: &[(&str, Text, Text)] = table! {
    "first_code":
        "một", "one" => STOP;
    "second_code":
        "hai", "two" => Text(
            "làm",
            "do",
        );
};
"""


class Clerk(unittest.TestCase):
    def setUp(self):
        self.words = tables.catalogue(tables.CATALOGUE.read_text())
        self.weights = tables.severities(tables.WEIGHTS.read_text())

    def test_the_catalogue_is_read_in_both_forms(self):
        self.assertEqual(tables.catalogue(SAMPLE), {
            "first_code": {"vi": ("một", "dừng"), "en": ("one", "stop")},
            "second_code": {"vi": ("hai", "làm"), "en": ("two", "do")},
        })
        with self.assertRaises(SystemExit):
            tables.catalogue(SAMPLE.replace('"two" =>', "two() =>"))

    def test_every_code_has_a_weight_and_a_place_on_both_pages(self):
        self.assertEqual(set(self.words), set(self.weights))
        for page in tables.PAGES.values():
            text = page.read_text()
            for code in self.words:
                self.assertEqual(text.count(f"\n| `{code}` |"), 1, f"{page.name}: {code}")

    def test_the_pages_say_what_the_catalogue_says(self):
        for lang, page in tables.PAGES.items():
            text = page.read_text()
            self.assertEqual(tables.filled(text, lang, self.words, self.weights), text, "run scripts/make_clerk_tables.py")

    def test_a_changed_word_is_seen(self):
        page = tables.PAGES["vi"].read_text()
        words = {**self.words, "document_expired": {"vi": ("khác", ""), "en": ("other", "")}}
        self.assertNotEqual(tables.filled(page, "vi", words, self.weights), page)

    def test_errors_are_quoted_in_the_words_of_the_program(self):
        vietnamese = dict(re.findall(r'\(\s*(\d{4}),\s*"([^"]+)"', (tables.CATALOGUE.parent / "errors.rs").read_text()))
        english = "".join((ROOT / "sdk" / "emrtd" / "src" / f).read_text() for f in ("card_transport.rs", "error.rs"))
        rows = {lang: self.errors(page) for lang, page in tables.PAGES.items()}
        self.assertEqual(list(rows["vi"]), list(rows["en"]))
        self.assertGreater(len(rows["vi"]), 10)
        for number, said in rows["vi"].items():
            self.assertTrue(vietnamese[number].replace("{0}", "N").startswith(said), f"{number}: {said}")
        for number, said in rows["en"].items():
            pattern = re.escape(said).replace("N", r"\{\w+\}") if number == "2003" else re.escape(said)
            self.assertRegex(english, f'"{pattern}', number)

    @staticmethod
    def errors(page):
        return {row[0]: row[1] for row in re.findall(r"^\| (\d{4}) \| ([^|]+?) \|", page.read_text(), re.MULTILINE)}


if __name__ == "__main__":
    unittest.main()
