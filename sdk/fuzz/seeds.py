#!/usr/bin/env python3
"""Fills corpus/ of the fuzz targets from the test vectors: a place to start from, so that nobody waits for a fuzzer to
invent a certificate."""

import argparse
import hashlib
import json
import plistlib
import re
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
VECTORS = ROOT / "test-vectors"
CHAINS = VECTORS / "certificates/chains"
BSI = VECTORS / "cards/bsi-2008-reference-lds"
# The short identifiers of Doc 9303-10, by which the target `verify` names files.
FILES = {"EF_SOD": 0x1D, "EF_COM": 0x1E}

# Of invented holders; TD3, TD1 and TD2 are those of Doc 9303-4 to 9303-6.
ZONES = [
    "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10",
    "I<UTOD231458907<<<<<<<<<<<<<<<\n7408122F1204159UTO<<<<<<<<<<<6\nERIKSSON<<ANNA<MARIA<<<<<<<<<<",
    "I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<\nD231458907UTO7408122F1204159<<<<<<<6",
    "IDVNM0990000176001099000017<<7\n9903159M2403155VNM<<<<<<<<<<<4\nLE<<THU<NGHIEM<<<<<<<<<<<<<<<<",
]
QR = [
    "001099000017|012345678|Lê Thử Nghiệm|15031999|Nam|Số 1 Phố Mẫu, Hà Nội|10052021",
    "001099000017||Lê Thử Nghiệm|15031999|Nam|Số 1 Phố Mẫu, Hà Nội|15072024||x",
]
# How many honest answers come first, the length of the replacement, the replacement.
REPLACEMENTS = ["", "006d009000", "03026982", "05026c10", "05026110", "08026982", "0c0e990290008e080000000000000000", "14029000"]


# How many answers stay honest, the status word, the length in two bytes, the answer.
FORGERIES = ["", "01900000020101", "039000000461820400", "0562820000", "006cff0000", "02610500026000", "0a69820000", "08900000027784"]


# The explicit domain parameters that Doc 9303-11, appendix I, prints.
BRAINPOOL_P256R1 = bytes.fromhex(
    "3081ec06072a8648ce3d02013081e0020101302c06072a8648ce3d0101022100a9fb57dba1eea9bc3e660a909d838d726e3bf623d52620"
    "282013481d1f6e5377304404207d5a0975fc2c3057eef67530417affe7fb8055c126dc5c6ce94a4b44f330b5d9042026dc5c6ce94a4b44"
    "f330b5d9bbd77cbf958416295cf7e1ce6bccdc18ff8c07b60441048bd2aeb9cb7e57cb2c4b482ffc81b7afb9de27e1e3bd23c23a4453bd"
    "9ace3262547ef835c3dac4fd97f8461a14611dc9c27745132ded8e545c1d54c72f046997022100a9fb57dba1eea9bc3e660a909d838d71"
    "8c397aa3b561a6f7901e0e82974856a7020101"
)


def main():
    argparse.ArgumentParser(description=__doc__).parse_args()
    count = 0
    for target, seeds in all_seeds().items():
        folder = HERE / "corpus" / target
        folder.mkdir(parents=True, exist_ok=True)
        for seed in seeds:
            (folder / hashlib.sha1(seed).hexdigest()).write_bytes(seed)
            count += 1
    print(f"{count} seeds in {HERE.relative_to(ROOT)}/corpus")


