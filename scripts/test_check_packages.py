"""What check_packages.py finds in a package, and what is written for one by third_party.py and without_paths.py."""

import io
import re
import shutil
import subprocess
import sys
import tempfile
import unittest
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "scripts"))

import check_packages  # noqa: E402
import check_symbols  # noqa: E402
import elf  # noqa: E402
import third_party  # noqa: E402
import without_paths  # noqa: E402

GUARDED = ["-Wl,-z,relro", "-Wl,-z,now", "-Wl,-z,noexecstack", "-s", "-nostdlib", "-fPIC"]


def compiled(folder, *flags, exports="chipid_version", soname="libchipid_c.so.0", text="nothing"):
    """A library of one function, which stands for ours."""
    source, library = folder / "library.c", folder / "libchipid_c.so"
    source.write_text(f'const char *{exports}(void) {{ return "{text}"; }}\n')
    subprocess.run(["cc", "-shared", *GUARDED, f"-Wl,-soname,{soname}", *flags, "-o", library, source], check=True)
    return library.read_bytes()


class InAFolder(unittest.TestCase):
    def setUp(self):
        self.folder = Path(tempfile.mkdtemp(prefix="chipid-packages-"))
        self.addCleanup(shutil.rmtree, self.folder)


class Libraries(InAFolder):
    def told(self, content, released=False):
        return list(check_packages.of_library(content, check_packages.LANGUAGES["java"], released))

    def test_a_guarded_library_is_let_be(self):
        self.assertEqual(self.told(compiled(self.folder), released=True), [])

    def test_what_is_wrong_with_one_is_seen(self):
        for flags, said in (
            (["-Wl,-z,execstack"], "its stack may be run"),
            (["-Wl,-z,norelro"], "its table of functions stays writable (RELRO, BIND_NOW)"),
            (["-Wl,-z,lazy"], "its table of functions stays writable (RELRO, BIND_NOW)"),
            (["-Wl,-rpath,/somewhere"], "looks for libraries in /somewhere"),
            (["-Wl,-rpath,/somewhere", "-Wl,--disable-new-dtags"], "looks for libraries in /somewhere"),
        ):
            self.assertIn(said, self.told(compiled(self.folder, *flags)), flags)

    def test_names_for_a_debugger_are_seen(self):
        source = self.folder / "with_names.c"
        source.write_text("int chipid_version(void) { return 0; }\n")
        library = self.folder / "with_names.so"
        subprocess.run(["cc", "-shared", *(flag for flag in GUARDED if flag != "-s"), "-Wl,-soname,libchipid_c.so.0", "-o", library, source], check=True)
        self.assertEqual(self.told(library.read_bytes()), ["has names for a debugger"])

    def test_another_interface_is_seen(self):
        self.assertIn("exports strange, which is not of its interface", self.told(compiled(self.folder, exports="strange")))
        self.assertIn("exports nothing of its interface", self.told(compiled(self.folder, exports="strange")))
        self.assertIn("its soname is other.so, not libchipid_c.so.0", self.told(compiled(self.folder, soname="other.so")))

    def test_what_it_needs_is_seen(self):
        other = self.folder / "libother.so.3"
        subprocess.run(["cc", "-shared", "-nostdlib", "-fPIC", "-Wl,-soname,libother.so.3", "-x", "c", "/dev/null", "-o", other], check=True)
        self.assertIn("needs libother.so.3, of which the guides say nothing", self.told(compiled(self.folder, "-Wl,--no-as-needed", str(other))))

    def test_a_newer_glibc_is_seen_where_it_is_released(self):
        content = compiled(self.folder)
        library = self.folder / "plain.so"
        library.write_bytes(content)
        self.assertEqual(elf.Library(library).glibc, (0,))
        source = self.folder / "calls.c"
        source.write_text("#include <stdlib.h>\nint chipid_version(void) { return abs(rand()); }\n")
        subprocess.run(["cc", "-shared", *(flag for flag in GUARDED if flag != "-nostdlib"), "-Wl,-soname,libchipid_c.so.0", "-o", library, source], check=True)
        found = elf.Library(library).glibc
        self.assertGreater(found, (2,))
        known = check_packages.GLIBC
        self.addCleanup(setattr, check_packages, "GLIBC", known)
        check_packages.GLIBC = (2, 0)
        self.assertTrue(any("needs glibc" in what for what in self.told(library.read_bytes(), released=True)))
        self.assertFalse(any("needs glibc" in what for what in self.told(library.read_bytes())))

    def test_short_relocations_are_glibc_2_36_s(self):
        source, library = self.folder / "table.c", self.folder / "table.so"
        source.write_text("#include <stdlib.h>\nvoid *const chipid_version[] = {(void *)chipid_version, (void *)&chipid_version[1], malloc, free};\n")
        subprocess.run(["cc", "-shared", "-fPIC", "-Wl,-z,pack-relative-relocs", "-o", library, source], check=True)
        versions = elf.asked("readelf", "-VW", library)
        if "GLIBC_ABI_DT_RELR" not in versions:
            self.skipTest("this linker or this glibc does not know them")
        self.assertGreaterEqual(elf.Library(library).glibc, (2, 36))

    def test_the_guides_say_the_same_glibc(self):
        said = {}
        for guide in sorted((ROOT / "docs" / "guides").glob("*.md")):
            for number in re.findall(r"glibc (\d+\.\d+)", guide.read_text(encoding="utf-8")):
                said.setdefault(number, []).append(guide.stem)
        self.assertEqual(said, {".".join(map(str, check_packages.GLIBC)): ["c", "dotnet", "java", "kotlin", "node", "python"]})


