"""Packs what was built for Windows: a zip with the program, its licences, how to begin, and a script that installs it; and
one with the C library, its header and what links against it.

No models and no photographs: they are fetched. Policies and everything else that it needs stand in the program.
The same program gives the same bytes: files in order, one time for all.
"""

import hashlib
import json
import os
import re
import subprocess
import tomllib
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TEXTS = ROOT / "reader-cli" / "windows"
TRIPLE = "x86_64-pc-windows-gnu"
RULE = "\n" + "-" * 78 + "\n"


def pack(program, folder, version, library=None):
    """What was written, in words. `library`: the source of Rust's standard library, where it was built too."""
    licences = {f"{name}.txt": text((ROOT / name).read_text(encoding="utf-8")) for name in ("LICENSE-MIT", "LICENSE-APACHE")}
    licences["THIRD-PARTY.txt"] = text(third_party(library))
    files = {"chipid.exe": stripped(program), **licences}
    for source in sorted(TEXTS.iterdir()):
        if source.suffix in (".txt", ".ps1", ".cmd"):
            files[source.name] = text(source.read_text(encoding="utf-8").replace("@VERSION@", version), source.suffix)
    c = ROOT / "bindings" / "c"
    library = {
        "chipid_c.dll": stripped(program.parent / "chipid_c.dll"),
        "libchipid_c.dll.a": (program.parent / "libchipid_c.dll.a").read_bytes(),
        "chipid.h": (c / "include" / "chipid.h").read_bytes(),
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


# What the linker adds: the runtimes of mingw-w64 and of GCC, as Debian's packages give their terms.
RUNTIMES = {
    "mingw-w64 runtime": Path("/usr/share/doc/mingw-w64-common/copyright"),
    "GCC runtime": Path("/usr/share/doc/gcc-mingw-w64-base/copyright"),
}


def third_party(library):
    """Every crate that is linked in, with its licences; the same text stands once."""
    parts, texts = [], {}
    for package in [*linked(), *of_library(library)]:
        parts.append(f"{package['name']} {package['version']}: {package['license']}\n  {package.get('repository') or ''}".rstrip())
        for path in sorted(Path(package["manifest_path"]).parent.iterdir()):
            if path.is_file() and re.match(r"(LICEN[CS]E|COPYING|COPYRIGHT|NOTICE|UNLICENSE)", path.name, re.I):
                content = path.read_text(encoding="utf-8", errors="replace").strip()
                texts.setdefault(content, []).append(f"{package['name']} {path.name}")
    for name, path in RUNTIMES.items():
        if path.exists():
            texts.setdefault(path.read_text(encoding="utf-8", errors="replace").strip(), []).append(name)
    if library and (library / "COPYRIGHT").exists():
        said = (library / "COPYRIGHT").read_text(encoding="utf-8", errors="replace").strip()
        texts.setdefault(said, []).append("Rust standard library COPYRIGHT")
    head = (
        "This is built of the crates below, each under its own licence.\n"
        "Beside them: the Rust standard library (MIT OR Apache-2.0, The Rust Project Developers), the runtime of\n"
        "mingw-w64 (public domain, ZPL-2.1 and MIT) and of GCC (GPL-3.0 with the GCC Runtime Library Exception).\n"
    )
    bodies = [f"{', '.join(names)}\n\n{content}" for content, names in texts.items()]
    return head + RULE + "\n".join(parts) + RULE + RULE.join(bodies) + "\n"


def of_library(library):
    """The crates that the standard library itself is built of, where its source is at hand."""
    if library is None:
        return
    for manifest in sorted((library / "library" / "vendor").glob("*/Cargo.toml")):
        package = tomllib.loads(manifest.read_text(encoding="utf-8"))["package"]
        yield {
            "name": package["name"],
            "version": package["version"],
            "license": package.get("license", "see its text"),
            "repository": package.get("repository"),
            "manifest_path": str(manifest),
        }


def linked():
    ran = subprocess.run(
        ["cargo", "metadata", "--format-version", "1", "--locked", "--features", "chipid-cli/pcsc,chipid-c/pcsc", "--filter-platform", TRIPLE],
        cwd=ROOT, capture_output=True, text=True, check=True, env=dict(os.environ),
    )
    metadata = json.loads(ran.stdout)
    packages = {package["id"]: package for package in metadata["packages"]}
    nodes = {node["id"]: node for node in metadata["resolve"]["nodes"]}
    waiting = [identity for identity, package in packages.items() if package["name"] in ("chipid-cli", "chipid-c")]
    found = set()
    while waiting:
        identity = waiting.pop()
        if identity in found or any("proc-macro" in target["kind"] for target in packages[identity]["targets"]):
            continue
        found.add(identity)
        for dependency in nodes[identity]["deps"]:
            if any(kind["kind"] is None for kind in dependency["dep_kinds"]):
                waiting.append(dependency["pkg"])
    crates = [packages[identity] for identity in found if packages[identity]["source"]]
    return sorted(crates, key=lambda package: (package["name"], package["version"]))
