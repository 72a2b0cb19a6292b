#!/usr/bin/env python3
"""Makes hardware/readers.toml from hardware/readers.tsv and hardware/readers-overlay.toml, and the program's own table.

The TSV holds what readers say of themselves, a row for each interface; the overlay, kept by hand, what is known beyond
that. A reader that could read a contactless card becomes a profile; unknown fields are left out, never guessed.
The same two files give the same bytes. Besides readers.toml they give sdk/transport the same facts in Rust, and names with
what look_up says of them, by which its tests see that it looks names up in the same way.

    scripts/make_readers.py           writes them
    scripts/make_readers.py --check   says whether they are what would be written, and whether the schema is kept
"""

import argparse
import csv
import io
import json
import re
import sys
import tomllib
from pathlib import Path

import reader_table

ROOT = Path(__file__).resolve().parent.parent
HARDWARE = ROOT / "hardware"
TABLE, OVERLAY, MADE = HARDWARE / "readers.tsv", HARDWARE / "readers-overlay.toml", HARDWARE / "readers.toml"
TRANSPORT = ROOT / "sdk" / "transport"
RUST, LOOK_UPS = TRANSPORT / "src" / "reader_profile" / "table.rs", TRANSPORT / "tests" / "look_ups.tsv"
SCHEMA = HARDWARE / "schemas" / "readers.schema.json"

# The TSV's word for an interface, and the role of its slot.
ROLES = {
    "contactless": "contactless",
    "contactless (acsccid list)": "contactless",
    "contactless?": "contactless",
    "multi-slot": "several",
    "combi": "several",
    "contact": "contact",
    "contact-only-here": "contact",
    "sam": "sam",
    "legacy-id": "unknown",
}
# An id with none of these has no antenna: a part of another device, or a contact reader among its relatives.
CAPABLE = {role for role in ROLES if role not in ("contact", "sam")}
LEVELS = {"extAPDU": "extended-apdu", "shortAPDU": "short-apdu", "TPDU": "tpdu"}

HEADER = """\
# Profiles of contactless readers. Made by scripts/make_readers.py from readers.tsv and readers-overlay.toml: change those.
#
# [[name]]    what a reader's name tells: the role of the slot, and which readers bear it. Several products share names.
#             `*` stands for any characters, everything else for itself; the longest pattern that fits counts. Where its
#             role is "several" and it has no brackets while the name has, the [[word]]s in the brackets tell the slot;
#             else the ATR does (3B 8n 80 01 is an antenna).
# [[word]]    what single words of a name tell where no pattern fits: those in brackets first, then those of the whole
#             name. In capitals, split where neither letter nor digit stands; the first rule that fits counts.
# [[reader]]  the profile, by USB id. A profile is where learning starts; what driver and chip say goes before it.
#
# How sure a fact is: documented, reported (one public report), inferred. tried = "never": not by us, on any machine.

"""


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 where something differs")
    arguments = parser.parse_args()

    rows, overlay = read_table(TABLE.read_bytes()), tomllib.loads(OVERLAY.read_text())
    data = profiles(rows, overlay)
    wrong = complaints(tomllib.loads(render(data)), rows)
    texts = made(data)
    if arguments.check:
        for path, text in texts.items():
            if not path.is_file() or path.read_bytes() != text.encode():
                wrong.append(f"{path.relative_to(ROOT)} is not what its sources say: run scripts/make_readers.py")
    elif not wrong:
        for path, text in texts.items():
            path.write_bytes(text.encode())
    for line in wrong:
        print(line)
    print(f"readers: {len(data['reader'])} profiles, {len(data['name'])} names, {len(wrong)} things wrong")
    sys.exit(bool(wrong))


def made(data):
    """Every file that is written, with its text."""
    return {MADE: render(data), RUST: reader_table.rust(data), LOOK_UPS: look_ups(data)}


