#!/usr/bin/env python3
"""Gives every language the error codes of docs/reference/error-codes.md, each in its own spelling, and those that are a transport's
once more as the type with which a caller's transmit says why there is no response.

Without options the files are written; with --check nothing is, and a file that differs is an error.
"""

import argparse
import re
import sys
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
TABLE = ROOT / "docs" / "reference" / "error-codes.md"
TRANSPORT = ROOT / "sdk" / "emrtd" / "src" / "card_transport.rs"
ROW = re.compile(r"^\| (?P<code>\d{4}) \| (?P<range>[a-z ]+) \| `\w+` \| `(?P<error>\w+)` \| (?P<name>[a-z0-9_]+) \|$")
VARIANT = re.compile(r"^    /// (?P<doc>.+)\n(?:    ///.*\n)*    (?P<error>\w+),$", re.M)
SENTENCE = re.compile(r"Self::(?P<error>\w+) => (?:\{\s*)?\"(?P<sentence>[^\"\\]+)\"")
PLAIN = re.compile(r"[A-Za-z0-9 ,.:;()'-]+")
SAYS = "The permanent codes of errors (docs/reference/error-codes.md)."
MADE = "Made by scripts/make_error_codes.py: change the table."
MADE_OF_BOTH = "Made by scripts/make_error_codes.py: change the table, and sdk/emrtd/src/card_transport.rs for the words."
WHY = "Why no response came back. Kinds only: nothing of the holder."


class Code(NamedTuple):
    """A row of the table."""

    code: int
    range: str
    error: str
    name: str


class Fault(NamedTuple):
    """A transport's error: its row, what the crate says of it to whoever uses it, and the sentence of its message."""

    code: int
    error: str
    name: str
    doc: str
    sentence: str


PANIC = Code(9999, "library", "Panic", "panic")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="write nothing; say what differs")
    arguments = parser.parse_args()
    codes = read(TABLE.read_text())
    files = made(codes, faults_of(codes, TRANSPORT.read_text()))
    wrong = 0
    for place, text in files.items():
        path = ROOT / place
        if path.exists() and path.read_text() == text:
            continue
        if arguments.check:
            wrong += 1
            print(f"{place} does not have the table of error codes: make error-codes")
        else:
            path.write_text(text)
            print(f"{place}: written anew")
    print(f"error codes: {len(codes)} in {len(files)} places, {wrong} behind")
    sys.exit(bool(wrong))


def read(table):
    """Every row, and the code of a panic; ValueError where a name stands twice."""
    rows = [Code(int(m["code"]), m["range"], m["error"], m["name"]) for line in table.splitlines() if (m := ROW.match(line))]
    names = [row.name for row in rows]
    if twice := {name for name in names if names.count(name) > 1}:
        raise ValueError(f"names that stand twice: {', '.join(sorted(twice))}")
    if not rows or len(rows) != len(re.findall(r"^\| \d{4} \| [a-z ]+ \| `", table, re.M)):
        raise ValueError("a row of the table has another form")
    return [*rows, PANIC]


def faults_of(codes, source):
    """The rows of the transport with the words of its enum; ValueError where one has none, or a variant has no row.

    The words are the first paragraph of a variant's documentation, and its sentence in `Display`.
    """
    rows = [row for row in codes if row.range == "transport"]
    body = source.partition("pub enum TransportError {\n")[2].partition("\n}")[0] + "\n"
    docs = {m["error"]: m["doc"] for m in VARIANT.finditer(body)}
    sentences = {m["error"]: m["sentence"] for m in SENTENCE.finditer(source)}
    errors = {row.error for row in rows}
    if not rows or errors != set(docs) or errors != set(sentences) or len(errors) != len(rows):
        odd = sorted((errors ^ set(docs)) | (errors ^ set(sentences)))
        raise ValueError(f"the table and the words of the transport's errors differ: {', '.join(odd)}")
    if marked := [doc for doc in docs.values() if not PLAIN.fullmatch(doc)]:
        raise ValueError(f"words that are no plain ones in every language: {marked[0]}")
    return [Fault(row.code, row.error, row.name, docs[row.error], sentences[row.error]) for row in rows]


