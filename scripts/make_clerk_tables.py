#!/usr/bin/env python3
"""Fills the tables of words in docs/guides/clerk.md and clerk.vi.md from the program's own catalogue.

The words stand in reader-cli/src/lang/codes.rs, how much a code weighs in docs/verdict.md. A table stands between
`<!-- codes: fatal -->` (or doubt, or note) and `<!-- end -->`.

    scripts/make_clerk_tables.py           writes them
    scripts/make_clerk_tables.py --check   says whether they are what would be written
"""

import argparse
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CATALOGUE = ROOT / "reader-cli" / "src" / "lang" / "codes.rs"
WEIGHTS = ROOT / "docs" / "verdict.md"
PAGES = {"vi": ROOT / "docs" / "guides" / "clerk.vi.md", "en": ROOT / "docs" / "guides" / "clerk.md"}
HEADINGS = {
    "vi": ("mã", "nghĩa là", "làm gì"),
    "en": ("code", "it means", "do"),
}
STRING = r'"((?:[^"\\]|\\.)*)"'
TEXT = rf"Text\(\s*{STRING},\s*{STRING},?\s*\)"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 where something differs")
    arguments = parser.parse_args()

    words, weights = catalogue(CATALOGUE.read_text()), severities(WEIGHTS.read_text())
    stale = []
    for lang, page in PAGES.items():
        text = page.read_text()
        made = filled(text, lang, words, weights)
        if made != text:
            stale.append(page)
            if not arguments.check:
                page.write_text(made)
    for page in stale:
        print(f"{page.relative_to(ROOT)}: {'not what the catalogue says' if arguments.check else 'written anew'}")
    sys.exit(bool(stale) and arguments.check)


def catalogue(source):
    """Each code with its words: what was found, and what to do, each in Vietnamese and English."""
    named = {m[1]: (m[2], m[3]) for m in re.finditer(rf"const (\w+): Text = {TEXT};", source)}
    table = source[source.index("table! {"):]
    table = table[: table.index("\n};")]
    words = {}
    for found in re.finditer(rf'"(\w+)":\s*{STRING},\s*{STRING} => (?:(\w+)|{TEXT});', table):
        code, vi, en, constant, next_vi, next_en = found.groups()
        words[code] = {"vi": (vi, next_vi), "en": (en, next_en)}
        if constant:
            words[code] = {"vi": (vi, named[constant][0]), "en": (en, named[constant][1])}
    # A code that the patterns above do not see must not vanish from the pages.
    if len(words) != len(re.findall(r'^\s*"\w+":', table, re.MULTILINE)):
        raise SystemExit(f"{CATALOGUE.relative_to(ROOT)}: written otherwise than this script reads it")
    return words


def severities(page):
    return dict(re.findall(r"^\| `(\w+)` \|.*\| (fatal|doubt|note) \|$", page, re.MULTILINE))


def filled(text, lang, words, weights):
    def table(found):
        rows = [code for code in words if weights.get(code) == found[1]]
        lines = [f"| {' | '.join(HEADINGS[lang])} |", "|---|---|---|"]
        lines += [f"| `{code}` | {' | '.join(cell or '–' for cell in words[code][lang])} |" for code in rows]
        return f"<!-- codes: {found[1]} -->\n" + "\n".join(lines) + "\n<!-- end -->"

    return re.sub(r"<!-- codes: (\w+) -->\n.*?<!-- end -->", table, text, flags=re.DOTALL)


if __name__ == "__main__":
    main()
