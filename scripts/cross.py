#!/usr/bin/env python3
"""Builds chipid for another system than this one, runs it and its tests there by an emulator, and packs it.

    scripts/cross.py windows build|package|test
    scripts/cross.py arm64 build|test

A compiler is taken that has the standard library of that system (rustup target add), or else that library's source
to build it from, of the very same release as the compiler: Debian's rustc-web with rust-web-src. A library of
another release is never tried. docs/adr/0036 says why.
"""

import argparse
import os
import re
import shutil
import subprocess
import sys
import time
import tomllib
from pathlib import Path

import cross_smoke
import emulator
import windows_package
import without_paths

ROOT = Path(__file__).resolve().parent.parent
TARGET = Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target")).absolute()
# Apart from what is built for this machine, by another compiler.
CROSS = TARGET / "cross"
LEAST_RUST = (1, 95)


class System:
    """What a system needs of this one: a linker, an emulator, what of the program can be built."""

    def __init__(self, triple, linker, program, features, emulator, flags=()):
        self.triple, self.linker, self.program, self.features = triple, linker, program, features
        self.emulator, self.flags = emulator, list(flags)

    def variable(self, name):
        return f"CARGO_TARGET_{self.triple.upper().replace('-', '_')}_{name}"

    def built(self):
        return CROSS / self.triple / "release" / self.program


SYSTEMS = {
    # Without a time stamp, so that the same sources give the same bytes.
    "windows": System(
        "x86_64-pc-windows-gnu", "x86_64-w64-mingw32-gcc", "chipid.exe", ["pcsc"], emulator.wine,
        ["-Clink-arg=-Wl,--no-insert-timestamp"],
    ),
    # Without readers: they would need libpcsclite of that system.
    "arm64": System("aarch64-unknown-linux-gnu", "aarch64-linux-gnu-gcc", "chipid", [], emulator.qemu),
}
# The program and the C library.
BUILT = ["-p", "chipid-cli", "-p", "chipid-c"]
# The tests that are run in the other system, all of a package or the named ones. docs/reference/systems.md says which
# are left out, and why.
TESTED = [
    part
    for name in ("emrtd", "vietnam", "transport", "face", "virtual-card", "cli")
    for part in ("-p", f"chipid-{name}")
] + ["-p", "chipid"]


# Not the examples in the documentation: rustdoc does not find the standard library that was built.
PROGRAMS = ["--lib", "--bins", "--tests", "--examples"]
# Whose ignored tests need the models and photographs alone.
WITH_MODELS = [
    part
    for name in ("attacks", "attacks_vietnam", "attacks_confirmation", "guardian", "verbs", "verdicts")
    for part in ("--test", name)
]

# Their bounds of time are for a machine, not for an emulator of one.
SKIPPED = ["--", "--skip", "a_picture_full_of_corners", "--skip", "links_that_all_hold_one_key_are_no_maze"]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("system", choices=SYSTEMS)
    parser.add_argument("what", choices=["compiler", "build", "package", "test"])
    parser.add_argument("tests", nargs="*", help="for test: arguments for cargo test, as in -- -p chipid-emrtd")
    arguments = parser.parse_args()
    system = SYSTEMS[arguments.system]
    if arguments.what == "compiler":
        print(Compiler.find(system.triple).cargo)
    elif arguments.what == "package":
        if arguments.system != "windows":
            parser.error("only the program for Windows is packed")
        build(system)
        library = Compiler.find(system.triple).source
        for packed in windows_package.pack(system.built(), TARGET, version(), library):
            print(packed)
    elif arguments.what == "build":
        build(system)
    else:
        build(system)
        with system.emulator(CROSS / f"emulator-{arguments.system}") as other:
            if not arguments.tests:
                cross_smoke.run(system.built(), other, system.linker)
            test(system, other, arguments.tests)


def build(system):
    begun = time.monotonic()
    run_cargo(system, ["build", *BUILT, *features(system)])
    size = system.built().stat().st_size
    print(f"{system.built()}: {size / 1e6:.1f} MB, {time.monotonic() - begun:.0f} s")


