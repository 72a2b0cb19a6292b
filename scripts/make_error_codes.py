#!/usr/bin/env python3
"""Gives every language the error codes of docs/reference/error-codes.md, each in its own spelling.

Without options the files are written; with --check nothing is, and a file that differs is an error.
"""

import argparse
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TABLE = ROOT / "docs" / "reference" / "error-codes.md"
ROW = re.compile(r"^\| (?P<code>\d{4}) \| (?P<range>[a-z ]+) \| `\w+` \| `(?P<error>\w+)` \| (?P<name>[a-z0-9_]+) \|$")
PANIC = (9999, "library", "panic")
SAYS = "The permanent codes of errors (docs/reference/error-codes.md)."
MADE = "Made by scripts/make_error_codes.py: change the table."


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="write nothing; say what differs")
    arguments = parser.parse_args()
    codes = read(TABLE.read_text())
    wrong = 0
    for place, render in PLACES.items():
        path, text = ROOT / place, render(codes)
        if path.exists() and path.read_text() == text:
            continue
        if arguments.check:
            wrong += 1
            print(f"{place} does not have the table of error codes: make error-codes")
        else:
            path.write_text(text)
            print(f"{place}: written anew")
    print(f"error codes: {len(codes)} in {len(PLACES)} places, {wrong} behind")
    sys.exit(bool(wrong))


def read(table):
    """Code, range and name of every row; ValueError where a name stands twice."""
    rows = [(int(m["code"]), m["range"], m["name"]) for line in table.splitlines() if (m := ROW.match(line))]
    names = [name for _, _, name in rows]
    if twice := {name for name in names if names.count(name) > 1}:
        raise ValueError(f"names that stand twice: {', '.join(sorted(twice))}")
    if not rows or len(rows) != len(re.findall(r"^\| \d{4} \| [a-z ]+ \| `", table, re.M)):
        raise ValueError("a row of the table has another form")
    return [*rows, PANIC]


def upper(name):
    return name.upper()


def pascal(name):
    return "".join(part.capitalize() for part in name.split("_"))


def camel(name):
    return name[0] + pascal(name)[1:]


def c(codes):
    entries = "".join(f"    /// {range_}\n    CHIPID_ERROR_{upper(name)} = {code},\n" for code, range_, name in codes)
    return (
        f"//! {SAYS} {MADE}\n\n/// The permanent codes of errors, each with whose fault it is.\n"
        f"#[repr(C)]\n#[derive(Clone, Copy)]\npub enum chipid_code {{\n{entries}}}\n"
    )


def c_sharp(codes):
    entries = "\n".join(f"        /// <summary>{range_}</summary>\n        {pascal(name)} = {code}," for code, range_, name in codes)
    return (
        f"// {MADE}\nnamespace Chipid\n{{\n    /// <summary>{SAYS}</summary>\n    public enum ErrorCode\n    {{\n{entries}\n    }}\n}}\n"
    )


def java(codes):
    entries = "\n".join(
        f"    /** {range_}. */\n    public static final int {upper(name)} = {code};" for code, range_, name in codes
    )
    return (
        f"// {MADE}\npackage chipid.java;\n\n/** {SAYS} */\npublic final class ErrorCode {{\n    private ErrorCode() {{}}\n\n{entries}\n}}\n"
    )


def javascript(codes):
    entries = "\n".join(f"  {upper(name)}: {code}," for code, _, name in codes)
    return f"// {MADE}\n'use strict'\n\nexports.ErrorCode = Object.freeze({{\n{entries}\n}})\n"


def typescript(codes):
    entries = "\n".join(f"  /** {range_} */\n  readonly {upper(name)}: {code}" for code, range_, name in codes)
    return f"// {MADE}\n\n/** {SAYS} */\nexport declare const ErrorCode: {{\n{entries}\n}}\n"


def kotlin(codes):
    entries = "\n".join(f"    /** {range_} */\n    public const val {upper(name)}: Int = {code}" for code, range_, name in codes)
    return f"// {MADE}\npackage chipid\n\n/** {SAYS} */\npublic object ErrorCode {{\n{entries}\n}}\n"


def swift(codes):
    entries = "\n".join(f"    /// {range_}\n    public static let {camel(name)} = {code}" for code, range_, name in codes)
    return f"// {MADE}\n\n/// {SAYS}\npublic enum ErrorCode {{\n{entries}\n}}\n"


def python(codes):
    entries = "\n".join(f"    {upper(name)} = {code}" for code, _, name in codes)
    return f'"""{SAYS}\n\n{MADE}\n"""\n\nfrom enum import IntEnum\n\n\nclass ErrorCode(IntEnum):\n    """{SAYS}"""\n\n{entries}\n'


PLACES = {
    "bindings/c/src/error_code.rs": c,
    "bindings/c/dotnet/src/ErrorCode.cs": c_sharp,
    "bindings/c/java/src/main/java/chipid/java/ErrorCode.java": java,
    "bindings/mobile/kotlin/src/main/kotlin/chipid/ErrorCode.kt": kotlin,
    "bindings/mobile/swift/Sources/Chipid/ErrorCode.swift": swift,
    "bindings/mobile/python/src/chipid/error_code.py": python,
    "bindings/node/lib/error_code.cjs": javascript,
    "bindings/node/lib/error_code.d.cts": typescript,
}


if __name__ == "__main__":
    main()
