"""Tests of fetch_models.py, without a network: packages of our own making, handed to pip by PIP_FIND_LINKS.

Run: python3 -B -m unittest discover --start-directory scripts
"""

import hashlib
import io
import os
import subprocess
import sys
import tarfile
import tempfile
import unittest
import zipfile
from pathlib import Path

SCRIPT = Path(__file__).with_name("fetch_models.py")
MODEL = b"not a model, but bytes that nobody else has"
PHOTOGRAPH = b"not a photograph"


def sha256(content):
    return hashlib.sha256(content).hexdigest()


class FetchModels(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        self.packages = self.folder / "packages"
        self.packages.mkdir()
        self.dest = self.folder / "files"
        self.tripwire = self.folder / "setup-was-run"
        self.wheel()
        self.sdist()
        self.manifest()

    def wheel(self):
        with zipfile.ZipFile(self.packages / "onefish-1.0-py3-none-any.whl", "w") as wheel:
            wheel.writestr("onefish/model.onnx", MODEL)
            wheel.writestr("onefish-1.0.dist-info/METADATA", "Metadata-Version: 2.1\nName: onefish\nVersion: 1.0\n")
            wheel.writestr("onefish-1.0.dist-info/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
            wheel.writestr("onefish-1.0.dist-info/RECORD", "")

    def sdist(self):
        setup = f"open({str(self.tripwire)!r}, 'w').close()\nfrom setuptools import setup\nsetup()\n"
        info = "Metadata-Version: 2.1\nName: twofish\nVersion: 2.0\n"
        with tarfile.open(self.packages / "twofish-2.0.tar.gz", "w:gz") as sdist:
            for name, content in (("setup.py", setup.encode()), ("PKG-INFO", info.encode()), ("photo.jpg", PHOTOGRAPH)):
                member = tarfile.TarInfo(f"twofish-2.0/{name}")
                member.size = len(content)
                sdist.addfile(member, io.BytesIO(content))

    def manifest(self, wheel_sha256=None, model_sha256=None):
        wheel = (self.packages / "onefish-1.0-py3-none-any.whl").read_bytes()
        sdist = (self.packages / "twofish-2.0.tar.gz").read_bytes()
        (self.folder / "manifest.toml").write_text(f"""
[[models]]
file = "model.onnx"
bytes = {len(MODEL)}
sha256 = "{model_sha256 or sha256(MODEL)}"
package = "onefish"
package_version = "1.0"
package_kind = "wheel"
package_sha256 = "{wheel_sha256 or sha256(wheel)}"
member = "onefish/model.onnx"

[[photographs]]
file = "photo.jpg"
bytes = {len(PHOTOGRAPH)}
sha256 = "{sha256(PHOTOGRAPH)}"
package = "twofish"
package_version = "2.0"
package_kind = "sdist"
package_sha256 = "{sha256(sdist)}"
member = "twofish-2.0/photo.jpg"
""")

    def run_script(self, *arguments):
        places = ["--manifest", str(self.folder / "manifest.toml"), "--dest", str(self.dest)]
        environment = dict(os.environ, PIP_NO_INDEX="1", PIP_FIND_LINKS=str(self.packages), PIP_CONFIG_FILE=os.devnull)
        # On standard input, as the program runs it.
        return subprocess.run(
            [sys.executable, "-", *places, *arguments],
            input=SCRIPT.read_text(), env=environment, capture_output=True, text=True,
        )

    def test_fetches_both_kinds_and_runs_nothing_of_them(self):
        done = self.run_script()
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual((self.dest / "model.onnx").read_bytes(), MODEL)
        self.assertEqual((self.dest / "photo.jpg").read_bytes(), PHOTOGRAPH)
        self.assertEqual(done.stdout, "present model.onnx\npresent photo.jpg\n")
        self.assertFalse(self.tripwire.exists(), "setup.py of the archive was run")
        self.assertEqual(sorted(path.name for path in self.dest.iterdir()), ["model.onnx", "photo.jpg"])

    def test_does_nothing_when_all_is_there(self):
        self.run_script()
        for package in self.packages.iterdir():
            package.unlink()
        done = self.run_script()
        self.assertEqual((done.returncode, done.stderr), (0, ""))

    def test_a_swapped_file_is_seen_and_replaced(self):
        self.run_script()
        (self.dest / "model.onnx").write_bytes(b"another model")
        check = self.run_script("--check")
        self.assertEqual((check.returncode, check.stdout), (1, "wrong model.onnx\npresent photo.jpg\n"))
        self.assertEqual(self.run_script().returncode, 0)
        self.assertEqual((self.dest / "model.onnx").read_bytes(), MODEL)

    def test_a_package_with_another_hash_is_refused(self):
        self.manifest(wheel_sha256=sha256(b"another package"))
        done = self.run_script()
        self.assertEqual((done.returncode, done.stdout), (2, "missing model.onnx\npresent photo.jpg\n"))

    def test_a_member_with_another_hash_is_refused_and_the_old_file_stays(self):
        self.manifest(model_sha256=sha256(b"another model"))
        self.dest.mkdir()
        (self.dest / "model.onnx").write_bytes(b"old")
        done = self.run_script("--only", "models")
        self.assertEqual((done.returncode, done.stdout), (2, "wrong model.onnx\n"))
        self.assertEqual((self.dest / "model.onnx").read_bytes(), b"old")

    def test_says_what_to_do_when_pip_cannot_reach_the_package(self):
        for package in self.packages.iterdir():
            package.unlink()
        done = self.run_script()
        self.assertEqual(done.returncode, 2)
        self.assertIn("hint: pip needs the network", done.stderr)

    def test_check_fetches_nothing(self):
        done = self.run_script("--check", "--only", "photographs")
        self.assertEqual((done.returncode, done.stdout), (1, "missing photo.jpg\n"))
        self.assertFalse(self.dest.exists())


if __name__ == "__main__":
    unittest.main()