def all_seeds():
    certificates = files(CHAINS, "*.der") + files(VECTORS, "certificates/master-lists/*.cer")
    lists = files(CHAINS, "*.ml") + files(VECTORS, "certificates/master-lists/*.ml")
    revocations = files(CHAINS, "*.crl")
    sods = [f for f in files(CHAINS, "*.bin") if f[:1] == b"\x77"] + files(BSI, "EF_SOD.bin")
    data_groups = {n: files(BSI, f"DG{n}.bin") for n in (1, 2, 14, 15)}
    dg14 = data_groups[14][0]
    dg15s = data_groups[15] + [wrap(0x6F, public_key(certificate)) for certificate in certificates]
    dg13 = vietnamese_dg13()
    signed_data = [value(sod) for sod in sods]
    chip_files = files(BSI, "*.bin") + dg13
    return {
        "tlv": chip_files,
        "asn1": certificates + signed_data + revocations,
        "apdu": [bytes.fromhex(h) for h in ("029000", "026c10026110129000", "046101610104aabb9000", "0400006c05")],
        "reading": [bytes([kind]) + bytes.fromhex(h) for kind in range(4) for h in REPLACEMENTS],
        "security_info": [value(dg14), *card_access()],
        "mrz": [zone.encode() for zone in ZONES] + [b"L898902C3\n740812\n120415", b"123456"],
        "hostile_card": [b"\0" + bytes.fromhex(h) for h in REPLACEMENTS] + [bytes([n]) + bytes([n] * 8) for n in (1, 3)],
        "hostile_channel": [bytes([kind]) + bytes.fromhex(h) for kind in range(2) for h in FORGERIES],
        "lds_atr_info": [bytes.fromhex("47038401e07f6609020203e80203010000")],
        "lds_com": files(BSI, "EF_COM.bin"),
        "lds_dg1": data_groups[1] + files(CHAINS, "DG1.bin"),
        "lds_dg2": data_groups[2] + files(CHAINS, "DG2.bin") + published("DG2"),
        "lds_dg3_dg4": files(BSI, "DG3.bin") + files(BSI, "DG4.bin"),
        "lds_dg5_dg7": [displayed(0x65, b"\x5f\x40"), displayed(0x67, b"\x5f\x43")],
        "lds_dg8_dg13": [bytes.fromhex("68050201015300"), bytes.fromhex("6d045fb0ffff")] + dg13,
        "lds_dg11": published("DG11"),
        "lds_dg12": published("DG12"),
        "lds_dg14": data_groups[14],
        "lds_dg15": [len(key).to_bytes(2, "big") + key + b"\1" * n for key in dg15s for n in (64, 128, 256)],
        "lds_dg16": published("DG16"),
        "lds_dir": published("EF_DIR"),
        "lds_sod": sods,
        "lds_card_security": signed_data,
        "pace_domain_parameters": [bytes([kind, 0x40]) + BRAINPOOL_P256R1 for kind in (2, 4, 6)],
        "certificate": certificates,
        "master_list": lists,
        "crl": revocations,
        "cms": signed_data + files(CHAINS, "*.ml"),
        "trust_store": certificates + revocations + files(CHAINS, "*.ml") + files(CHAINS, "*.pem"),
        "verify": documents(sods),
        "cv_certificate": [bytes.fromhex(v["certificate"]) for v in json.loads((VECTORS / "cv-certificates/certificates.json").read_text())],
        "iso9796": [bytes(8) + b"\x6a" + bytes(106) + bytes(20) + b"\xbc", bytes(8) + b"\x6b\xbb\xba" + bytes(123) + b"\x34\xcc"],
        "vietnam_dg13": dg13,
        "vietnam_qr": [text.encode() for text in QR],
        "vietnam_mrz_rules": [b"099000017\n6001099000017<<\n990315\nLE<<THU<NGHIEM<<<<<<<<<<<<<<<<", b"6001099000017<<7", b"001099000017"],
        "vietnam_mrz_repair": [zone.encode() for zone in ZONES + [z.replace("0", "O").replace("5", "S") for z in ZONES]],
        "vietnam_keyboard": [text.encode() for text in QR]
        + [text.encode().decode("latin-1").encode() for text in QR]
        + [QR[0].encode("utf-16"), "Lee Thuwr Nghieemj\nLê Thử Nghiệm".encode()],
        "doctor_property_list": property_lists(),
        "vietnam_name": ["LE<<THU<NGHIEM<<<<<<<<<<<<<<<<\nLê Thử Nghiệm".encode(), "DANG<<DA\nĐặng Đá".encode()],
    }


