"""The wheel as a file: what built it, and what is in it, to the last file and byte."""

import base64
import csv
import hashlib
import os
import pathlib
import re
import subprocess
import sysconfig
import tempfile
import unittest
import zipfile

HERE = pathlib.Path(__file__).resolve().parent
SOURCE = HERE.parent / "src"
LIBRARY = "chipid/_generated/libchipid_mobile.so"
INFO = "chipid-0.1.0.dist-info"


class Wheel(unittest.TestCase):
    def setUp(self):
        self.path = pathlib.Path(os.environ["CHIPID_WHEEL"])
        self.wheel = zipfile.ZipFile(self.path)
        self.addCleanup(self.wheel.close)

    def headers(self, name):
        head, _, _ = self.wheel.read(f"{INFO}/{name}").decode("utf-8").partition("\n\n")
        return [tuple(line.split(": ", 1)) for line in head.splitlines()]

    def test_maturin_built_it_for_every_python_of_this_platform(self):
        platform = re.sub("[-.]", "_", sysconfig.get_platform())
        told = dict(self.headers("WHEEL"))
        self.assertEqual(told["Tag"], f"py3-none-{platform}")
        self.assertEqual(told["Root-Is-Purelib"], "false")
        self.assertEqual(self.path.name, f"chipid-0.1.0-py3-none-{platform}.whl")
        (asked,) = re.findall(r'requires = \["maturin==(.+)"\]', (HERE.parent / "pyproject.toml").read_text(encoding="utf-8"))
        self.assertEqual(told["Generator"], f"maturin ({asked})")

    def test_it_says_what_it_is_and_needs_no_other_package(self):
        told = self.headers("METADATA")
        for said in (
            ("Name", "chipid"),
            ("Version", "0.1.0"),
            ("Requires-Python", ">=3.9"),
            ("License-Expression", "(MIT OR Apache-2.0) AND MPL-2.0"),
            ("Classifier", "Typing :: Typed"),
        ):
            self.assertIn(said, told)
        self.assertNotIn("Requires-Dist", dict(told))

    def test_it_holds_the_package_the_library_the_licences_and_nothing_else(self):
        licences = {f"licenses/licences/{name}" for name in ("LICENSE-MIT", "LICENSE-APACHE", "THIRD-PARTY.txt", "UNIFFI.txt")}
        info = {f"{INFO}/{name}" for name in {"METADATA", "WHEEL", "RECORD"} | licences}
        names = self.wheel.namelist()
        self.assertEqual(sorted(names), sorted({*sources(), LIBRARY} | info))
        self.assertIn("chipid/py.typed", names)
        self.assertIn("chipid/_generated/chipid_mobile.py", names)

    def test_every_source_is_packed_byte_for_byte(self):
        for name, path in sources().items():
            self.assertEqual(self.wheel.read(name), path.read_bytes(), name)

    def test_the_record_is_of_what_is_there(self):
        rows = csv.reader(self.wheel.read(f"{INFO}/RECORD").decode("utf-8").splitlines())
        recorded = {name: (digest, size) for name, digest, size in rows}
        self.assertEqual(set(recorded), set(self.wheel.namelist()))
        for name in set(recorded) - {f"{INFO}/RECORD"}:
            data = self.wheel.read(name)
            digest = base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()
            self.assertEqual(recorded[name], (f"sha256={digest}", str(len(data))), name)

    def test_the_library_leans_on_the_system_s_and_carries_none_of_them(self):
        with tempfile.TemporaryDirectory() as folder:
            read = ["readelf", "-dW", self.wheel.extract(LIBRARY, folder)]
            dynamic = subprocess.run(read, stdout=subprocess.PIPE, text=True, check=True).stdout
        needed = set(re.findall(r"\(NEEDED\).*\[(.+)\]", dynamic))
        self.assertLessEqual(needed, {"libpcsclite.so.1", "libgcc_s.so.1", "libm.so.6", "libc.so.6", "ld-linux-x86-64.so.2", "ld-linux-aarch64.so.1"})
        self.assertIn("libpcsclite.so.1", needed)
        self.assertNotIn("RUNPATH", dynamic)
        self.assertNotIn("RPATH", dynamic)


def sources():
    """The package's files as they are checked in, by their names in the wheel."""
    files = (path for path in (SOURCE / "chipid").rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    return {path.relative_to(SOURCE).as_posix(): path for path in files}


if __name__ == "__main__":
    unittest.main()
