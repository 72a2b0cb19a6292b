#!/usr/bin/env python3
"""Checks who imports whom: the rules of docs/architecture.md, by crate and, inside sdk/emrtd, by module.

Also: the core crates are no_std and take neither time nor randomness from the system, unsafe code is forbidden,
and nothing in sdk/ prints or is left undone. Tests, examples and benchmarks are exempt from the last rule.
"""

import argparse
import re
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

# Crate -> crates of ours that it may use; tests may use those of the second list too.
CRATES = {
    "sdk/emrtd": ("chipid-emrtd", [], ["chipid-test-vectors"]),
    "sdk/vietnam": ("chipid-vietnam", ["chipid-emrtd"], ["chipid-test-vectors"]),
    "sdk/transport": ("chipid-transport", ["chipid-emrtd"], ["chipid-transport"]),
    "sdk/face": ("chipid-face", [], ["chipid-test-vectors"]),
    "sdk/chipid": (
        "chipid",
        ["chipid-emrtd", "chipid-vietnam", "chipid-transport", "chipid-face"],
        ["chipid-virtual-card", "chipid-test-vectors"],
    ),
    "sdk/doctor": ("chipid-doctor", ["chipid-emrtd", "chipid-transport"], ["chipid-virtual-card"]),
    "reader-cli": ("chipid-cli", ["chipid", "chipid-doctor", "chipid-virtual-card"], ["chipid-test-vectors"]),
    "hardware/virtual-card": (
        "chipid-virtual-card",
        ["chipid-emrtd"],
        ["chipid-vietnam", "chipid-transport", "chipid-test-vectors"],
    ),
    "test-vectors": ("chipid-test-vectors", [], []),
}
BINDING = ["chipid"]
# The conformance program makes cards for the others; nobody is given it.
NOT_RELEASED = {"bindings/conformance": BINDING + ["chipid-virtual-card", "chipid-test-vectors"]}

# Modules of sdk/emrtd, lowest row first. A module imports its own row and those below.
ROWS = [
    ["error", "tlv", "oid", "asn1", "file_id", "finding", "time", "card_transport", "drivers"],
    ["crypto", "apdu", "mrz", "security_info", "cms"],
    ["file", "lds", "trust", "access_key", "secure_messaging", "cv_certificate"],
    [
        "bac", "pace", "chip_authentication", "active_authentication", "terminal_authentication",
        "passive_authentication",
    ],
    ["reading", "document", "verify", "verification"],
]
# The protocols of this row do not import each other.
APART = 3
# Verification runs on saved files, years later and without a chip.
OFFLINE = {
    "passive_authentication": {"apdu", "card_transport", "drivers", "secure_messaging", "reading"},
    "lds": {"apdu", "card_transport", "drivers", "secure_messaging"},
    "verification": {"apdu", "card_transport", "drivers", "secure_messaging"},
    "cv_certificate": {"apdu", "card_transport", "drivers", "secure_messaging"},
    "trust": {"apdu", "card_transport", "drivers", "secure_messaging"},
}
# What other crates may take of chipid_emrtd.
TAKES = {
    "sdk/transport": {"card_transport", "drivers"},
    "sdk/doctor": {"card_transport", "drivers", "time"},
    "sdk/vietnam": {"tlv", "mrz", "oid", "file_id", "finding", "time", "error"},
}
# The virtual card shares the primitives, never the reader's protocol code.
NEVER_IN_VIRTUAL_CARD = {
    "apdu", "secure_messaging", "bac", "pace", "chip_authentication", "active_authentication",
    "terminal_authentication", "cv_certificate", "passive_authentication", "reading", "document", "verify", "verification", "trust",
}
# Facts that both sides must agree on, and that no protocol hangs on.
SHARED_WITH_VIRTUAL_CARD = "chipid_emrtd::trust::TEST_CSCA_MARKER"
NO_STD = ["sdk/emrtd", "sdk/vietnam"]
OUTSIDE = ["getrandom", "pcsc", "tokio", "std"]


def main():
    argparse.ArgumentParser(description=__doc__).parse_args()
    broken = [*crates(), *emrtd_modules(), *foreign_modules(), *core_purity(), *manners()]
    for line in broken:
        print(line)
    print(f"import rules: {len(broken)} broken" if broken else "import rules hold")
    sys.exit(bool(broken))


def crates():
    lints = tomllib.loads((ROOT / "Cargo.toml").read_text())["workspace"]["lints"]
    if lints["rust"].get("unsafe_code") != "forbid":
        yield "Cargo.toml: unsafe_code is not forbidden"
    rules = dict(CRATES)
    for binding in (ROOT / "bindings").glob("*/Cargo.toml"):
        folder = binding.parent.relative_to(ROOT).as_posix()
        name = tomllib.loads(binding.read_text())["package"]["name"]
        rules[folder] = (name, NOT_RELEASED.get(folder, BINDING), ["chipid-test-vectors", "chipid-virtual-card"])
    for folder, (name, allowed, in_tests) in rules.items():
        path = ROOT / folder / "Cargo.toml"
        if not path.exists():
            continue
        manifest = tomllib.loads(path.read_text())
        where = path.relative_to(ROOT)
        if manifest["package"]["name"] != name:
            yield f"{where}: the crate is named {manifest['package']['name']}, expected {name}"
        if (folder in NOT_RELEASED or not folder.startswith("bindings/")) and not manifest.get("lints", {}).get("workspace"):
            yield f"{where}: does not take the lints of the workspace"
        for section, allowance in sections(manifest, allowed, in_tests):
            for dependency in section:
                if dependency.startswith("chipid") and dependency not in allowance:
                    yield f"{where}: {name} must not use {dependency}"
        if folder in NO_STD:
            for dependency in manifest.get("dependencies", {}):
                if dependency in OUTSIDE:
                    yield f"{where}: {name} must not use {dependency}"