def made(codes, faults):
    """The text of every file."""
    files = {place: render(codes) for place, render in OF_CODES.items()}
    files |= {place: render(faults) for place, render in OF_FAULTS.items()}
    return files | {place: render(codes, faults) for place, render in OF_BOTH.items()}


def upper(name):
    return name.upper()


def pascal(name):
    return "".join(part.capitalize() for part in name.split("_"))


def camel(name):
    return name[0] + pascal(name)[1:]


def snake(error):
    """`CardRemoved` is `card_removed`."""
    return re.sub(r"(?<!^)(?=[A-Z])", "_", error).lower()


def c(codes):
    entries = "".join(f"    /// {row.range}\n    CHIPID_ERROR_{upper(row.name)} = {row.code},\n" for row in codes)
    return (
        f"//! {SAYS} {MADE}\n\n/// The permanent codes of errors, each with whose fault it is.\n"
        f"#[repr(C)]\n#[derive(Clone, Copy)]\npub enum chipid_code {{\n{entries}}}\n"
    )


def c_sharp(codes):
    entries = "\n".join(f"        /// <summary>{row.range}</summary>\n        {pascal(row.name)} = {row.code}," for row in codes)
    return (
        f"// {MADE}\nnamespace Chipid\n{{\n    /// <summary>{SAYS}</summary>\n    public enum ErrorCode\n    {{\n{entries}\n    }}\n}}\n"
    )


def c_sharp_transport(faults):
    entries = "\n".join(f"        /// <summary>{fault.doc}</summary>\n        {pascal(fault.name)} = {fault.code}," for fault in faults)
    return (
        f"// {MADE_OF_BOTH}\nnamespace Chipid\n{{\n"
        '    /// <summary>Why no response came back: those of <see cref="ErrorCode"/> that are a transport\'s.</summary>\n'
        f"    public enum TransportError\n    {{\n{entries}\n    }}\n}}\n"
    )


def java(codes):
    entries = "\n".join(
        f"    /** {row.range}. */\n    public static final int {upper(row.name)} = {row.code};" for row in codes
    )
    return (
        f"// {MADE}\npackage chipid.java;\n\n/** {SAYS} */\npublic final class ErrorCode {{\n    private ErrorCode() {{}}\n\n{entries}\n}}\n"
    )


def java_transport(faults):
    entries = ",\n".join(
        f'    /** {fault.doc} */\n    {upper(fault.name)}(ErrorCode.{upper(fault.name)}, "{fault.sentence}")' for fault in faults
    )
    return f"// {MADE_OF_BOTH}\n" + JAVA_TRANSPORT.replace("ENTRIES", entries)


JAVA_TRANSPORT = """package chipid.java;

import java.util.Optional;

/** Why a transport could not carry a command. */
public enum TransportError {
ENTRIES;

    private final int code;
    private final String sentence;

    TransportError(int code, String sentence) {
        this.code = code;
        this.sentence = sentence;
    }

    /**
     * The permanent code.
     *
     * @return 1001 and on
     */
    public int code() {
        return code;
    }

    /**
     * The error of a code.
     *
     * @param code a permanent code
     * @return the error, or none where it is not a transport's
     */
    public static Optional<TransportError> of(int code) {
        for (TransportError error : values()) {
            if (error.code == code) {
                return Optional.of(error);
            }
        }
        return Optional.empty();
    }

    String sentence() {
        return sentence;
    }
}
"""


def javascript(codes, faults):
    entries = "\n".join(f"  {upper(row.name)}: {row.code}," for row in codes)
    kinds = "\n".join(f"  {fault.name}: {fault.code}," for fault in faults)
    return (
        f"// {MADE}\n'use strict'\n\nexports.ErrorCode = Object.freeze({{\n{entries}\n}})\n\n"
        f"/** Kinds of trouble on the way to the card, which a caller's transmit can tell, and their codes. */\n"
        f"exports.TRANSPORT = Object.freeze({{\n{kinds}\n}})\n"
    )