def read_table(raw):
    """The rows of the TSV, its line ends whatever they are."""
    return list(csv.DictReader(io.StringIO(raw.decode(), newline=""), delimiter="\t"))


def profiles(rows, overlay):
    """What readers.toml says, as TOML's own types."""
    by_usb = {}
    for row in rows:
        by_usb.setdefault(usb_of(row), []).append(row)
    capable = {usb: own for usb, own in by_usb.items() if any(row["role"] in CAPABLE for row in own)}
    known(overlay, capable)
    readers = [profile(usb, own, overlay) for usb, own in sorted(capable.items())]
    return {
        "schema": "chipid/readers/1",
        "sources": overlay["sources"],
        "unknown_reader": overlay["unknown_reader"],
        "every_reader": overlay["every_reader"],
        "word": overlay["word"],
        "driver": overlay["driver"],
        "name": names(capable, overlay["word"]),
        "reader": readers,
    }


def usb_of(row):
    return f"{row['usb_vid']}:{row['usb_pid']}".lower()


def known(overlay, capable):
    """An overlay that speaks of a reader which is not there would be lost without a word."""
    for kind in ("about", "slots", "command", "bit_rate", "fault"):
        for entry in overlay[kind]:
            for usb in entry.get("usb", []):
                if usb not in capable:
                    raise SystemExit(f"readers-overlay.toml: {kind} speaks of {usb}, which readers.tsv does not have")


def profile(usb, rows, overlay):
    first, about = rows[0], of(overlay["about"], usb)
    made = {"id": identifier(first), "usb": usb}
    put(made, "manufacturer", first["manufacturer"].lstrip("~").strip())
    put(made, "product", only(first["product"].strip(), lambda product: product != "-"))
    # Where the list of a driver is the source, its remark is the trade name.
    listed = [row["remark"] for row in rows if row["source"].startswith("acsccid") and row["remark"]]
    put(made, "models", unique([*listed, *(m for entry in about for m in entry.get("models", []))]))
    others = unique(
        f"{row['manufacturer'].lstrip('~').strip()} {row['product']}".strip() for row in rows
        if (row["manufacturer"], row["product"]) != (first["manufacturer"], first["product"])
    )
    put(made, "shares_id_with", others)
    made["tried"] = next((entry["tried"] for entry in about if "tried" in entry), "never")
    interfaces = [interface(row) for row in rows]
    numbers = unique(i["number"] for i in interfaces if i["role"] == "contactless" and "number" in i)
    put(made, "contactless_interfaces", numbers)
    made["driver"] = drivers(usb, rows, overlay)
    put(made, "names", {
        system: unique(pattern for found, _, pattern in patterns(rows) if found == system)
        for system in ("linux", "windows", "macos") if any(found == system for found, *_ in patterns(rows))
    })
    put(made, "remark", "; ".join(unique(row["remark"] for row in rows if row["remark"] not in ("", *listed))))
    made["interface"] = interfaces
    for entry in of(overlay["slots"], usb):
        made["slot"] = [
            {"number": number, "role": role, **pick(entry, "driver", "sure", "source")}
            for number, role in enumerate(entry["roles"])
        ]
    for kind in ("bit_rate", "command", "fault"):
        entries = [without(entry, "usb", "where") for entry in of(overlay[kind], usb, made["driver"])]
        if kind == "bit_rate" and len(entries) > 1:
            raise SystemExit(f"readers-overlay.toml: two bit rates for {usb}")
        if entries:
            made[kind] = entries[0] if kind == "bit_rate" else entries
    return made


def identifier(row):
    """Readable, and unique by the product id at its end."""
    words = f"{row['manufacturer']} {row['product']}".lower()
    return "-".join([*re.findall(r"[a-z0-9]+", words)[:6], row["usb_pid"].lower()])