def sections(manifest, allowed, in_tests):
    tables = [manifest, *manifest.get("target", {}).values()]
    for table in tables:
        yield table.get("dependencies", {}), allowed
        yield table.get("build-dependencies", {}), allowed
        yield table.get("dev-dependencies", {}), allowed + in_tests


def emrtd_modules():
    source = ROOT / "sdk/emrtd/src"
    row_of = {module: row for row, modules in enumerate(ROWS) for module in modules}
    for path in rust_files(source):
        parts = path.relative_to(source).with_suffix("").parts
        module = parts[0]
        where = path.relative_to(ROOT)
        if module == "lib":
            continue
        if module not in row_of:
            yield f"{where}: module {module} stands in no row of scripts/check_imports.py"
            continue
        for number, imported in imports(path, "crate", depth=len(parts)):
            if imported not in row_of or imported == module:
                continue
            row, other = row_of[module], row_of[imported]
            if other > row:
                yield f"{where}:{number}: {module} imports {imported}, which stands above it"
            elif other == row == APART:
                yield f"{where}:{number}: the protocol {module} imports the protocol {imported}"
            elif imported in OFFLINE.get(module, ()):
                yield f"{where}:{number}: {module} must work without a chip and imports {imported}"


def foreign_modules():
    for folder, allowed in TAKES.items():
        for path in rust_files(ROOT / folder / "src"):
            for number, imported in imports(path, "chipid_emrtd"):
                if imported not in allowed:
                    yield f"{path.relative_to(ROOT)}:{number}: must not use chipid_emrtd::{imported}"
    for path in rust_files(ROOT / "hardware/virtual-card/src"):
        shared = {number for number, line in code(path) if SHARED_WITH_VIRTUAL_CARD in line}
        for number, imported in imports(path, "chipid_emrtd"):
            if imported in NEVER_IN_VIRTUAL_CARD and number not in shared:
                yield f"{path.relative_to(ROOT)}:{number}: one bug on both sides: chipid_emrtd::{imported}"


def core_purity():
    for folder in NO_STD:
        library = ROOT / folder / "src/lib.rs"
        if "#![no_std]" not in library.read_text():
            yield f"{library.relative_to(ROOT)}: is not no_std"
        for path in rust_files(library.parent):
            for number, line in code(path):
                if re.search(r"\bstd::|\bgetrandom\b", line):
                    yield f"{path.relative_to(ROOT)}:{number}: the core takes nothing from the system"


def manners():
    for library in (ROOT / "sdk").glob("*/src"):
        for path in rust_files(library):
            for number, line in code(path):
                if found := re.search(r"\b(e?print(ln)?|dbg|todo|unimplemented)!", line):
                    yield f"{path.relative_to(ROOT)}:{number}: {found.group(0)} in a library"


def rust_files(folder):
    for path in sorted(folder.rglob("*.rs")):
        if path.name != "tests.rs" and "tests" not in path.relative_to(folder).parts:
            yield path


def code(path):
    """Lines that are neither comments nor the tests at the end of a file."""
    previous = ""
    for number, line in enumerate(path.read_text().splitlines(), 1):
        if previous.strip() == "#[cfg(test)]" and re.match(r"\s*mod \w+ \{", line):
            return
        previous = line
        line = re.sub(r"//.*", "", line)
        if line.strip() and "extern crate std" not in line:
            yield number, line


def imports(path, root, depth=None):
    """The modules named right behind `root::`, alone or in braces; `super` counts where it means the crate."""
    lines = dict(code(path))
    roots = [root]
    if depth is not None:
        roots.append("::".join(["super"] * depth))
    text = "\n".join(lines.get(n, "") for n in range(1, max(lines, default=0) + 1))
    for name in roots:
        for found in re.finditer(rf"(?<![\w:]){name}::(?:\{{|(\w+))", text):
            number = text.count("\n", 0, found.start()) + 1
            if found.group(1):
                yield number, found.group(1)
            else:
                for imported in heads(text, found.end()):
                    yield number, imported


def heads(text, start):
    """First words of the items in the braces that open before `start`."""
    depth, item, items = 1, "", []
    for character in text[start:]:
        depth += {"{": 1, "}": -1}.get(character, 0)
        if depth == 0:
            break
        if character == "," and depth == 1:
            items.append(item)
            item = ""
        else:
            item += character
    for item in [*items, item]:
        if word := re.match(r"\s*(\w+)", item):
            yield word.group(1)


if __name__ == "__main__":
    main()
