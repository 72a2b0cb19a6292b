"""Tests of the checks: each must see what it is there to see."""

import os
import shutil
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "scripts"))

import check_dependencies  # noqa: E402
import check_readme  # noqa: E402


class Licences(unittest.TestCase):
    def test_an_expression_is_met_by_allowed_licences_alone(self):
        for expression in (
            "MIT", "MIT OR Apache-2.0", "MIT/Apache-2.0", "GPL-3.0 OR MIT", "(MIT OR GPL-3.0) AND Unicode-3.0",
            "Apache-2.0 WITH LLVM-exception OR GPL-2.0", "MIT AND (BSD-3-Clause OR Zlib)",
        ):
            self.assertTrue(check_dependencies.licensed(expression), expression)
        for expression in (
            None, "", "GPL-3.0", "MIT AND GPL-3.0", "(MIT OR GPL-3.0) AND LGPL-2.1", "GPL-2.0 WITH LLVM-exception",
        ):
            self.assertFalse(check_dependencies.licensed(expression), expression)

    def test_deny_toml_allows_the_same(self):
        import tomllib

        deny = tomllib.loads((ROOT / "deny.toml").read_text())
        self.assertEqual(set(deny["licenses"]["allow"]), check_dependencies.LICENCES)
        self.assertEqual({ban["crate"] for ban in deny["bans"]["deny"]}, set(check_dependencies.BANNED))


class Readme(unittest.TestCase):
    def test_commands_are_found_with_what_is_expected_of_them(self):
        text = (
            "$ not in a block\n```console\n$ one\noutput\n$ two \\\n  more # exit 3\n$ make test\n"
            "$ three # not run: needs a card\n```\n```rust\n$ four\n```\n```sh\n$ five\n```\n"
        )
        self.assertEqual(
            list(check_readme.commands(text)),
            [(3, "one", 0), (5, "two more", 3), (7, "make test", None), (8, "three", None), (14, "five", 0)],
        )

    def test_another_exit_code_is_a_complaint(self):
        with tempfile.TemporaryDirectory() as folder:
            run = lambda command, code: check_readme.run(command, code, folder, dict(os.environ), 10)  # noqa: E731
            self.assertIsNone(run("exit 3", 3))
            self.assertIn("exit 3, expected 0", run("echo why; exit 3", 0))
            self.assertIn("did not end", check_readme.run("sleep 5", 0, folder, dict(os.environ), 0.1))


class Imports(unittest.TestCase):
    """The check runs on a copy of the sources with one thing broken."""

    def setUp(self):
        self.copy = Path(tempfile.mkdtemp(prefix="chipid-imports-"))
        self.addCleanup(shutil.rmtree, self.copy)
        leave = shutil.ignore_patterns("target", "fuzz", "tests", "benches", "*.bin", "interop")
        for name in ("Cargo.toml", "scripts", "sdk", "reader-cli", "hardware", "test-vectors"):
            source = ROOT / name
            if source.is_dir():
                shutil.copytree(source, self.copy / name, ignore=leave)
            else:
                shutil.copy(source, self.copy / name)

    def check(self):
        script = self.copy / "scripts" / "check_imports.py"
        done = subprocess.run([sys.executable, script], capture_output=True, text=True)
        return done.stdout

    def put(self, path, line):
        file = self.copy / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(line + "\n" + (file.read_text() if file.exists() else ""))

    def test_lower_must_not_import_higher(self):
        self.put("sdk/emrtd/src/tlv.rs", "use crate::{oid::Oid, apdu::{Command, Response}};")
        self.put("sdk/emrtd/src/oid.rs", "use super::lds::Com;")
        found = self.check()
        self.assertIn("tlv.rs:1: tlv imports apdu", found)
        self.assertIn("oid.rs:1: oid imports lds", found)

    def test_protocols_keep_apart_and_verification_needs_no_chip(self):
        self.put("sdk/emrtd/src/bac/extra.rs", "use crate::pace::Token;")
        self.put("sdk/emrtd/src/passive_authentication/extra.rs", "use crate::apdu::Command;")
        found = self.check()
        self.assertIn("the protocol bac imports the protocol pace", found)
        self.assertIn("passive_authentication must work without a chip", found)

    def test_a_module_without_a_row_is_named(self):
        self.put("sdk/emrtd/src/somewhere.rs", "")
        self.assertIn("somewhere stands in no row", self.check())

    def test_crates_keep_to_their_own(self):
        self.put("sdk/transport/src/extra.rs", "use chipid_emrtd::apdu::Command;")
        self.put("hardware/virtual-card/src/extra.rs", "use chipid_emrtd::secure_messaging::Channel;")
        manifest = self.copy / "sdk/vietnam/Cargo.toml"
        manifest.write_text(manifest.read_text() + '\n[build-dependencies]\nchipid-face = "1"\n')
        found = self.check()
        self.assertIn("must not use chipid_emrtd::apdu", found)
        self.assertIn("one bug on both sides: chipid_emrtd::secure_messaging", found)
        self.assertIn("chipid-vietnam must not use chipid-face", found)

    def test_the_core_takes_nothing_from_the_system_and_nothing_prints(self):
        self.put("sdk/emrtd/src/tlv.rs", "fn now() -> std::time::Instant { println!(); todo!() }")
        self.put("sdk/emrtd/src/oid.rs", "// std::time and println!() in a comment")
        found = self.check()
        self.assertIn("tlv.rs:1: the core takes nothing from the system", found)
        self.assertIn("println! in a library", found)
        self.assertNotIn("oid.rs", found)


if __name__ == "__main__":
    unittest.main()
