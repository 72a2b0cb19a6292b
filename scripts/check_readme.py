#!/usr/bin/env python3
"""Runs the commands that README.md and docs/guides/*.md show, so that none of them lies.

A command is a line that begins with `$ ` in a block marked ```console or ```sh; a backslash at its end goes on in the
next line. At the end of a command may stand
    # exit 3              it must end with that code (0 where nothing is said)
    # not run: reason     it is left out, and counted
Commands of one document run one after another in a scratch folder that looks like the repository, so that what they
write stays out of it. `make`, `git clone`, `sudo` and `cd` are left out by themselves: they are run by other means.
"""

import argparse
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
RUN_ELSEWHERE = re.compile(r"(make|git clone|sudo|cd|\./\.ci/run|\.ci/run)\b")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--programs", type=Path, default=ROOT / "target" / "release", help="folder with `chipid`")
    parser.add_argument("--timeout", type=float, default=300, help="seconds for one command")
    parser.add_argument("documents", nargs="*", type=Path, help="instead of README.md and docs/guides")
    arguments = parser.parse_args()

    documents = arguments.documents or [ROOT / "README.md", *sorted((ROOT / "docs" / "guides").glob("*.md"))]
    environment = dict(os.environ)
    # What a command builds or packs is taken from where the programs are: a scratch folder has no target folder of its own.
    environment["CARGO_TARGET_DIR"] = str(arguments.programs.absolute().parent)
    environment["PATH"] = f"{arguments.programs.absolute()}{os.pathsep}{environment['PATH']}"
    ran, left_out, wrong = 0, [], []
    for document in (d for d in documents if d.exists()):
        with tempfile.TemporaryDirectory() as scratch:
            for entry in ROOT.iterdir():
                if entry.name not in (".git", "target"):
                    Path(scratch, entry.name).symlink_to(entry)
            for line, command, expected in commands(document.read_text()):
                where = f"{document.name}:{line}: {command}"
                if expected is None:
                    left_out.append(where)
                    continue
                ran += 1
                if complaint := run(command, expected, scratch, environment, arguments.timeout):
                    wrong.append(f"{where}\n{complaint}")
    for text in wrong:
        print(text)
    print(f"commands in the documents: {ran} run, {len(wrong)} wrong, {len(left_out)} left out")
    for text in left_out:
        print(f"  left out: {text}")
    sys.exit(bool(wrong))


def commands(text):
    """Line number, command and expected exit code of each; None where it is not to be run."""
    inside, command, start = False, "", 0
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip().startswith("```"):
            inside = not inside and line.strip() in ("```console", "```sh")
            continue
        if not inside:
            continue
        if command:
            command += " " + line.strip()
        elif line.startswith("$ "):
            command, start = line[2:].strip(), number
        if command.endswith("\\"):
            command = command[:-1].rstrip()
        elif command:
            yield start, *annotated(command)
            command = ""


def annotated(command):
    if found := re.search(r"\s+# not run: .+$", command):
        return command[: found.start()], None
    if found := re.search(r"\s+# exit (\d+)\b.*$", command):
        return command[: found.start()], int(found.group(1))
    return command, None if RUN_ELSEWHERE.match(command) else 0


def run(command, expected, folder, environment, timeout):
    try:
        done = subprocess.run(
            ["bash", "-o", "pipefail", "-c", command], cwd=folder, env=environment, timeout=timeout,
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace",
        )
    except subprocess.TimeoutExpired:
        return f"    did not end within {timeout:.0f} s"
    if done.returncode == expected:
        return None
    tail = "\n".join(f"    {line}" for line in done.stdout.splitlines()[-8:])
    return f"    exit {done.returncode}, expected {expected}\n{tail}"


if __name__ == "__main__":
    main()