def interface(row):
    role = ROLES[row["role"]]
    # An antenna beside another slot in one interface: which slot is which, the descriptor does not say.
    if role == "contactless" and row["slots"] not in ("", "1"):
        role = "several"
    made = {}
    put(made, "number", number(row["iface_no"]))
    put(made, "text", row["iface_string"])
    made["role"] = role
    made["role_by"] = role_by(row)
    put(made, "slots", number(row["slots"]))
    put(made, "exchange", LEVELS.get(row["exchange_level"]))
    put(made, "longest_ccid_message", number(row["dwMaxCCIDMessageLength"]))
    put(made, "longest_block", number(row["max_block_minus_header"]))
    put(made, "longest_ifsd", number(row["dwMaxIFSD"]))
    put(made, "data_rate", number(row["dwMaxDataRate_bps"]))
    put(made, "usb_class", only(row["usb_class"].lower(), bool))
    put(made, "interrupt", {"yes": True, "no": False}.get(row["has_interrupt_ep"]))
    put(made, "firmware_seen", row["bcdDevice_seen"])
    made["source"] = row["source"]
    return made


def role_by(row):
    """How the role is known: by the device's own descriptor, or because a list names the product."""
    if row["role"] in ("contactless?", "legacy-id"):
        return "inferred"
    return {"libccid": "descriptor", "acsccid": "driver_list"}.get(row["source"].split()[0], "application_list")


def drivers(usb, rows, overlay):
    made = {"libccid": rows[0]["libccid_list"]}
    put(made, "acsccid", rows[0]["acsccid_name"])
    debian = overlay["debian_12"]
    bound = made["libccid"] in ("supported", "shouldwork", "unsupported")
    made["debian_12"] = [
        *(["libccid"] if bound and usb not in debian["libccid_lacks"] else []),
        *(["libacsccid1"] if "acsccid" in made and usb not in debian["libacsccid1_lacks"] else []),
    ]
    return made


def names(capable, words):
    """Every pattern once, with the role that it tells and the readers that bear it."""
    bearers, roles = {}, {}
    for usb, rows in sorted(capable.items()):
        for system, driver, pattern in patterns(rows):
            bearers.setdefault((system, driver, pattern), []).append(usb)
            roles.setdefault((system, driver, pattern), set()).update(told(system, driver, pattern, rows, words))
    return [
        {"system": system, **({"driver": driver} if driver else {}), "pattern": pattern,
         "role": found.pop() if len(found := set(roles[system, driver, pattern])) == 1 else "several",
         "usb": unique(usb)}
        for (system, driver, pattern), usb in sorted(bearers.items())
    ]


def told(system, driver, pattern, rows, words):
    """The roles of the slots that may bear this name."""
    if driver == "libccid":
        return {interface(row)["role"] for row in rows if linux(row["linux_name_pattern"]) == pattern}
    if driver == "acsccid":
        # "1S", "1SAM", "Dual": a reader with more slots than its antenna, all under this name.
        return {"several"} if re.search(r"\b\d(S|SAM)\b|\bDual\b", pattern) else {"contactless"}
    role = by_words(pattern, words)
    own = [interface(row) for row in rows]
    if role == "unknown" and all(i["role"] == "contactless" and i["role_by"] == "descriptor" for i in own):
        return {"contactless"}
    return {role}


def look_up(system, name, data):
    """The role of the slot that bears this name, and the readers that it may be: how a program is to read readers.toml.
    hardware/reader-names.toml has examples for programs in other languages."""
    fitting = [n for n in data["name"] if n["system"] == system and fits(n["pattern"], name)]
    if not fitting:
        return by_words(name, data["word"]), []
    found = max(fitting, key=lambda n: len(n["pattern"]))
    role = found["role"]
    if role in ("several", "unknown") and "[" in without_serial(name) and "[" not in found["pattern"]:
        role = by_words(name, data["word"], in_brackets_only=True)
    return role, found["usb"]