def test(system, other, chosen):
    runner = {
        **other.environment,
        system.variable("RUNNER"): str(other.runner),
        # A test that finds no model must fail, not pass.
        "CHIPID_REQUIRE_MODELS": "1",
        # There is no cargo in the other system that could say where the snapshots lie; nothing writes them there.
        "INSTA_WORKSPACE_ROOT": str(ROOT),
        "INSTA_UPDATE": "no",
    }
    run_cargo(system, ["test", "--no-fail-fast", *features(system), *(chosen or [*TESTED, *PROGRAMS])], runner, SKIPPED)
    if not chosen:
        run_cargo(system, ["test", *features(system), *TESTED, *WITH_MODELS], runner, ["--", "--ignored"])


def features(system):
    return [part for name in system.features for part in ("--features", name)]


def run_cargo(system, arguments, more=None, programs=()):
    compiler = Compiler.find(system.triple)
    if shutil.which(system.linker) is None:
        sys.exit(f"{system.linker} is missing: scripts/setup says how to get it")
    environment = {**os.environ, **compiler.environment, **(more or {})}
    environment["CARGO_TARGET_DIR"] = str(CROSS)
    environment[system.variable("LINKER")] = system.linker
    # These would take the place of ours, and with them the folders of this machine would stand in the program.
    environment.pop("RUSTFLAGS", None)
    environment["CARGO_ENCODED_RUSTFLAGS"] = "\x1f".join(system.flags + without_paths.flags(CROSS, compiler.source))
    command = [compiler.cargo, *arguments, "--release", "--locked", "--target", system.triple, *compiler.flags, *programs]
    print("+", " ".join(command), flush=True)
    ended = subprocess.run(command, cwd=ROOT, env=environment, stdin=subprocess.DEVNULL)
    if ended.returncode != 0:
        sys.exit(ended.returncode)


class Compiler:
    """A rustc with its cargo, and how it comes to a standard library for the other system."""

    def __init__(self, folder, source):
        self.cargo, self.rustc, self.source = str(folder / "cargo"), folder / "rustc", source
        self.flags, self.environment = [], {"RUSTC": str(self.rustc), "RUSTDOC": str(folder / "rustdoc")}
        if source:
            self.flags = ["-Zbuild-std=std,panic_unwind,test"]
            # Cargo takes flags with -Z from a released compiler only so.
            self.environment["RUSTC_BOOTSTRAP"] = "1"

    @classmethod
    def find(cls, triple):
        """The first that has the library, else the first that has its source."""
        with_source = None
        for folder in compilers():
            if release(folder / "rustc") < LEAST_RUST:
                continue
            if any(Path(asked(folder / "rustc", "target-libdir", triple)).glob("libstd-*.rlib")):
                return cls(folder, None)
            source = Path(asked(folder / "rustc", "sysroot")) / "lib/rustlib/src/rust"
            if with_source is None and same_release(folder / "rustc", source):
                with_source = cls(folder, source)
        if with_source is None:
            sys.exit(f"no Rust compiler here has a standard library for {triple}, or its source: scripts/setup says how to get one")
        return with_source


def compilers():
    """Folders with a rustc and a cargo, those of the path first."""
    folders = [Path(part) for part in os.environ.get("PATH", "").split(os.pathsep) if part]
    # rustup's proxies ask for the toolchain of this folder by themselves.
    found = [folder for folder in [*folders, Path("/usr/bin")] if (folder / "rustc").exists() and (folder / "cargo").exists()]
    return dict.fromkeys(found)


def release(rustc):
    version = subprocess.run([rustc, "--version"], capture_output=True, text=True, cwd=ROOT)
    found = re.match(r"rustc (\d+)\.(\d+)", version.stdout)
    return (int(found[1]), int(found[2])) if found else (0, 0)


def same_release(rustc, source):
    """Whether the library's source there is of the compiler's own release: its folder bears it, or a file beside it says it."""
    if not (source / "library/Cargo.lock").exists():
        return False
    version = subprocess.run([rustc, "--version"], capture_output=True, text=True, cwd=ROOT).stdout.split()
    said = source / "version"
    known = said.read_text() if said.exists() else source.resolve().name.replace("rustc-", "")
    # rustup lays the source into the toolchain of its release; there neither says anything.
    return known == "rust" or (len(version) > 1 and version[1] in known.split())


def asked(rustc, what, triple=None):
    target = ["--target", triple] if triple else []
    ran = subprocess.run([rustc, "--print", what, *target], capture_output=True, text=True, cwd=ROOT)
    return ran.stdout.strip() or "/nowhere"


def version():
    return tomllib.loads((ROOT / "Cargo.toml").read_text())["workspace"]["package"]["version"]


if __name__ == "__main__":
    main()
