"""A folder of saved documents becomes a table: who is who they say, document by document, as CSV.

    python table.py DOCUMENTS CSCA... [--policy data-cleaning] [--fields personal_number,name,birth] [--out table.csv]

DOCUMENTS holds a folder for each document, as `Document.save` or `chipid read --out` wrote it. Nothing of any person stands in the table unless
--fields asks for it; what a field says is taken from the signed data of a document whose issuer is verified, and from no other.
"""

from __future__ import annotations

import argparse
import csv
import os
import pathlib
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import chipid


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("documents", type=pathlib.Path)
    parser.add_argument("csca", type=pathlib.Path, nargs="+", help="certificates of states, DER or PEM, trusted for identity cards")
    parser.add_argument("--policy", default="data-cleaning")
    parser.add_argument("--fields", default="", help="what of the holders is written, with commas between")
    parser.add_argument("--out", type=pathlib.Path, help="made readable by its owner alone; standard output where it is not given")
    arguments = parser.parse_args()
    fields = [field for field in arguments.fields.split(",") if field]

    with chipid.Trust() as trust, chipid.Policy.built_in(arguments.policy) as policy:
        for csca in arguments.csca:
            trust.add_file(csca, chipid.Anchor.IDENTITY_CARDS)
        folders = sorted(folder for folder in arguments.documents.iterdir() if folder.is_dir())
        # What chipid reckons runs beside Python, so that threads are enough.
        with ThreadPoolExecutor() as threads:
            rows = threads.map(lambda folder: row(folder, trust, policy, fields), folders)
            write(arguments.out, ["document", "answer", "trust", "grounds", *fields], rows)


def row(folder: pathlib.Path, trust: chipid.Trust, policy: chipid.Policy, fields: list[str]) -> list[str]:
    """What is known of one document. One that cannot be judged has a row too, with its error."""
    try:
        with chipid.Document.load(folder) as document, chipid.Assessment(document, trust) as assessment:
            with policy.decide(assessment) as verdict:
                holder = verdict.holder(*fields)
                grounds = " ".join(ground.code for ground in verdict.grounds)
                trusted = holder.trust if holder else ""
                believed = holder is not None and holder.trust == "issuer_verified"
                values = [(holder[field] or "") if holder and believed else "" for field in fields]
                return [folder.name, verdict.answer.value, trusted, grounds, *values]
    except chipid.ChipidError as error:
        return [folder.name, "error", "", str(error.code), *("" for _ in fields)]


def write(path: pathlib.Path | None, head: list[str], rows: Iterator[list[str]]) -> None:
    if path is None:
        csv.writer(sys.stdout, lineterminator="\n").writerows([head, *rows])
        return
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([head, *rows])


if __name__ == "__main__":
    main()