def look_ups(data):
    """Names with what look_up says of them: made from every pattern, and odd ones."""
    names = {}
    for entry in data["name"]:
        for number in ("00 00", "[Some PICC] (123) 00 01") if entry["system"] == "linux" else ("0", "1 ICC", "[SAM] 0"):
            names[entry["system"], entry["pattern"].replace("*", number)] = None
        # The same name under another system: mostly no pattern fits, and the words decide.
        names["macos", entry["pattern"].replace("*", "0")] = None
    for rule in data["word"]:
        for word in [*rule["words"], f"Model 5{rule.get('model_suffix', 'x')}", f"Model {rule.get('model_suffix', 'x')}5"]:
            for name in (word.lower(), f"x-{word}.y", f"x{word}", f"contact [{word}]", f"sam [x] {word}", f"[nfc {word}"):
                names["linux", name] = None
    for odd in ("", "[", "]", "][", "[[SAM]]", "[] ICC", "*", "\u0131CC", "stra\u00dfe NFC", "\u212aL picc"):
        names["windows", odd] = None
    for odd in ("Token (NFC) 00 00", "Token (A[NFC]) 00 00", "Token [CL] (SAM) 0A 0B", "Token (NFC) 0", "PICC (1) (SAM) 00 00", "(NFC) 00 00", "ACS ACR1222 Dual Reader (A[SAM]) 00 00"):
        names["linux", odd] = None
    lines = ["system\tname\trole\tusb\n"]
    for system, name in names:
        role, usb = look_up(system, name, data)
        lines.append(f"{system}\t{name}\t{role}\t{' '.join(usb)}\n")
    return "".join(lines)


def fits(pattern, name):
    return re.fullmatch(".*".join(map(re.escape, pattern.split("*"))), name, re.DOTALL) is not None


def without_serial(name):
    """The name without the serial number that pcsc-lite adds, whose letters tell nothing."""
    return re.sub(r"^(.*) \(.*\)( [0-9A-F]{2} [0-9A-F]{2})\Z", r"\1\2", name, flags=re.DOTALL)


def by_words(name, words, in_brackets_only=False):
    """The role that the words of a name tell; `unknown` where they tell none."""
    name = without_serial(name)
    inside = re.search(r"\[(.*?)\]", name, re.DOTALL)
    for text in ([inside.group(1)] if inside else []) + ([] if in_brackets_only else [name]):
        found = [word.upper() for word in re.split(r"[^A-Za-z0-9]+", text) if word]
        for rule in words:
            suffix = rule.get("model_suffix")
            model = suffix and any(re.search(rf"\d{suffix}$", word) for word in found)
            if model or set(found) & set(rule["words"]):
                return rule["role"]
    return "unknown"


def patterns(rows):
    """(system, driver, pattern) of every name that is known."""
    made = []
    for row in rows:
        by_acsccid = row["source"].startswith("acsccid")
        if row["linux_name_pattern"] and not by_acsccid:
            made.append(("linux", "libccid", linux(row["linux_name_pattern"])))
        if row["acsccid_name"]:
            made.append(("linux", "acsccid", f"{row['acsccid_name']} *"))
        made += [("windows", "", pattern) for pattern in seen(row["windows_name_seen"])]
        made += [("macos", "", pattern) for pattern in seen(row["macos_name_seen"])]
    return unique(made)


def linux(pattern):
    """pcscd appends a serial number, its own index and the slot: `NN SS`."""
    return re.sub(r"<\w+>", "*", pattern.strip()).removesuffix("NN SS").rstrip() + " *"


def seen(names):
    """Names as they were seen, the unit's number taken out."""
    for name in filter(None, (name.strip() for name in names.split(" | "))):
        further = re.search(r" \(\+ (.+)\)$", name)
        name = name[: further.start()] if further else name
        name = re.sub(r"<\w+>|\.\.\.$", "*", name)
        name = re.sub(r" \d(/\d)*$", " *", name)
        name = re.sub(r"\(1\)/\(2\)$", "(*)", name)
        yield name
        # "... PICC 0 (+ ICC 0, SAM 0)": the same name with another last word.
        for other in further.group(1).split(", ") if further else []:
            yield re.sub(r"\S+ \*$", f"{other.split()[0]} *", name)


