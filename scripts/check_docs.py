#!/usr/bin/env python3
"""Checks that what the documentation points at is there.

In README.md, the other documents of the root, docs/ and the documents beside the code:
- a relative link leads to a file, and its #anchor to a heading of it;
- a path of this repository in backticks exists (`sdk/emrtd/src/bac.rs`, `scripts/setup --for demo`, `models/cards/*.md`);
- a name with underscores in backticks (a test, a code, a function) stands somewhere in the sources;
- a code block behind the line `<!-- file: PATH -->` says what that file says;
- a translation (`README.vi.md` beside `README.md`) shows the same commands in the same order, ending in the same exit codes, and as
  many headings and tables' rows.
"""

import argparse
import re
import sys
from pathlib import Path

import check_readme

ROOT = Path(__file__).resolve().parent.parent
DOCUMENTS = ["*.md", "docs/**/*.md", "hardware/**/*.md", "models/cards/*.md", "test-vectors/**/*.md"]
FOLDERS = {".ci", "bindings", "docs", "hardware", "models", "reader-cli", "scripts", "sdk", "test-vectors"}
SOURCES = {".rs", ".py", ".toml", ".json", ".sh", ""}
# Made on each machine, never committed.
MADE = ("models/files",)

FENCE = re.compile(r"^```.*?^```\s*?$", re.MULTILINE | re.DOTALL)
QUOTED_FILE = re.compile(r"<!-- file: (\S+) -->\s*\n```\w*\n(.*?)^```", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\(([^()\s]+)\)")
SPAN = re.compile(r"`([^`\n]+)`")
NAME = re.compile(r"[a-z0-9]+(?:_[a-z0-9]+)+")


def main():
    argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter).parse_args()
    documents = sorted({path for pattern in DOCUMENTS for path in ROOT.glob(pattern) if is_ours(path.relative_to(ROOT))})
    known = names(ROOT)
    broken = [line for path in documents for line in check(path, path.read_text(), known)]
    for line in broken:
        print(line)
    print(f"documents: {len(documents)} looked through, {len(broken)} things wrong")
    sys.exit(bool(broken))


def is_ours(path):
    return "target" not in path.parts and not path.as_posix().startswith(MADE)


def names(root):
    """Every word of the sources, so that a cited test or code can be looked up."""
    words = set()
    folders = [root / folder for folder in FOLDERS - {"docs"}]
    for path in [*root.glob("*.toml"), *(path for folder in folders for path in folder.rglob("*"))]:
        if path.suffix in SOURCES and is_ours(path.relative_to(root)) and path.is_file():
            words.update(NAME.findall(path.read_text(errors="ignore")))
            words.add(path.stem)
    return words


def check(document, text, known, root=ROOT):
    where = document.relative_to(root).as_posix()
    for path, quoted in QUOTED_FILE.findall(text):
        source = root / path
        if not source.is_file() or source.read_text().strip() != quoted.strip():
            yield f"{where}: the code block does not say what {path} says"
    yield from translated(document, text, where)
    prose = FENCE.sub("", text)
    for target in LINK.findall(prose):
        if complaint := link(document, target):
            yield f"{where}: {complaint}"
    for span in SPAN.findall(prose):
        path = span.split()[0].split("::")[0].rstrip("/,;")
        if is_path(path) and not exists(root, path):
            yield f"{where}: there is no {path}"
        for word in [span, *span.split("::")[1:]]:
            if NAME.fullmatch(word) and word not in known:
                yield f"{where}: nothing in the sources is named {word}"


def translated(document, text, where):
    """What a translation shows otherwise than its original."""
    original = document.with_name(re.sub(r"\.[a-z]{2}\.md$", ".md", document.name))
    if original == document:
        return
    if not original.is_file():
        yield f"{where}: it translates {original.name}, which is not there"
        return
    source = original.read_text()
    own, others = (
        [(command, expected) for _, command, expected in check_readme.commands(page)] for page in (text, source)
    )
    for number, (mine, its) in enumerate(zip(own, others), 1):
        if mine != its:
            yield f"{where}: command {number} is not that of {original.name}: {its[0]}"
            return
    if len(own) != len(others):
        yield f"{where}: {len(own)} commands, {original.name} has {len(others)}"
    for what, pattern in (("headings", r"^#+ "), ("rows of tables", r"^\| ")):
        mine, its = (len(re.findall(pattern, FENCE.sub("", page), re.MULTILINE)) for page in (text, source))
        if mine != its:
            yield f"{where}: {mine} {what}, {original.name} has {its}"


def link(document, target):
    if re.match(r"[a-z]+:", target):
        return None
    path, _, anchor = target.partition("#")
    file = (document.parent / path) if path else document
    if not file.exists():
        return f"the link {target} leads nowhere"
    if anchor and file.suffix == ".md" and anchor not in anchors(file.read_text()):
        return f"the link {target} names no heading"
    return None


def anchors(text):
    """Headings as web pages of repositories turn them into anchors."""
    headings = re.findall(r"^#+ +(.+?) *$", FENCE.sub("", text), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def is_path(text):
    first, slash, _ = text.partition("/")
    return bool(slash) and first in FOLDERS and not re.search(r"[<>{}…]|[A-Z]{4}", text)


def exists(root, path):
    if path.startswith(MADE):
        return True
    return any(root.glob(path)) if "*" in path else (root / path).exists()


if __name__ == "__main__":
    main()
