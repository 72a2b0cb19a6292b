#!/usr/bin/env python3
"""Writes the code of a guide to files, so that a test can run exactly what a reader copies.

A fenced block whose info string has `name=FILE` goes to OUTDIR/FILE; blocks with one name are joined in their order, an empty line
between. Every other block must be ```console, ```sh or ```text: code that nobody runs is an error.
"""

import argparse
import re
import sys
from pathlib import Path

NOT_CODE = {"console", "sh", "text", ""}
FENCE = re.compile(r"^```(?P<info>.*)$")
NAME = re.compile(r"\bname=(?P<name>[A-Za-z0-9_./-]+)")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("guide", type=Path)
    parser.add_argument("folder", type=Path, help="is made; files of the same name are written anew")
    arguments = parser.parse_args()
    try:
        files = blocks(arguments.guide.read_text())
    except ValueError as wrong:
        sys.exit(f"{arguments.guide}: {wrong}")
    for name, text in files.items():
        path = arguments.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        print(path)


def blocks(text):
    """Text by file name; ValueError where a block of code has no name, a name leads out of the folder, or a block has no end."""
    files, name, inside, lines = {}, None, False, []
    for number, line in enumerate(text.splitlines(), 1):
        fence = FENCE.match(line)
        if not fence:
            lines.append(line)
        elif not inside:
            inside, lines, name = True, [], named(fence.group("info"), number)
        else:
            if name:
                files[name] = files[name] + "\n" + joined(lines) if name in files else joined(lines)
            inside = False
    if inside:
        raise ValueError("the last block does not end")
    return files


def joined(lines):
    return "".join(f"{line}\n" for line in lines)


def named(info, number):
    found = NAME.search(info)
    if found:
        name = found.group("name")
        if name.startswith("/") or ".." in name.split("/"):
            raise ValueError(f"line {number}: {name} leads out of the folder")
        return name
    language = info.split()[0] if info.split() else ""
    if language not in NOT_CODE:
        raise ValueError(f"line {number}: a block of {language} without name=FILE is run by nobody")
    return None


if __name__ == "__main__":
    main()