class Places(unittest.TestCase):
    def told(self, content, name="lib/libchipid_c.so"):
        return list(check_packages.of_places({name: content}, [Path("/srv/builder/chipid"), Path("/root")]))

    def test_a_folder_of_the_builder_is_seen_in_every_file(self):
        self.assertEqual(self.told(b"a\0/srv/builder/chipid/sdk/lib.rs\0b", "a.txt"), ["a.txt names /srv/builder/chipid/sdk/lib.rs"])
        self.assertEqual(self.told(b"x/root/.cargo/registry\0"), ["lib/libchipid_c.so names /root/.cargo/registry"])

    def test_anybody_s_home_is_seen_in_a_library(self):
        for home in (b"/home/somebody/x.rs", b"/Users/somebody/x.rs", b"C:\\Users\\somebody\\x.rs"):
            self.assertEqual(len(self.told(b"\x7fELF\0" + home)), 1, home)
            self.assertEqual(self.told(home, "page.md"), [])

    def test_names_that_stand_for_folders_are_let_be(self):
        for there in (b"/registry/aes-0.9.4/src/lib.rs", b"/rustc/59807616/library/std/src/lib.rs", b"sdk/chipid/src/lib.rs", b"/usr/share/zoneinfo/", b"/rooted"):
            self.assertEqual(self.told(b"\x7fELF\0" + there), [], there)

    def test_the_compiler_is_given_a_name_for_each_folder(self):
        names = dict(without_paths.names(ROOT / "target" / "packages"))
        self.assertEqual(names[ROOT], "/chipid")
        self.assertEqual(names[ROOT / "target" / "packages"], "/target")
        self.assertEqual(names[without_paths.cargo_home()], "/cargo")
        order = list(names)
        # The last that fits is taken: what lies within another comes after it.
        for at, outer in enumerate(order):
            for inner in order[:at]:
                self.assertFalse(inner.is_relative_to(outer), f"{inner} before {outer}")
        self.assertIn("CARGO_ENCODED_RUSTFLAGS", without_paths.environment(ROOT / "target"))

    def test_the_compiler_does_so(self):
        with tempfile.TemporaryDirectory() as folder:
            source = Path(folder, "place.rs")
            source.write_text("fn main() { println!(\"{}\", file!()); }\n")
            flags = without_paths.flags(Path(folder))
            subprocess.run(["rustc", *flags, "-o", Path(folder, "place"), source], check=True)
            self.assertEqual(subprocess.run([Path(folder, "place")], capture_output=True, text=True).stdout, "/target/place.rs\n")


