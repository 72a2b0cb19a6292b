#!/usr/bin/env python3
"""Looks into what was packed for users (`scripts/bindings.py pack DIR`), a folder for each language.

- The licences are there: ours, and one text that names every crate linked into the library and every crate whose sources the library itself
  mentions; UniFFI's notice where code of it is in the package.
- Each library for Linux needs nothing of the system but what the guides say, looks for it where the system does, exports its interface alone, runs nothing
  on its stack, is bound when it is loaded and read-only from then on, and has no names for a debugger.
- With --released: no file of a package names a folder of this machine, no library anybody's home, and glibc is no newer than the guides say. That hangs
  on who built it, and where: `make packages` asks for it.
"""

import argparse
import io
import re
import sys
import tarfile
import tempfile
import zipfile
from fnmatch import fnmatch
from pathlib import Path

import check_symbols
import elf
import third_party
import without_paths

# Debian 12 and Ubuntu 22.04 have it; scripts/test_check_packages.py looks whether the guides say so.
GLIBC = (2, 35)
NEEDED = re.compile(r"libpcsclite\.so\.1|libgcc_s\.so\.1|libm\.so\.6|libc\.so\.6|ld-linux[\w-]*\.so\.\d")
OWN = {name: (without_paths.ROOT / name).read_bytes() for name in third_party.OWN}
# Where the sources of a crate lie for whoever compiles it.
SOURCE = re.compile(rb"/registry/(?:src/[^/\0]{1,80}/)?([A-Za-z][\w-]{0,60}?)-(\d+\.\d+\.\d+[\w.+-]{0,30})/")
SOMEBODYS_HOME = re.compile(rb"(?:/home/|/root/|/Users/|[A-Z]:\\Users\\)[\w.-]+[/\\][^\0\n]{0,60}")


class Packed:
    """What a language packs: of which crate, in which archive, where its licences and its libraries lie, which names these may export."""

    def __init__(self, crate, archive, licences, library, exports, soname=None):
        self.crate, self.archive, self.licences, self.library = crate, archive, licences, library
        self.exports, self.soname = exports, soname


WINDOWS = "*win*/chipid_c.dll"
C = (check_symbols.declared().__contains__, "libchipid_c.so.0")
UNIFFI = re.compile(r"(?:ffi|uniffi)_chipid_mobile_\w+|UNIFFI_META_\w+")
NODE = re.compile(r"napi_register_module_v1|node_api_module_get_api_version_v1")
LANGUAGES = {
    "c": Packed("chipid-c", None, "share/doc/chipid", "lib/libchipid_c.so.*", *C),
    "dotnet": Packed("chipid-c", "*.nupkg", "", "runtimes/linux-*/native/libchipid_c.so", *C),
    "java": Packed("chipid-c", "chipid-*[0-9].jar", "META-INF", "linux-*/libchipid_c.so", *C),
    "node": Packed("chipid-node", "*.tgz", "package", "package/prebuilds/linux-*/chipid.node", NODE.fullmatch),
    "kotlin": Packed("chipid-mobile", "chipid-kotlin-*[0-9].jar", "META-INF", "linux-*/libchipid_mobile.so", UNIFFI.fullmatch),
    "python": Packed("chipid-mobile", "*.whl", "*.dist-info/licenses*", "chipid/_generated/libchipid_mobile.so", UNIFFI.fullmatch),
}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="with a folder for each language in it")
    parser.add_argument("--only", default="", help="languages, with commas between; otherwise those that are there")
    parser.add_argument("--released", action="store_true", help="what hangs on the machine that built it, too")
    parser.add_argument("--from", type=Path, dest="built", metavar="FOLDER", help="the target folder that it was packed of: it is not named either")
    arguments = parser.parse_args()
    names = arguments.only.split(",") if arguments.only else [name for name in LANGUAGES if (arguments.folder / name).is_dir()]
    if not names:
        sys.exit(f"{arguments.folder} has no package in it")
    folders = without_paths.of_this_machine(*filter(None, [arguments.built and arguments.built.absolute()]))
    wrong = []
    for name in names:
        told = list(objections(LANGUAGES[name], arguments.folder / name, folders if arguments.released else None))
        wrong += [f"{name}: {what}" for what in told]
    print("\n".join(wrong), end="\n" if wrong else "")
    print(f"packages: {', '.join(names)} looked through{'' if arguments.released else ', not as released'}, {len(wrong)} things wrong")
    sys.exit(bool(wrong))


def objections(packed, folder, of_this_machine=None):
    """`of_this_machine`: the folders that nothing may name; without them, what hangs on the machine is let be."""
    archives = sorted(folder.glob(packed.archive)) if packed.archive else [folder]
    if len(archives) != 1:
        yield f"one {packed.archive or 'folder'} is expected in {folder}, there are {len(archives)}"
        return
    files = opened(archives[0])
    libraries = {name: content for name, content in files.items() if fnmatch(name, packed.library)}
    if not libraries:
        yield f"there is no {packed.library}"
    for name, content in libraries.items():
        yield from (f"{name}: {what}" for what in of_library(content, packed, of_this_machine is not None))
    for name, content in files.items():
        if fnmatch(name, WINDOWS):
            yield from (f"{name}: {what}" for what in of_windows(content))
    yield from of_licences(packed, files, libraries)
    if of_this_machine is not None:
        beside = {f"{path.name}/{name}": content for path in sorted(folder.glob("*")) if path.is_file() and path not in archives for name, content in opened(path).items()}
        yield from of_places({**files, **beside}, of_this_machine)