def files(folder, pattern):
    found = [path.read_bytes() for path in sorted(folder.glob(pattern))]
    assert found, f"{folder}/{pattern}"
    return found


def property_lists():
    """A driver's list and a setting, in both forms."""
    lists = {"ifdVendorID": ["0x072F", "0x076B"], "ifdProductID": ["0x2200", "0x5022"], "ifdFriendlyName": ["one", "two"]}
    settings = {"useIFDCCID": True, "count": 300, "name": "Đầu đọc"}
    forms = (plistlib.FMT_XML, plistlib.FMT_BINARY)
    return [plistlib.dumps(value, fmt=form) for value in (lists, settings) for form in forms]


def published(file):
    """The published data groups of this kind; in the place of a picture, a JPEG 2000 file of a few bytes."""
    vectors = json.loads((VECTORS / "cards/published-data-groups/vectors.json").read_text())
    found = [vector for vector in vectors.values() if vector["file"] == file]
    assert found, file
    return [whole(vector) for vector in found]


def whole(vector):
    if "bytes" in vector:
        return bytes.fromhex(vector["bytes"])
    picture = bytes.fromhex("0000000c6a5020200d0a870aff4fff51ffd9").ljust(vector["image_bytes"], b"\0")
    return bytes.fromhex(vector["before_image"]) + picture + bytes.fromhex(vector["after_image"])


def displayed(tag, image_tag):
    picture = bytes.fromhex("ffd8ffe00000ffd9")
    content = b"\2\1\1" + image_tag + bytes([len(picture)]) + picture
    return bytes([tag, len(content)]) + content


def value(tlv):
    """The value of a TLV with a one-byte tag."""
    return tlv[2 + (tlv[1] & 0x7F if tlv[1] & 0x80 else 0) :]


def public_key(certificate):
    """SubjectPublicKeyInfo, the seventh element of a version 3 certificate."""
    rest = value(value(certificate))
    for _ in range(6):
        rest = rest[total(rest) :]
    return rest[: total(rest)]


def total(tlv):
    """Bytes of the first TLV."""
    if tlv[1] < 0x80:
        return 2 + tlv[1]
    count = tlv[1] & 0x7F
    return 2 + count + int.from_bytes(tlv[2 : 2 + count], "big")


def wrap(tag, content):
    return bytes([tag, 0x82]) + len(content).to_bytes(2, "big") + content


def documents(sods):
    groups = entry(1, (CHAINS / "DG1.bin").read_bytes()) + entry(2, (CHAINS / "DG2.bin").read_bytes())
    made = [entry(FILES["EF_SOD"], sod) + groups for sod in sods]
    whole = b"".join(
        entry(FILES.get(path.stem) or int(path.stem.removeprefix("DG")), path.read_bytes())
        for path in sorted(BSI.glob("*.bin"))
        if path.stat().st_size < 30_000
    )
    return [*made, whole + entry(0, bytes(8 + 128))]


def entry(identifier, content):
    return bytes([identifier]) + len(content).to_bytes(3, "big") + content


def vietnamese_dg13():
    text = (ROOT / "sdk/vietnam/tests/dg13.rs").read_text()
    return [bytes.fromhex(h) for h in re.findall(r'const CARD_\d+: &str = "([0-9A-F]+)"', text)]


def card_access():
    """The EF.CardAccess of the Vietnamese card, as the library has it."""
    text = (ROOT / "sdk/vietnam/src/card_profile.rs").read_text()
    body = re.search(r"EF_CARD_ACCESS: \[u8; 54\] = \[(.*?)\];", text, re.DOTALL).group(1)
    return [bytes(int(byte, 16) for byte in re.findall(r"0x([0-9A-Fa-f]{2})", body))]


if __name__ == "__main__":
    main()