class Licences(InAFolder):
    def setUp(self):
        super().setUp()
        third_party.write(self.folder, ["chipid-mobile"], features="chipid-mobile/pcsc")
        self.texts = {path.name: path.read_bytes() for path in self.folder.iterdir()}
        crates = third_party.linked(["chipid-mobile"], [third_party.LINUX], "chipid-mobile/pcsc")
        self.library = b"libpcsclite.so.1\0" + b"".join(f"/registry/{crate['name']}-{crate['version']}/src/lib.rs".encode() for crate in crates)

    def told(self, texts, library=None):
        files = {f"META-INF/{name}": content for name, content in texts.items()}
        return list(check_packages.of_licences(check_packages.LANGUAGES["kotlin"], files, {"linux-x86-64/libchipid_mobile.so": library or self.library}))

    def test_what_is_written_for_a_package_is_enough(self):
        self.assertEqual(set(self.texts), {*third_party.OWN, third_party.THIRD_PARTY, third_party.UNIFFI})
        self.assertEqual(self.told(self.texts), [])

    def test_each_text_that_is_missing_is_seen(self):
        for name in self.texts:
            without = {other: content for other, content in self.texts.items() if other != name}
            self.assertEqual(len(self.told(without)), 1, name)
        self.assertEqual(len(self.told({**self.texts, "LICENSE-MIT": b"Another text"})), 1)

    def test_a_crate_that_is_not_named_is_seen(self):
        said = re.sub(rb"(?m)^nom \d.*\n", b"", self.texts[third_party.THIRD_PARTY])
        self.assertRegex(self.told({**self.texts, third_party.THIRD_PARTY: said})[0], r"does not name nom \d")

    def test_a_crate_that_the_library_alone_knows_is_seen(self):
        for place in (b"/registry/unheard-of-1.2.3/src/lib.rs", b"/somewhere/registry/src/index-0123456789abcdef/unheard-of-1.2.3/src/lib.rs"):
            self.assertEqual(self.told(self.texts, self.library + place), ["THIRD-PARTY.txt does not name unheard-of 1.2.3"])

    def test_a_library_that_mentions_nothing_is_not_believed(self):
        self.assertIn("mentions 0 crates", self.told(self.texts, b"libpcsclite.so.1")[0])

    def test_every_crate_has_its_terms(self):
        said = self.texts[third_party.THIRD_PARTY].decode()
        _, listed, *bodies = said.split(third_party.RULE)
        heads = " ".join(body.partition("\n")[0] for body in bodies)
        for name in re.findall(r"^(\S+) \d\S*: ", listed, re.M):
            self.assertRegex(heads, rf"(?:^|[ ,]){re.escape(name)} ", name)

    def test_a_crate_without_a_text_gets_the_words_of_its_licence(self):
        (self.folder / "Cargo.toml").touch()
        for own in third_party.OWN:
            (self.folder / own).unlink()
        crate = {"name": "small", "version": "1.0.0", "manifest_path": str(self.folder / "Cargo.toml"), "authors": ["A. Person <a@example.org>"]}
        ((name, words),) = third_party.terms({**crate, "license": "MIT/Apache-2.0"})
        self.assertEqual(name, "small 1.0.0 (brings no text of its own)")
        self.assertIn("Copyright (c) A. Person\n", words)
        self.assertNotIn("chipid", words)
        self.assertEqual(third_party.terms({**crate, "license": "Zlib"}), [])
        with self.assertRaises(SystemExit):
            third_party.terms({**crate, "license": "BSD-3-Clause"})


class Packages(InAFolder):
    def test_archives_are_opened_and_a_missing_library_is_seen(self):
        place = self.folder / "java"
        place.mkdir()
        with zipfile.ZipFile(place / "chipid-0.1.0.jar", "w") as jar:
            jar.writestr("META-INF/MANIFEST.MF", "")
        told = list(check_packages.objections(check_packages.LANGUAGES["java"], place))
        self.assertIn("there is no linux-*/libchipid_c.so", told)
        self.assertIn("THIRD-PARTY.txt is missing", told)
        (place / "chipid-0.1.1.jar").write_bytes((place / "chipid-0.1.0.jar").read_bytes())
        self.assertIn("there are 2", next(check_packages.objections(check_packages.LANGUAGES["java"], place)))

    def test_every_language_that_packs_is_looked_into(self):
        import bindings

        self.assertEqual(set(check_packages.LANGUAGES), set(bindings.LANGUAGES))
        self.assertGreater(len(check_symbols.declared()), 50)


if __name__ == "__main__":
    unittest.main()