def opened(path):
    """Every file in a folder or an archive; a file that is no archive is its own."""
    if path.is_dir():
        return {str(file.relative_to(path)): file.read_bytes() for file in sorted(path.rglob("*")) if file.is_file() and not file.is_symlink()}
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            return {name: archive.read(name) for name in archive.namelist() if not name.endswith("/")}
    if path.suffix == ".tgz":
        with tarfile.open(fileobj=io.BytesIO(path.read_bytes())) as archive:
            return {entry.name: archive.extractfile(entry).read() for entry in archive if entry.isfile()}
    return {path.name: path.read_bytes()}


def of_licences(packed, files, libraries):
    def text(name):
        return next((files[found] for found in files if fnmatch(found, "/".join(filter(None, [packed.licences, name])))), None)

    for name, own in OWN.items():
        if text(name) != own:
            yield f"{name} is missing, or is another text"
    said = text(third_party.THIRD_PARTY)
    if said is None:
        yield f"{third_party.THIRD_PARTY} is missing"
        return
    readers = any(b"libpcsclite.so.1" in content for content in libraries.values())
    triples = [third_party.LINUX, *([third_party.WINDOWS] if any(fnmatch(name, WINDOWS) for name in files) else [])]
    linked = third_party.linked([packed.crate], triples, f"{packed.crate}/pcsc" if readers else "")
    mentioned = {f"{name.decode()} {version.decode()}" for content in libraries.values() for name, version in SOURCE.findall(content)}
    if libraries and len(mentioned) < 20:
        yield f"the library mentions {len(mentioned)} crates: whether all are named is not seen"
    named = set(re.findall(r"^(\S+ \d\S*): ", said.decode(), re.M))
    for crate in sorted({*map(third_party.called, linked), *mentioned} - named):
        yield f"{third_party.THIRD_PARTY} does not name {crate}"
    if any(crate.startswith("uniffi ") for crate in named) and b"https://mozilla.org/MPL/2.0/" not in (text(third_party.UNIFFI) or b""):
        yield f"{third_party.UNIFFI} is missing, or does not say where its licence stands"


def of_library(content, packed, released):
    with tempfile.NamedTemporaryFile(suffix=".so") as file:
        file.write(content)
        file.flush()
        library = elf.Library(file.name)
    strange = {name for name in library.exported if not packed.exports(name)}
    for name in sorted(strange)[:5]:
        yield f"exports {name}, which is not of its interface"
    if not library.exported - strange:
        yield "exports nothing of its interface"
    if packed.soname and library.soname != packed.soname:
        yield f"its soname is {library.soname}, not {packed.soname}"
    for name in library.needed:
        if not NEEDED.fullmatch(name):
            yield f"needs {name}, of which the guides say nothing"
    for place in library.search_paths:
        yield f"looks for libraries in {place}"
    if library.runs_on_its_stack:
        yield "its stack may be run"
    if library.writes_to_code:
        yield "its code is written to when it is loaded"
    if not (library.bound_at_once and library.read_only_after):
        yield "its table of functions stays writable (RELRO, BIND_NOW)"
    if not library.stripped:
        yield "has names for a debugger"
    if released and library.glibc > GLIBC:
        yield f"needs glibc {'.'.join(map(str, library.glibc))}, the guides say {'.'.join(map(str, GLIBC))}: it is to be built on Debian 12"


def of_windows(content):
    """It is built apart from all else: one of earlier sources may still lie there."""
    with tempfile.NamedTemporaryFile(suffix=".dll") as file:
        file.write(content)
        file.flush()
        exported = set(re.findall(r"\+base\[ *\d+\] +[0-9a-f]+ (\w+)$", elf.asked("objdump", "-p", file.name), re.M))
    for name in sorted(exported ^ check_symbols.declared())[:5]:
        yield f"{'exports' if name in exported else 'lacks'} {name}: not of this header"


def of_places(files, folders):
    places = [str(folder).encode() + b"/" for folder in folders]
    for name, content in files.items():
        found = next((place for place in places if place in content), None)
        if found:
            yield f"{name} names {example(content, found)}"
        elif content.startswith((b"\x7fELF", b"!<arch>", b"MZ")) and (home := SOMEBODYS_HOME.search(content)):
            yield f"{name} names {home[0].decode(errors='replace')}"


def example(content, place):
    at = content.index(place)
    return re.split(rb"[\0\n]", content[at:at + 90])[0].decode(errors="replace")


if __name__ == "__main__":
    main()
