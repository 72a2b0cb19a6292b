#!/usr/bin/env python3
"""Runs every test of the workspace, and names what was left out.

A test that needs more than the sources says so: #[ignore = "needs pcscd"]. Needs that the machine meets
(scripts/setup wrote down which) are run in a second pass; the others are counted and named at the end.
"""

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TARGET = Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target")).absolute()
# Folders that hold Rust tests, and what in them does not belong to the workspaces run here.
SOURCES = ("sdk", "reader-cli", "hardware", "test-vectors", "bindings")
NOT_SOURCES = {"target", "fuzz", "node_modules"}
# Other people's crates stand in a workspace of their own; it is run where it exists.
INTEROP = ROOT / "test-vectors" / "interop" / "Cargo.toml"


class Need:
    """Something that tests need: whether it is there, what to install, what to run them under."""

    def __init__(self, met, remedy, under=(), serial=False):
        self.met, self.remedy, self.under, self.serial = met, remedy, list(under), serial


def needs(setup):
    beside_pcscd = [str(ROOT / "scripts" / "pcscd-for-tests")]
    mode = setup.get("PCSCD_MODE", "none")
    pcsc = setup.get("HAVE_PCSC_DEV") == "1"
    install = "install libpcsclite-dev, pcscd and vsmartcard-vpcd: scripts/setup --for test"
    fetch = "fetch the models and photographs: scripts/setup --for test"
    return {
        "pcscd": Need(pcsc and mode != "none", install, beside_pcscd, serial=True),
        "own-pcscd": Need(
            pcsc and mode in ("isolated", "own"),
            f"{install}, and stop the pcscd that runs, or allow user namespaces",
            beside_pcscd,
            serial=True,
        ),
        "isolated-pcscd": Need(
            pcsc and mode == "isolated",
            f"{install}, and allow user namespaces",
            beside_pcscd,
            serial=True,
        ),
        "cxx": Need(
            shutil.which("cc") is not None and shutil.which("c++") is not None,
            "install gcc and g++: scripts/setup --for test",
        ),
        "openssl": Need(shutil.which("openssl") is not None, "install openssl: scripts/setup --for test"),
        "models": Need(setup.get("HAVE_MODELS") == "1", fetch),
        "photographs": Need(setup.get("HAVE_PHOTOGRAPHS") == "1", fetch),
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("-p", "--package", action="append", default=[], help="only this package (repeatable)")
    arguments = parser.parse_args()

    setup = read_setup()
    known = needs(setup)
    environment = dict(os.environ)
    if known["models"].met and known["photographs"].met:
        # A test that finds no model although they are there must fail, not pass.
        environment["CHIPID_REQUIRE_MODELS"] = "1"

    tally = Tally()
    for manifest in [ROOT / "Cargo.toml"] + ([INTEROP] if INTEROP.exists() and not arguments.package else []):
        run_workspace(manifest, arguments.package, setup, known, environment, tally)
    in_source = None if arguments.package else count_in_source(known, tally)
    sys.exit(tally.report(known, in_source))


def run_workspace(manifest, packages, setup, known, environment, tally):
    command = ["cargo", "test", "--manifest-path", str(manifest), "--release"]
    if (manifest.parent / "Cargo.lock").exists():
        command.append("--locked")
    command += [part for name in packages for part in ("-p", name)] or ["--workspace"]
    if setup.get("HAVE_PCSC_DEV") == "1" and offers_pcsc(manifest, packages):
        command += ["--features", "pcsc"]
    folders = build(command, environment, tally)
    if folders is None:
        return
    ignored = first_pass(command + ["--no-fail-fast"], environment, tally)
    for executable, tests in ignored.items():
        by_need = defaultdict(list)
        for test, reason in tests:
            need = re.match(r"needs ([a-z-]+)", reason or "")
            if need and need.group(1) in known:
                by_need[need.group(1)].append(test)
            else:
                tally.problems.append(f"{test} is ignored without a need that scripts/run_tests.py knows")
        for name, wanted in by_need.items():
            tally.found[name] += len(wanted)
            if known[name].met:
                second_pass(executable, folders.get(executable), known[name], wanted, environment, tally, name)


def offers_pcsc(manifest, packages):
    """Cargo refuses --features where no selected package has it."""
    folders = manifest.parent.rglob("Cargo.toml")
    for path in folders:
        if NOT_SOURCES & set(path.relative_to(manifest.parent).parts):
            continue
        text = path.read_text()
        name = re.search(r'^name = "([^"]+)"', text, re.M)
        features = re.search(r"^\[features\]$(.*?)(?=^\[|\Z)", text, re.M | re.S)
        if features and re.search(r"^pcsc\s*=", features.group(1), re.M):
            if not packages or (name and name.group(1) in packages):
                return True
    return False


def build(command, environment, tally):
    """Builds the tests; gives the folder that each test program is to be run in."""
    built = subprocess.run(
        command + ["--no-run", "--message-format=json-render-diagnostics"],
        env=environment, cwd=ROOT, stdout=subprocess.PIPE, stdin=subprocess.DEVNULL, text=True,
    )
    if built.returncode != 0:
        tally.problems.append("the tests do not compile")
        return None
    folders = {}
    for line in built.stdout.splitlines():
        message = json.loads(line)
        if message.get("executable") and message.get("manifest_path"):
            folders[message["executable"]] = str(Path(message["manifest_path"]).parent)
    return folders


def first_pass(command, environment, tally):
    """Runs all that needs nothing; gives the ignored tests of each program with their reasons."""
    ignored, executable = defaultdict(list), None
    running = subprocess.Popen(
        command, env=environment, cwd=ROOT, stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace",
    )
    for line in running.stdout:
        sys.stdout.write(line)
        sys.stdout.flush()
        if found := re.match(r"\s+Running .*\((.+)\)$", line):
            executable = str((ROOT / found.group(1)).absolute())
        elif re.match(r"\s+Doc-tests ", line):
            executable = "documentation"
        elif found := re.match(r"test (.+?) \.\.\. ignored(?:, (.*))?$", line):
            ignored[executable].append((found.group(1).split(" - ")[0].strip(), found.group(2)))
        tally.note_result(line)
    if running.wait() != 0:
        tally.problems.append("some tests failed, see above")
    return ignored


def second_pass(executable, folder, need, tests, environment, tally, name):
    print(f"\n{len(tests)} tests that need {name}: {Path(executable).name}")
    sys.stdout.flush()
    command = need.under + [executable, "--ignored", "--exact", *tests]
    if need.serial:
        command.append("--test-threads=1")
    ran = subprocess.Popen(
        command, env={**environment, "CARGO_MANIFEST_DIR": folder or ""}, cwd=folder or ROOT,
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace",
    )
    before = tally.passed + tally.failed
    for line in ran.stdout:
        sys.stdout.write(line)
        sys.stdout.flush()
        tally.note_result(line)
    count = tally.passed + tally.failed - before
    tally.ran[name] += count
    if ran.wait() != 0:
        tally.problems.append(f"tests that need {name} failed, see above")
    elif count != len(tests):
        tally.problems.append(f"{len(tests)} tests that need {name} were asked for, {count} ran")


def count_in_source(known, tally):
    """How many tests state each need, built or not."""
    counts = defaultdict(int)
    for folder in SOURCES:
        for directory, folders, files in os.walk(ROOT / folder):
            folders[:] = [f for f in folders if f not in NOT_SOURCES]
            for file in files:
                if file.endswith(".rs"):
                    text = Path(directory, file).read_text()
                    for reason in re.findall(r'^\s*#\[ignore = "needs ([a-z-]+)', text, re.M):
                        counts[reason] += 1
                        if reason not in known:
                            tally.problems.append(f"{file}: unknown need {reason}")
    return counts


class Tally:
    def __init__(self):
        self.passed = self.failed = 0
        self.found = defaultdict(int)
        self.ran = defaultdict(int)
        self.problems = []

    def note_result(self, line):
        if found := re.match(r"test result: \w+\. (\d+) passed; (\d+) failed", line):
            self.passed += int(found.group(1))
            self.failed += int(found.group(2))

    def report(self, known, in_source):
        # With --package, those of other packages do not count, and what was not built is not known.
        stated = sorted((self.found if in_source is None else in_source).items())
        for name, count in stated:
            left = count - self.ran[name]
            if left and name in known and known[name].met:
                self.problems.append(f"{left} tests that need {name} were not run although it is there")
        print(f"\n{self.passed} tests passed, {self.failed} failed")
        for name, count in stated:
            if name in known and not known[name].met:
                print(f"left out: {count} tests that need {name} ({known[name].remedy})")
        for problem in dict.fromkeys(self.problems):
            print(f"error: {problem}")
        return 1 if self.problems or self.failed or not self.passed else 0


def read_setup():
    path = TARGET / "chipid-setup.env"
    if not path.exists():
        sys.exit(f"{path} is missing: run scripts/setup --for test first")
    return dict(line.split("=", 1) for line in path.read_text().splitlines() if "=" in line)


if __name__ == "__main__":
    main()
