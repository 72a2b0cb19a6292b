"""Tests of the facts in hardware/: cards, symptoms and templates hold to their schemas, to each other and to the pages."""

import json
import re
import sys
import tomllib
import unittest
from functools import reduce
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HARDWARE = ROOT / "hardware"
sys.path.insert(0, str(ROOT / "scripts"))

import make_readers  # noqa: E402


def load(name):
    return tomllib.loads((HARDWARE / name).read_text())


def schema_complaints(name, data):
    try:
        import jsonschema
    except ImportError:
        return []
    schema = json.loads((HARDWARE / "schemas" / f"{name}.schema.json").read_text())
    return [error.message for error in jsonschema.Draft202012Validator(schema).iter_errors(data)]


class Cards(unittest.TestCase):
    cards = load("cards.toml")

    def test_the_schema_is_kept(self):
        self.assertEqual(schema_complaints("cards", self.cards), [])

    def test_every_atr_has_its_check_byte_and_its_text(self):
        whole = [card for card in self.cards["card"] if "atr" in card]
        self.assertGreaterEqual(len(whole), 5)
        for card in whole:
            atr = bytes.fromhex(card["atr"])
            historical = atr[len(atr) - 1 - (atr[1] & 0x0F):-1]
            self.assertEqual(reduce(lambda sum, byte: sum ^ byte, atr[1:]), 0, card["code"])
            self.assertEqual(atr[0], 0x3B)
            # PC/SC part 3: 3B 8n 80 01 is what a reader makes up for an antenna.
            made_up = atr[1] >> 4 == 8 and atr[2:4] == b"\x80\x01"
            self.assertEqual(made_up, card["interface"] == "contactless", card["code"])
            if "text" in card:
                self.assertEqual(historical.decode("ascii"), card["text"])

    def test_parts_of_historical_bytes_say_their_text(self):
        for card in self.cards["card"]:
            if "historical_holds" in card:
                self.assertEqual(bytes.fromhex(card["historical_holds"]).decode("ascii"), card["text"])

    def test_one_text_does_not_make_one_card(self):
        texts = [card.get("text") for card in self.cards["card"] if card.get("text")]
        self.assertEqual(texts.count("uJavelin-OS 1.0"), 2)


class Symptoms(unittest.TestCase):
    symptoms = load("symptoms.toml")["symptom"]
    page = (ROOT / "docs" / "reference" / "symptoms.md").read_text()

    def rows(self):
        for line in self.page.splitlines():
            if line.startswith("| `"):
                cells = [cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]]
                yield cells[0].strip("`"), cells

    def test_list_and_page_have_the_same_codes_once(self):
        codes = [symptom["code"] for symptom in self.symptoms]
        self.assertEqual(len(codes), len(set(codes)))
        self.assertEqual(sorted(code for code, _ in self.rows()), sorted(codes))
        self.assertGreaterEqual(len(codes), 25)

    def test_list_and_page_say_the_same_of_each(self):
        by_code = {symptom["code"]: symptom for symptom in self.symptoms}
        for code, cells in self.rows():
            self.assertEqual(len(cells), 7, code)
            self.assertTrue(all(cells), code)
            self.assertEqual(cells[2].replace(" ", "_"), by_code[code]["detectable"], code)
            self.assertEqual(cells[6], by_code[code]["sure"], code)
            # What is not or only in part to be seen says why.
            if by_code[code]["detectable"] == "in_part":
                self.assertIn("In part:", cells[3], code)

    def test_each_names_where_to_look_and_where_it_is_from(self):
        table = load("readers-overlay.toml")["sources"]
        provenance = (HARDWARE / "PROVENANCE.md").read_text()
        for symptom in self.symptoms:
            code = symptom["code"]
            self.assertRegex(code, r"^[a-z]+(_[a-z0-9]+)*$")
            self.assertIn(symptom["detectable"], ("yes", "with_card", "in_part", "no"), code)
            self.assertIn(symptom["sure"], ("documented", "reported", "inferred"), code)
            self.assertEqual(symptom["asks"] == [], symptom["detectable"] == "no", code)
            self.assertLessEqual(set(symptom["asks"]), {
                "process", "socket", "usb", "modules", "driver_list", "node", "polkit", "pcsc", "reader", "card", "files",
                "clock", "registry", "settings", "program",
            }, code)
            self.assertLessEqual(set(symptom["systems"]), {"linux", "windows", "macos", "android", "ios"}, code)
            for source in make_readers.cited(symptom):
                known = source == "chipid" or make_readers.is_source(source, table) or f"| {source} |" in provenance
                self.assertTrue(known, f"{code}: {source}")

    def test_faults_of_profiles_that_a_machine_shows_have_a_symptom(self):
        faults = {f["code"] for reader in load("readers.toml")["reader"] for f in reader.get("fault", [])}
        codes = {symptom["code"] for symptom in self.symptoms}
        for fault, symptom in (
            ("kernel_module_grabs", "kernel_module_holds_reader"),
            ("firmware_refused", "reader_firmware_too_old"),
            ("name_depends_on_driver", "two_drivers_for_reader"),
            ("vendor_driver_needed", "reader_in_no_driver_list"),
            ("antenna_hidden", "no_contactless_slot"),
            ("polling_left_off", "card_not_seen"),
            ("usb_timeouts", "reader_times_out"),
        ):
            self.assertIn(fault, faults)
            self.assertIn(symptom, codes)


