#!/usr/bin/env python3
"""Builds the libraries that are packed for users with no folder of this machine in them, in a target folder of their own.

    without_paths.py build FOLDER [cargo's arguments]   the libraries of the whole workspace, as everything else here is built
    without_paths.py flags FOLDER                       the compiler's flags, for RUSTFLAGS of a build that something else begins

A panic says where in the sources it was: with the place of the builder's cargo, unless the compiler is told another name for it. Where others build
the same sources, the same names stand in the libraries. RUSTFLAGS of the environment count for nothing here: what is packed runs on other machines.
"""

import argparse
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# Everything together, so that crates have the features that they were tested with.
BUILD = ["cargo", "build", "--release", "--locked", "--workspace", "--lib"]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=["build", "flags"])
    parser.add_argument("folder", type=Path, help="the target folder")
    arguments, more = parser.parse_known_args()
    folder = arguments.folder.absolute()
    if arguments.what == "flags":
        if any(character.isspace() for flag in flags(folder) for character in flag):
            sys.exit("without_paths: a folder's name has a blank in it, and RUSTFLAGS are taken apart at blanks")
        print(" ".join(flags(folder)))
    else:
        sys.exit(subprocess.run([*BUILD, *more], cwd=ROOT, env=environment(folder), stdin=subprocess.DEVNULL).returncode)


def environment(folder):
    without = {name: value for name, value in os.environ.items() if name != "RUSTFLAGS"}
    return without | {"CARGO_TARGET_DIR": str(folder), "CARGO_ENCODED_RUSTFLAGS": "\x1f".join(flags(folder))}


def flags(target, library=None):
    """`library`: the source of Rust's standard library, where it is built too."""
    return [f"--remap-path-prefix={path}={name}" for path, name in names(target, library)]


def names(target, library=None):
    """Folder and name. The compiler takes the last that fits."""
    home = cargo_home()
    known = [(home, "/cargo"), *((path, "/registry") for path in sorted(home.glob("registry/src/*")))]
    known += [(ROOT, "/chipid"), (target, "/target")]
    sources = [library, library.resolve()] if library else [of_compiler()]
    return known + [(path, "/rust") for path in dict.fromkeys(sources)]


def cargo_home():
    return Path(os.environ.get("CARGO_HOME", Path.home() / ".cargo")).absolute()


def of_compiler():
    """Where the compiler has its own libraries, and their source where it was installed."""
    compiler = os.environ.get("RUSTC", "rustc")
    asked = subprocess.run([compiler, "--print", "sysroot"], cwd=ROOT, capture_output=True, text=True, check=True)
    return Path(asked.stdout.strip(), "lib", "rustlib")


def of_this_machine(*more):
    """Folders that nothing packed may name: they say who built it, and where."""
    return [path for path in dict.fromkeys([ROOT, Path.home(), cargo_home(), of_compiler(), *more]) if len(path.parts) > 1]


if __name__ == "__main__":
    main()
