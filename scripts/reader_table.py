"""Writes the profiles of make_readers.py as Rust: the table that programs look readers up in."""

import json
import re

HEADER = """\
//! The facts of `hardware/readers.toml`. Made by scripts/make_readers.py from the same files: change those.

use super::name::{Pattern, Role, System, Words};
use super::profile::{
    BitRate, By, Command, DebianPackage, Driver, Exchange, Fault, How, Interface, LibccidList, Profile, RoleBy, Slot, Sure,
    Tried,
};
use super::template::Template;
use super::usb::UsbId;
use chipid_emrtd::card_transport::TransportLimits;
"""

LISTS = {
    "supported": "Supported", "shouldwork": "ShouldWork", "unsupported": "Unsupported", "disabled": "Disabled",
    "not-in-libccid": "Absent",
}


def rust(data):
    """The whole file."""
    unknown = data["unknown_reader"]
    parts = [
        HEADER,
        f"pub(super) const UNKNOWN_READER: TransportLimits = TransportLimits {{ command: Some({unknown['longest_command']}), "
        f"response: Some({unknown['longest_response']}) }};\n",
        table("SOURCES", "(&str, &str)", [f"({text(k)}, {text(v)})" for k, v in data["sources"].items()]),
        table("EVERY_READER", "Command", map(command, data["every_reader"]["command"])),
        table("DRIVERS", "Driver", map(driver, data["driver"])),
        table("WORDS", "Words", map(words, data["word"])),
        table("NAMES", "Pattern", map(pattern, data["name"])),
        table("PROFILES", "Profile", [profile(reader) for reader in sorted(data["reader"], key=lambda r: r["usb"])]),
    ]
    return "\n".join(parts)


def table(name, of, entries):
    return f"pub(super) static {name}: &[{of}] = &[\n" + "".join(f"    {entry},\n" for entry in entries) + "];\n"


def profile(reader):
    about = reader["driver"]
    packages = {"libccid": "DebianPackage::Libccid", "libacsccid1": "DebianPackage::Libacsccid1"}
    inner = lambda key, make: "&[" + "".join(f"\n        {make(entry)}," for entry in reader.get(key, [])) + "]"
    return struct("Profile", {
        "id": text(reader["id"]),
        "usb": usb(reader["usb"]),
        "manufacturer": maybe(reader, "manufacturer", text),
        "product": maybe(reader, "product", text),
        "models": several(reader.get("models", []), text),
        "shares_id_with": several(reader.get("shares_id_with", []), text),
        "tried": enum("Tried", reader["tried"]),
        "contactless_interfaces": several(reader.get("contactless_interfaces", []), str),
        "libccid": f"LibccidList::{LISTS[about['libccid']]}",
        "acsccid": maybe(about, "acsccid", text),
        "debian_12": several(about["debian_12"], packages.get),
        "remark": maybe(reader, "remark", text),
        "bit_rate": f"Some({bit_rate(reader['bit_rate'])})" if "bit_rate" in reader else "None",
        "interfaces": inner("interface", interface),
        "slots": inner("slot", slot),
        "commands": inner("command", command),
        "faults": inner("fault", fault),
    })


def interface(entry):
    return struct("Interface", {
        "number": maybe(entry, "number", str),
        "text": maybe(entry, "text", text),
        "role": enum("Role", entry["role"]),
        "role_by": enum("RoleBy", entry["role_by"]),
        "slots": maybe(entry, "slots", str),
        "exchange": maybe(entry, "exchange", lambda level: enum("Exchange", level)),
        **{key: maybe(entry, key, str) for key in ("longest_ccid_message", "longest_block", "longest_ifsd", "data_rate")},
        "usb_class": maybe(entry, "usb_class", str),
        "interrupt": maybe(entry, "interrupt", lambda there: str(there).lower()),
        "firmware_seen": maybe(entry, "firmware_seen", text),
        "source": text(entry["source"]),
    })


def slot(entry):
    return struct("Slot", {
        "number": str(entry["number"]), "role": enum("Role", entry["role"]), "driver": text(entry["driver"]),
        **from_where(entry),
    })


def command(entry):
    return struct("Command", {
        "name": text(entry["name"]), "send": template(entry["send"]), "by": enum("By", entry["by"]),
        "answer": maybe(entry, "answer", text), "remark": maybe(entry, "remark", text), **from_where(entry),
    })


def bit_rate(entry):
    speed = lambda pair: "({}, 0x{})".format(*pair.split("="))
    return struct("BitRate", {
        **{key: maybe(entry, key, str) for key in ("default", "ceiling", "ceiling_type_a", "ceiling_type_b")},
        "how": enum("How", entry["how"]),
        **{key: maybe(entry, key, template) for key in ("read", "read_type_b", "write", "write_type_b")},
        "speeds": several(entry.get("speeds", []), speed),
        "remark": maybe(entry, "remark", text),
        **from_where(entry),
    })


def fault(entry):
    return struct("Fault", {
        "code": text(entry["code"]), "text": text(entry["text"]),
        "least_firmware": maybe(entry, "least_firmware", text),
        "longest_le": maybe(entry, "longest_le", str), "longest_data": maybe(entry, "longest_data", str),
        "modules": several(entry.get("modules", []), text),
        **from_where(entry),
    })


def driver(entry):
    return struct("Driver", {
        "name": text(entry["name"]), "system": system(entry["system"]), "info_plist": maybe(entry, "info_plist", text),
        "escape_code": str(entry["escape_code"]), "escape_needs": text(entry["escape_needs"]), **from_where(entry),
    })


def words(entry):
    return struct("Words", {
        "role": enum("Role", entry["role"]), "words": several(entry["words"], text),
        "model_suffix": maybe(entry, "model_suffix", text),
    })


def pattern(entry):
    return struct("Pattern", {
        "system": system(entry["system"]), "text": text(entry["pattern"]), "role": enum("Role", entry["role"]),
        "usb": several(entry["usb"], usb),
    })


def from_where(entry):
    return {"sure": enum("Sure", entry["sure"]), "source": text(entry["source"])}


def struct(name, fields):
    return f"{name} {{ " + ", ".join(f"{key}: {value}" for key, value in fields.items()) + " }"


def several(values, write):
    return "&[" + ", ".join(map(write, values)) + "]"


def maybe(entry, key, write):
    return f"Some({write(entry[key])})" if key in entry else "None"


def text(value):
    """What JSON escapes in our texts, quotation marks and backslashes, Rust escapes alike."""
    if any(ord(letter) < 0x20 for letter in value):
        raise SystemExit(f"readers: a control character in {value!r}")
    return json.dumps(value, ensure_ascii=False)


def enum(name, value):
    """`extended-apdu` is ExtendedApdu."""
    return f"{name}::" + "".join(word.capitalize() for word in re.split(r"[-_ ]", value))


def system(value):
    return "System::MacOs" if value == "macos" else enum("System", value)


def template(command):
    return f"Template({text(command)})"


def usb(number):
    return "UsbId::new(0x{}, 0x{})".format(*number.split(":"))