def complaints(data, rows):
    """What is wrong with the profiles, whether or not a JSON Schema validator is at hand."""
    wrong = []
    capable = {usb_of(row) for row in rows if row["role"] in CAPABLE}
    wanted = sorted((usb_of(row), row["iface_no"], row["source"]) for row in rows if usb_of(row) in capable)
    made = sorted(
        (reader["usb"], str(i.get("number", "")), i["source"]) for reader in data["reader"] for i in reader["interface"]
    )
    if wanted != made:
        wrong.append("readers.toml: the rows of contactless readers in readers.tsv are not there exactly once")
    for key in ("id", "usb"):
        values = [reader[key] for reader in data["reader"]]
        wrong += [f"readers.toml: two readers with the {key} {v}" for v in unique(values) if values.count(v) > 1]
    for source in unique(cited(data)):
        if not is_source(source, data["sources"]):
            wrong.append(f"readers.toml: nobody says what the source {source} is")
    return wrong + schema_complaints(data)


def schema_complaints(data):
    try:
        import jsonschema
    except ImportError:
        print("readers: the Python package jsonschema is not there, the schema was not applied")
        return []
    validator = jsonschema.Draft202012Validator(json.loads(SCHEMA.read_text()))
    return [f"readers.toml: {e.json_path}: {e.message}" for e in validator.iter_errors(data)]


def cited(value):
    """Every source that is named anywhere; one string may name several."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if key == "source":
                yield from [inner] if is_file(inner) else re.sub(r" PR#", "-PR#", inner).split()
            else:
                yield from cited(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from cited(inner)


def is_file(source):
    return re.match(r"(libccid readers/|acsccid src/|AusweisApp2 )", source) is not None


def is_source(source, table):
    thread = re.fullmatch(r"[\w./-]+?(-PR)?#\d+", source)
    return is_file(source) or source in table or thread is not None


def of(entries, usb, driver=None):
    acsccid = driver is not None and "acsccid" in driver
    where = {"acsccid": acsccid, "two_drivers": acsccid and driver["libccid"] != "not-in-libccid"}
    return [e for e in entries if usb in e.get("usb", []) or where.get(e.get("where"))]


def put(target, key, value):
    """Unknown is absent."""
    if value not in (None, "", [], {}):
        target[key] = value


def only(value, wanted):
    return value if wanted(value) else None


def number(text):
    return int(text) if text else None


def unique(values):
    return list(dict.fromkeys(values))


def pick(entry, *keys):
    return {key: entry[key] for key in keys}


def without(entry, *keys):
    return {key: value for key, value in entry.items() if key not in keys}


def render(data):
    """TOML with one form for everything: scalars and short tables inline, lists of tables as [[sections]]."""
    out = [HEADER]
    section(out, [], data)
    return "".join(out)


def section(out, path, table):
    # Scalars first: whatever stands behind a [header] belongs to that.
    for key, value in table.items():
        if not is_section(key, value, path):
            out.append(f"{key} = {inline(value)}\n")
    for key, value in table.items():
        if not is_section(key, value, path):
            continue
        where = ".".join([*path, key])
        for entry in value if isinstance(value, list) else [value]:
            out.append(f"\n[[{where}]]\n" if isinstance(value, list) else f"\n[{where}]\n")
            section(out, [*path, key], entry)


def is_section(key, value, path):
    if isinstance(value, list):
        return bool(value) and all(isinstance(entry, dict) for entry in value)
    return isinstance(value, dict) and (not path or key == "bit_rate")


def inline(value):
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, str):
        # A TOML basic string is a JSON string.
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, list):
        return "[" + ", ".join(map(inline, value)) + "]"
    return "{ " + ", ".join(f"{key} = {inline(inner)}" for key, inner in value.items()) + " }"


if __name__ == "__main__":
    main()
