#!/usr/bin/env python3
"""Runs a command with a virtual card behind a real pcscd, as an application at a counter meets one.

The command finds in its environment
    CHIPID_TEST_READER  a part of the reader's name
    CHIPID_TEST_CAN     what opens the card
    CHIPID_TEST_CSCA    the certificate of its issuer, DER; a test issuer, so that no policy but `demo` accepts it
    CHIPID_TEST_VERDICT what the policy document-only says of it: undecided
and ends with its exit code. Needs what `scripts/setup --for test` installs, and the program `chipid` in the target folder.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TARGET = Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target")).absolute()
READER = "Virtual PCD 00 00"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("command", nargs=argparse.REMAINDER)
    command = parser.parse_args().command
    if not command:
        parser.error("which command?")
    program = TARGET / "release" / "chipid"
    if not program.exists():
        sys.exit(f"behind_pcscd: {program} is not there: make build")
    if "CHIPID_TEST_PCSCD" not in os.environ:
        # Once more, beneath a pcscd.
        beside = ROOT / "scripts" / "pcscd-for-tests"
        os.execv(beside, [beside, sys.executable, __file__, *command])
    with tempfile.TemporaryDirectory() as folder:
        made = json.loads(run(program, "card", "new", f"{folder}/card", "--profile", "vn-2021", "--json"))
        card = subprocess.Popen([program, "card", "run", f"{folder}/card"], stdout=subprocess.DEVNULL)
        try:
            await_card(program, card)
            environment = dict(
                os.environ, CHIPID_TEST_READER=READER, CHIPID_TEST_CAN=made["can"], CHIPID_TEST_CSCA=made["csca"],
                CHIPID_TEST_VERDICT="undecided",
            )
            ended = subprocess.run(command, env=environment)
        finally:
            card.terminate()
            card.wait()
    sys.exit(ended.returncode)


def await_card(program, card):
    until = time.monotonic() + 20
    while time.monotonic() < until and card.poll() is None:
        if any(reader["card"] == "present" and reader["name"] == READER for reader in readers(program)):
            return
        time.sleep(0.1)
    sys.exit("behind_pcscd: the card did not appear on its reader")


def readers(program):
    listed = subprocess.run([program, "readers", "--json"], stdout=subprocess.PIPE, text=True)
    return json.loads(listed.stdout) if listed.returncode == 0 else []


def run(*command):
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout


if __name__ == "__main__":
    main()