class Pages(unittest.TestCase):
    def test_files_that_commands_name_are_there(self):
        named = 0
        for page in [ROOT / "docs" / "reference" / "symptoms.md", *(ROOT / "docs" / "guides").glob("*.md")]:
            for path in re.findall(r"hardware/(?:udev|polkit|modprobe|systemd|kiosk)/[\w./-]*\w", page.read_text()):
                self.assertTrue((ROOT / path).exists(), f"{page.name}: {path}")
                named += 1
        self.assertGreater(named, 8)

    def test_readers_that_pages_name_have_profiles(self):
        profiles = {reader["usb"] for reader in load("readers.toml")["reader"]}
        for page in [HARDWARE / "README.md", ROOT / "docs" / "reference" / "symptoms.md"]:
            for usb in re.findall(r"\b[0-9a-f]{4}:[0-9a-f]{4}\b", page.read_text()):
                self.assertIn(usb, profiles, page.name)


class Templates(unittest.TestCase):
    files = sorted(
        path for folder in ("udev", "polkit", "systemd", "modprobe", "kiosk") for path in (HARDWARE / folder).rglob("*")
        if path.is_file()
    )

    def test_each_says_what_it_is_for_and_what_it_risks(self):
        self.assertGreaterEqual(len(self.files), 8)
        for path in self.files:
            text = path.read_text()
            self.assertIn("For:", text.replace("# For", "For").replace("// For", "For"), path.name)
            self.assertIn("Risks:", text, path.name)
            self.assertIn("Install:", text, path.name)

    def test_none_opens_anything_to_everybody(self):
        for path in self.files:
            for line in path.read_text().splitlines():
                if line.lstrip().startswith(("#", "//")):
                    continue
                for mode in re.findall(r"(?:MODE|Mode)\s*[:=]+\s*\"?0?(\d{3})", line):
                    self.assertEqual(mode[-1], "0", f"{path.name}: {line}")
                self.assertNotIn("NOPASSWD", line)

    def test_the_rules_stand_where_their_numbers_have_to(self):
        access = next(path for path in self.files if path.name.endswith("reader-access.rules"))
        power = next(path for path in self.files if path.name.endswith("reader-power.rules"))
        self.assertLess(int(access.name[:2]), 73)
        self.assertGreater(int(power.name[:2]), 92)

    def test_polkit_answers_for_two_actions_and_one_group(self):
        rule = (HARDWARE / "polkit" / "50-chipid.rules").read_text()
        code = "\n".join(line for line in rule.splitlines() if not line.lstrip().startswith("//"))
        self.assertEqual(set(re.findall(r"org\.[\w.-]+", code)), {
            "org.debian.pcsc-lite.access_pcsc", "org.debian.pcsc-lite.access_card",
        })
        self.assertEqual(code.count("polkit.Result.YES"), 1)
        self.assertNotIn("polkit.Result.NO;", code)
        self.assertIn('isInGroup("chipid")', code)
        self.assertIn("u chipid ", (HARDWARE / "systemd" / "chipid.sysusers.conf").read_text())

    def test_the_modules_are_those_of_the_profiles(self):
        text = (HARDWARE / "modprobe" / "chipid-no-kernel-nfc.conf").read_text()
        blocked = re.findall(r"^blacklist (\w+)$", text, re.MULTILINE)
        for reader in load("readers.toml")["reader"]:
            for fault in reader.get("fault", []):
                if fault["code"] == "kernel_module_grabs":
                    self.assertEqual(fault["modules"], blocked)
                    self.assertIn(reader["usb"], text)


if __name__ == "__main__":
    unittest.main()
