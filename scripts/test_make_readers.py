"""Tests of make_readers: every reader once, nothing invented, the same bytes each time."""

import copy
import sys
import tomllib
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "scripts"))

import make_readers  # noqa: E402


class Readers(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.rows = make_readers.read_table(make_readers.TABLE.read_bytes())
        cls.overlay = tomllib.loads(make_readers.OVERLAY.read_text())
        cls.data = make_readers.profiles(cls.rows, cls.overlay)
        cls.readers = {reader["usb"]: reader for reader in cls.data["reader"]}

    def test_the_committed_files_are_what_their_sources_say(self):
        for path, text in make_readers.made(self.data).items():
            self.assertEqual(path.read_bytes(), text.encode(), path.name)
        text = make_readers.render(self.data)
        again = make_readers.profiles(make_readers.read_table(make_readers.TABLE.read_bytes()), self.overlay)
        self.assertEqual(text, make_readers.render(again))

    def test_what_is_written_reads_back_as_what_was_meant(self):
        self.assertEqual(tomllib.loads(make_readers.render(self.data)), self.data)

    def test_the_line_ends_of_the_table_do_not_matter(self):
        raw = make_readers.TABLE.read_bytes()
        self.assertEqual(make_readers.read_table(raw.replace(b"\r\n", b"\n")), self.rows)

    def test_every_contactless_row_appears_exactly_once(self):
        self.assertEqual(make_readers.complaints(self.data, self.rows), [])
        capable = {make_readers.usb_of(row) for row in self.rows if row["role"] in make_readers.CAPABLE}
        self.assertEqual(set(self.readers), capable)
        self.assertEqual(len(self.data["reader"]), len(capable))
        self.assertGreater(len(capable), 200)

    def test_a_row_lost_or_doubled_is_seen(self):
        for spoil in (lambda r: r["interface"].pop(), lambda r: r["interface"].append(r["interface"][0])):
            data = copy.deepcopy(self.data)
            spoil(next(r for r in data["reader"] if r["usb"] == "072f:223b"))
            self.assertTrue(any("exactly once" in line for line in make_readers.complaints(data, self.rows)))

    def test_ids_without_an_antenna_are_left_out(self):
        left_out = {make_readers.usb_of(row) for row in self.rows} - set(self.readers)
        self.assertEqual(left_out, {"04e6:5810", "0a5c:5800", "0a5c:5833", "31aa:5000"})

    def test_what_is_unknown_is_absent(self):
        listed_only = self.readers["072f:0901"]
        self.assertEqual(listed_only["interface"], [
            {"role": "contactless", "role_by": "driver_list", "source": "acsccid src/supported_readers.txt"},
        ])
        self.assertNotIn("contactless_interfaces", listed_only)
        self.assertNotIn("bit_rate", listed_only)
        for value in leaves(self.data):
            self.assertNotIn(value, ("", None, "?", "-"))
        # A number of the profile is a number of the table.
        for row in self.rows:
            reader = self.readers.get(make_readers.usb_of(row))
            for made in reader["interface"] if reader else []:
                if (made["source"], str(made.get("number", ""))) == (row["source"], row["iface_no"]):
                    self.assertEqual(str(made.get("longest_ccid_message", "")), row["dwMaxCCIDMessageLength"])
                    self.assertEqual(str(made.get("longest_block", "")), row["max_block_minus_header"])

    def test_nothing_was_tried_unless_somebody_says_so(self):
        said = {usb for entry in self.overlay["about"] if "tried" in entry for usb in entry["usb"]}
        self.assertEqual({reader["usb"] for reader in self.data["reader"] if reader["tried"] != "never"}, said)
        overlay = copy.deepcopy(self.overlay)
        overlay["about"].append({"usb": ["076b:5022"], "tried": "read"})
        made = make_readers.profiles(self.rows, overlay)["reader"]
        self.assertEqual([r["usb"] for r in made if r["tried"] == "read"], ["076b:5022"])

    def test_the_overlay_speaks_of_known_readers_and_sources_only(self):
        for kind in ("about", "slots", "command", "bit_rate", "fault"):
            overlay = copy.deepcopy(self.overlay)
            overlay[kind][0] = {**overlay[kind][0], "usb": ["ffff:ffff"]}
            with self.assertRaises(SystemExit):
                make_readers.profiles(self.rows, overlay)
        overlay = copy.deepcopy(self.overlay)
        overlay["fault"][0]["source"] = "S99"
        data = make_readers.profiles(self.rows, overlay)
        self.assertTrue(any("S99" in line for line in make_readers.complaints(data, self.rows)))

    def test_every_source_of_the_table_is_cited(self):
        cited = set(make_readers.cited(self.data)) | set(make_readers.cited(self.overlay["debian_12"]))
        self.assertEqual(set(self.overlay["sources"]) - cited, set())

    def test_the_schema_refuses_what_it_should(self):
        try:
            import jsonschema  # noqa: F401
        except ImportError:
            self.skipTest("the Python package jsonschema is not there")
        for spoil in (
            lambda r: r.update(tried="probably"),
            lambda r: r["interface"][0].update(exchange="extAPDU"),
            lambda r: r["interface"][0].update(longest_block="512"),
            lambda r: r.update(usb="072F:223B"),
            lambda r: r.update(colour="black"),
            lambda r: r["fault"][0].pop("source"),
        ):
            data = copy.deepcopy(self.data)
            spoil(next(r for r in data["reader"] if r["usb"] == "072f:223b"))
            self.assertNotEqual(make_readers.schema_complaints(data), [])

    def test_every_pattern_stands_once_and_its_readers_bear_it(self):
        patterns = [(name["system"], name.get("driver"), name["pattern"]) for name in self.data["name"]]
        self.assertEqual(len(patterns), len(set(patterns)))
        for name in self.data["name"]:
            for usb in name["usb"]:
                self.assertIn(name["pattern"], self.readers[usb]["names"][name["system"]])


class Names(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.data = tomllib.loads(make_readers.MADE.read_text())
        cls.roles = {(name["system"], name["pattern"]): name["role"] for name in cls.data["name"]}

    def test_units_and_serials_are_taken_out_of_names(self):
        for seen, patterns in (
            ("ACS ACR122 0", ["ACS ACR122 *"]),
            ("Identive CLOUD 4700 F Contactless Reader 0/1", ["Identive CLOUD 4700 F Contactless Reader *"]),
            ("ACS ACR1281 1S Dual Reader PICC 0 (+ ICC 0, SAM 0)", [
                "ACS ACR1281 1S Dual Reader PICC *", "ACS ACR1281 1S Dual Reader ICC *", "ACS ACR1281 1S Dual Reader SAM *",
            ]),
            ("Gemalto Prox-DU Contactless_<serial> 0", ["Gemalto Prox-DU Contactless_* *"]),
            ("A 0 | B 1", ["A *", "B *"]),
            ("SDI011 Contactless Reader(1)/(2)", ["SDI011 Contactless Reader(*)"]),
            ("", []),
        ):
            self.assertEqual(list(make_readers.seen(seen)), patterns, seen)
        self.assertEqual(make_readers.linux("X [Y_<serial>] NN SS"), "X [Y_*] *")

    def test_a_name_tells_the_role_of_its_slot(self):
        for system, pattern, role in (
            ("linux", "ACS ACR122U PICC Interface *", "contactless"),
            ("linux", "ACS ACR122U *", "contactless"),
            ("linux", "ACS ACR1252 Dual Reader [ACR1252 Dual Reader SAM] *", "sam"),
            # With acsccid the antenna and the security module bear one name.
            ("linux", "ACS ACR1252 1S CL Reader *", "several"),
            ("linux", "ACS ACR1281U *", "several"),
            ("linux", "HID Global OMNIKEY 5422 Smartcard Reader [OMNIKEY 5422CL Smartcard Reader] *", "contactless"),
            ("linux", "HID Global OMNIKEY 5422 Smartcard Reader [OMNIKEY 5422 Smartcard Reader] *", "contact"),
            # "NFC" stands in the product's name, and the slot has contacts.
            ("linux", "Access IS NFC Smart Module [SMC0] *", "contact"),
            # Two interfaces without names of their own.
            ("linux", "Feitian VR504 VHBR Contactless & Contact Card Reader *", "several"),
            ("windows", "ACS ACR122 *", "contactless"),
            ("windows", "ACS ACR1281 1S Dual Reader SAM *", "sam"),
            ("macos", "HID Global OMNIKEY Smartcard Reader (*)", "unknown"),
        ):
            self.assertEqual(self.roles.get((system, pattern)), role, pattern)

    def test_the_examples_of_names_are_looked_up_as_they_say(self):
        examples = tomllib.loads((make_readers.HARDWARE / "reader-names.toml").read_text())["example"]
        self.assertGreaterEqual({example["system"] for example in examples}, {"linux", "windows", "macos"})
        for example in examples:
            role, usb = make_readers.look_up(example["system"], example["name"], self.data)
            self.assertEqual((role, usb), (example["role"], example["usb"]), example["name"])

    def test_every_pattern_is_found_by_a_name_made_from_it(self):
        for entry in self.data["name"]:
            name = entry["pattern"].replace("*", "00 00")
            role, usb = make_readers.look_up(entry["system"], name, self.data)
            self.assertLessEqual(set(entry["usb"]), set(usb), name)
            if "[" not in name:
                self.assertEqual(role, entry["role"], name)

    def test_a_pattern_is_no_regular_expression(self):
        self.assertTrue(make_readers.fits("A [B] (C)*", "A [B] (C) 00 00"))
        self.assertFalse(make_readers.fits("A [B] *", "A B 00 00"))
        self.assertFalse(make_readers.fits("A.B *", "AxB 0"))

    def test_words_of_names_on_three_systems(self):
        for name, role in (
            ("ACS ACR1252 1S CL Reader [ACR1252 Dual Reader SAM] 01 00", "sam"),
            ("ACS ACR1281 1S Dual Reader ICC 0", "contact"),
            ("OMNIKEY CardMan 5x21-CL 0", "contactless"),
            ("Some OMNIKEY 5422CL Reader", "contactless"),
            ("Watchdata W5181 [Contactless Reader ] 01 00", "contactless"),
            ("Virtual PCD 00 00", "unknown"),
            ("Oracle 00 00", "unknown"),
        ):
            self.assertEqual(make_readers.by_words(name, self.data["word"]), role, name)


def leaves(value):
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else []:
        yield from leaves(inner)
    if not isinstance(value, (dict, list)):
        yield value


if __name__ == "__main__":
    unittest.main()
