"""The package as a whole: its numbers, its surface, what it leaves behind."""

import asyncio
import gc
import importlib.metadata
import os
import pathlib
import re
import subprocess
import sys
import unittest

import cards
import chipid
import surface

HERE = pathlib.Path(__file__).resolve().parent


class Package(cards.Case):
    def test_versions_agree(self):
        self.assertEqual(importlib.metadata.version("chipid"), chipid.__version__)

    def test_transport_codes_are_those_of_the_library(self):
        from chipid._generated import chipid_mobile

        known = {code.code for code in chipid_mobile.transport_codes()}
        self.assertEqual(known, {int(code) for code in chipid.TransportCode})
        for code in chipid.TransportCode:
            self.assertEqual(code.name, chipid.ErrorCode(code).name)

    def test_files_are_those_of_the_library(self):
        for file in chipid.File:
            self.assertEqual(chipid.file_name(file), file.name.replace("CARD_ACCESS", "CardAccess").replace("CARD_SECURITY", "CardSecurity"))
        known = {number for number in [*range(0x10000), 0x3F00_011D] if chipid.file_name(number)}
        self.assertEqual(known, {int(file) for file in chipid.File})

    def test_error_codes_are_those_of_the_table(self):
        table = (HERE.parents[3] / "docs" / "reference" / "error-codes.md").read_text(encoding="utf-8")
        rows = {int(code) for code in re.findall(r"^\| (\d{4}) \|", table, re.M)}
        self.assertGreater(len(rows), 100)
        self.assertEqual(rows, {int(code) for code in chipid.ErrorCode})

    def test_the_licences_of_all_that_is_in_it_are_in_it(self):
        files = importlib.metadata.files("chipid")
        texts = {file.name: file.read_text(encoding="utf-8") for file in files if file.parent.name == "licences"}
        self.assertEqual(set(texts), {"LICENSE-MIT", "LICENSE-APACHE", "THIRD-PARTY.txt", "UNIFFI.txt"})
        self.assertRegex(texts["THIRD-PARTY.txt"], r"(?m)^uniffi \d")
        self.assertRegex(texts["UNIFFI.txt"], r"mozilla\.org/MPL/2\.0")
        self.assertRegex(texts["UNIFFI.txt"], r"github\.com/mozilla/uniffi-rs\s+\(tag v\d+\.\d+\.\d+\)")
        self.assertIn("MIT", texts["LICENSE-MIT"])
        self.assertIn("Apache License", texts["LICENSE-APACHE"])

    @unittest.skipUnless(sys.platform == "linux", "an ELF file")
    def test_the_library_has_no_symbols_but_those_that_are_called(self):
        (library,) = pathlib.Path(chipid.__file__).parent.glob("_generated/*.so")
        sections = subprocess.run(["readelf", "-SW", library], stdout=subprocess.PIPE, text=True, check=True).stdout
        self.assertIn(".dynsym", sections)
        self.assertNotIn(".symtab", sections)
        self.assertNotIn(".debug_", sections)

    def test_the_surface_is_the_one_that_was_looked_at(self):
        path, now = HERE.parent / "surface.txt", surface.text()
        if os.environ.get("UPDATE_SURFACE"):
            path.write_text(now, encoding="utf-8")
        self.maxDiff = None
        self.assertEqual(path.read_text(encoding="utf-8"), now, "UPDATE_SURFACE=1, and a line in CHANGELOG.md")

    def test_nothing_is_left_behind(self):
        def torn(_):
            raise chipid.TransportError(chipid.TransportCode.CARD_REMOVED)

        def once():
            with cards.reading(only=[1, 2]) as reading, cards.Card("open") as card:
                self.assertRaises(chipid.ChipidError, reading.run, torn)
                with reading.run(card) as document, cards.trust() as trust, chipid.Assessment(document, trust) as assessment:
                    with chipid.Policy.built_in("demo").decide(assessment) as verdict:
                        verdict.json()
                        verdict.holder()
                self.assertRaises(chipid.ChipidError, chipid.Document.load, cards.FOLDER)

        async def cancelled():
            async def hangs(_):
                await asyncio.sleep(3600)

            with cards.reading() as reading:
                with self.assertRaises(asyncio.TimeoutError):
                    await asyncio.wait_for(reading.read(hangs), timeout=0.005)

        def often(times):
            for _ in range(times):
                once()
                asyncio.run(cancelled())
            gc.collect()
            return resident(), len(gc.get_objects())

        often(20)
        (before, objects), (after, more) = often(20), often(100)
        self.assertLess(after - before, 3 << 20, "bytes of memory")
        self.assertLess(more - objects, 200, "objects")


def resident():
    """Bytes of memory that this process holds."""
    for line in pathlib.Path("/proc/self/status").read_text(encoding="ascii").splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) * 1024
    raise AssertionError("no VmRSS")


if __name__ == "__main__":
    unittest.main()
