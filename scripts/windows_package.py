"""Packs what was built for Windows: a zip with the program, its licences, how to begin, and a script that installs it; and
one with the C library, its header and what links against it.

No models and no photographs: they are fetched. Policies and everything else that it needs stand in the program.
The same program gives the same bytes: files in order, one time for all.
"""

import hashlib
import subprocess
import zipfile
from pathlib import Path

import third_party

ROOT = Path(__file__).resolve().parent.parent
TEXTS = ROOT / "reader-cli" / "windows"


def pack(program, folder, version, library=None):
    """What was written, in words. `library`: the source of Rust's standard library, where it was built too."""
    licences = {f"{name}.txt": text((ROOT / name).read_text(encoding="utf-8")) for name in ("LICENSE-MIT", "LICENSE-APACHE")}
    licences["THIRD-PARTY.txt"] = text(third_party.text(["chipid-cli", "chipid-c"], [third_party.WINDOWS], "chipid-cli/pcsc,chipid-c/pcsc", library))
    files = {"chipid.exe": stripped(program), **licences}
    for source in sorted(TEXTS.iterdir()):
        if source.suffix in (".txt", ".ps1", ".cmd"):
            files[source.name] = text(source.read_text(encoding="utf-8").replace("@VERSION@", version), source.suffix)
    c = ROOT / "bindings" / "c"
    library = {
        "chipid_c.dll": stripped(program.parent / "chipid_c.dll"),
        "libchipid_c.dll.a": (program.parent / "libchipid_c.dll.a").read_bytes(),
        **{header: (c / "include" / header).read_bytes() for header in ("chipid.h", "chipid.hpp")},
        **licences,
    }
    yield archive(folder / f"chipid-{version}-x86_64-windows.zip", files)
    yield archive(folder / f"chipid-c-{version}-x86_64-windows.zip", library)


def archive(path, files):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as packed:
        for file in sorted(files):
            entry = zipfile.ZipInfo(f"{path.stem}/{file}", date_time=(2026, 1, 1, 0, 0, 0))
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            packed.writestr(entry, files[file])
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    largest = max(files, key=lambda name: len(files[name]))
    return f"{path}: {path.stat().st_size / 1e6:.1f} MB, {largest} {len(files[largest]) / 1e6:.1f} MB\n    sha256 {digest}"


def stripped(program):
    packed = program.with_name(f"packed-{program.name}")
    subprocess.run(["x86_64-w64-mingw32-strip", "--strip-unneeded", "-o", packed, program], check=True)
    content = packed.read_bytes()
    packed.unlink()
    for folder in (ROOT, Path.home()):
        if len(folder.parts) > 2 and str(folder).encode() in content:
            raise SystemExit(f"{program.name} holds the name of a folder of this machine: it is not packed")
    return content


def text(content, suffix=".txt"):
    """As Windows' own tools read it: lines end in CRLF, and a mark says that it is UTF-8; cmd.exe takes no mark."""
    content = content.replace("\r\n", "\n").replace("\n", "\r\n")
    return content.encode("ascii" if suffix == ".cmd" else "utf-8-sig")