def typescript(codes, faults):
    entries = "\n".join(f"  /** {row.range} */\n  readonly {upper(row.name)}: {row.code}" for row in codes)
    kinds = "\n".join(f"  /** {fault.doc} */\n  | '{fault.name}'" for fault in faults)
    return (
        f"// {MADE_OF_BOTH}\n\n/** {SAYS} */\nexport declare const ErrorCode: {{\n{entries}\n}}\n\n"
        f"/** A kind of trouble on the way to the card. */\nexport type TransportErrorKind =\n{kinds}\n"
    )


def kotlin(codes):
    entries = "\n".join(f"    /** {row.range} */\n    public const val {upper(row.name)}: Int = {row.code}" for row in codes)
    return f"// {MADE}\npackage chipid\n\n/** {SAYS} */\npublic object ErrorCode {{\n{entries}\n}}\n"


def kotlin_transport(faults):
    """By the names of the crate's own variants, as Swift has them: `TransportFault.MALFORMED`."""
    entries = "\n\n".join(f"    /** {fault.doc} */\n    {upper(snake(fault.error))}({fault.code})," for fault in faults)
    return f"// {MADE_OF_BOTH}\n" + KOTLIN_TRANSPORT.replace("ENTRIES", entries)


KOTLIN_TRANSPORT = f"""package chipid

/** {WHY} */
public enum class TransportFault(
    /** The permanent code (docs/reference/error-codes.md). */
    public val code: Int,
) {{
ENTRIES
    ;

    public companion object {{
        /** The fault of that code; `null` where there is none. */
        @JvmStatic
        public fun of(code: Int): TransportFault? = entries.firstOrNull {{ it.code == code }}
    }}
}}
"""


def swift(codes):
    entries = "\n".join(f"    /// {row.range}\n    public static let {camel(row.name)} = {row.code}" for row in codes)
    return f"// {MADE}\n\n/// {SAYS}\npublic enum ErrorCode {{\n{entries}\n}}\n"


def swift_transport(faults):
    entries = "\n".join(f"    /// {fault.doc}\n    case {camel(snake(fault.error))} = {fault.code}" for fault in faults)
    return f"// {MADE_OF_BOTH}\n\n/// {WHY}\npublic enum TransportFault: Int, Sendable, CaseIterable {{\n{entries}\n}}\n"


def python(codes, faults):
    entries = "\n".join(f"    {upper(row.name)} = {row.code}" for row in codes)
    kinds = "\n".join(f'    {upper(fault.name)} = {fault.code}\n    """{fault.doc}"""' for fault in faults)
    return (
        f'"""{SAYS}\n\n{MADE_OF_BOTH}\n"""\n\nfrom enum import IntEnum\n\n\nclass ErrorCode(IntEnum):\n    """{SAYS}"""\n\n{entries}\n\n\n'
        f'class TransportCode(IntEnum):\n    """How carrying an APDU can fail."""\n\n{kinds}\n'
    )


OF_CODES = {
    "bindings/c/src/error_code.rs": c,
    "bindings/c/dotnet/src/ErrorCode.cs": c_sharp,
    "bindings/c/java/src/main/java/chipid/java/ErrorCode.java": java,
    "bindings/mobile/kotlin/src/main/kotlin/chipid/ErrorCode.kt": kotlin,
    "bindings/mobile/swift/Sources/Chipid/ErrorCode.swift": swift,
}
OF_FAULTS = {
    "bindings/c/dotnet/src/TransportError.cs": c_sharp_transport,
    "bindings/c/java/src/main/java/chipid/java/TransportError.java": java_transport,
    "bindings/mobile/kotlin/src/main/kotlin/chipid/TransportFault.kt": kotlin_transport,
    "bindings/mobile/swift/Sources/Chipid/TransportFault.swift": swift_transport,
}
OF_BOTH = {
    "bindings/mobile/python/src/chipid/error_code.py": python,
    "bindings/node/lib/error_code.cjs": javascript,
    "bindings/node/lib/error_code.d.cts": typescript,
}


if __name__ == "__main__":
    main()
