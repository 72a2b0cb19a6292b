#!/usr/bin/env python3
"""Builds and runs what stands over the facade in other languages.

    test         every language's own suite
    fresh        packs every language, looks into the package, and reads a virtual card behind pcscd from a folder that has nothing but it
    conformance  every language through the same cases; the table and its exit code are chipid-conformance's
    overhead     what each language costs over the Rust call
    pack DIR     what users get, a folder for each language; --from: of the libraries in that target folder, not of those that are tested
    packages     which of Debian's packages are missing for all that

A language is a folder with the scripts `build`, `test`, `conformance`, `pack` and `fresh`, and `packages.debian`, what they need of Debian. One whose packages
are missing is left out and named; with CHIPID_REQUIRE_BINDINGS set that is a failure.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import without_paths

ROOT = Path(__file__).resolve().parent.parent
TARGET = Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target")).absolute()
LANGUAGES = {
    "c": "bindings/c",
    "dotnet": "bindings/c/dotnet",
    "java": "bindings/c/java",
    "node": "bindings/node",
    "kotlin": "bindings/mobile/kotlin",
    "python": "bindings/mobile/python",
}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=["test", "fresh", "conformance", "overhead", "pack", "packages"])
    parser.add_argument("folder", nargs="?", type=Path, help="for pack")
    parser.add_argument("--only", default="", help="languages, with commas between")
    parser.add_argument("--from", type=Path, dest="built", metavar="FOLDER", help="for pack")
    arguments = parser.parse_args()
    wanted = arguments.only.split(",") if arguments.only else list(LANGUAGES)
    for name in set(wanted) - set(LANGUAGES):
        parser.error(f"{name} is none of {', '.join(LANGUAGES)}")
    if arguments.what == "pack" and not arguments.folder:
        parser.error("pack where?")
    if arguments.built and arguments.what != "pack":
        parser.error("--from is for pack")

    lacking = {name: missing for name in wanted if (missing := missing_packages(ROOT / LANGUAGES[name]))}
    if arguments.what == "packages":
        print("\n".join(sorted({package for missing in lacking.values() for package in missing})), end="")
        sys.exit(0)
    able = [name for name in wanted if name not in lacking]
    run = {"test": test, "fresh": fresh, "pack": pack}.get(arguments.what, all_together)
    failed = run(able, arguments)
    for name, missing in lacking.items():
        print(f"left out: {name} needs {' '.join(missing)} (scripts/setup --for test)")
    if lacking and os.environ.get("CHIPID_REQUIRE_BINDINGS"):
        failed = True
    sys.exit(bool(failed))


def missing_packages(folder):
    """Of packages.debian: what is not installed. A line `command:NAME` asks for a command, whoever brought it."""
    missing, listed = [], folder / "packages.debian"
    for line in listed.read_text().splitlines() if listed.exists() else []:
        package, _, rest = line.partition("#")
        package, command = package.strip(), rest.strip().removeprefix("command:")
        if package and not (rest.strip().startswith("command:") and shutil.which(command) or installed(package)):
            missing.append(package)
    return missing


def installed(package):
    if not shutil.which("dpkg-query"):
        return False
    asked = subprocess.run(["dpkg-query", "-W", "-f", "${Status}", package], capture_output=True, text=True)
    return asked.returncode == 0 and asked.stdout == "install ok installed"


def test(names, _):
    return each(names, lambda folder: [[folder / "test"]])


def fresh(names, _):
    with tempfile.TemporaryDirectory(prefix="chipid-packed-") as packed:
        def steps(folder):
            into = Path(packed, folder.name)
            look = [ROOT / "scripts" / "check_packages.py", packed, "--only", folder.name]
            return [[folder / "pack", into], look, [ROOT / "scripts" / "behind_pcscd.py", folder / "fresh", into]]
        return each(names, steps)


def pack(names, arguments):
    if arguments.built:
        # The tools that packing needs, and what was built for Windows, stay where they are.
        os.environ.setdefault("CHIPID_OUT", str(TARGET / "bindings"))
        os.environ.setdefault("CHIPID_WINDOWS_DLL", str(TARGET / "cross" / "x86_64-pc-windows-gnu" / "release" / "chipid_c.dll"))
        # Where packing itself compiles something, with the same flags.
        os.environ.update(without_paths.environment(arguments.built.absolute()))
    return each(names, lambda folder: [[folder / "pack", (arguments.folder / folder.name).absolute()]])


def all_together(names, arguments):
    if each(names, lambda folder: [[folder / "build"]]):
        return True
    program = TARGET / "release" / "chipid-conformance"
    what = "run" if arguments.what == "conformance" else "overhead"
    only = ["--only", arguments.only] if arguments.only else []
    return subprocess.run([program, what, *only], cwd=ROOT).returncode != 0


def each(names, steps):
    """Runs the steps of each language, and says which failed and how long each took."""
    outcomes = {}
    for name in names:
        print(f"== {name}", flush=True)
        started = time.monotonic()
        well = all(subprocess.run(step, stdin=subprocess.DEVNULL).returncode == 0 for step in steps(ROOT / LANGUAGES[name]))
        outcomes[name] = (well, time.monotonic() - started)
    for name, (well, seconds) in outcomes.items():
        print(f"{name:8} {'passed' if well else 'FAILED'} in {seconds:.0f} s")
    return [name for name, (well, _) in outcomes.items() if not well]


if __name__ == "__main__":
    main()
