#!/usr/bin/env python3
"""Makes the NuGet package: a zip after the Open Packaging Conventions (ECMA-376, part 2), and the same as a folder.

A native library that is not there is left out; without the one of this system there is no package. Two packages of the same files are
the same, byte for byte.
"""

import argparse
import re
import shutil
import sys
import tomllib
import zipfile
from pathlib import Path

HERE = Path(__file__).resolve().parent.parent
ROOT = HERE.parent.parent.parent
NEEDED = "linux-x64"
TYPES = {
    "rels": "application/vnd.openxmlformats-package.relationships+xml",
    "psmdcp": "application/vnd.openxmlformats-package.core-properties+xml",
}
MANIFEST = "http://schemas.microsoft.com/packaging/2010/07/manifest"
PROPERTIES = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--assembly", type=Path, required=True)
    parser.add_argument("--documentation", type=Path, required=True)
    parser.add_argument("--licences", type=Path, required=True, help="the folder that scripts/third_party.py wrote")
    parser.add_argument("--native", action="append", default=[], metavar="RID=FILE")
    arguments = parser.parse_args()

    nuspec = (HERE / "Chipid.nuspec").read_text()
    meta = {name: re.search(f"<{name}>(.*?)</{name}>", nuspec).group(1) for name in ("id", "version", "authors", "description")}
    version = tomllib.loads((ROOT / "Cargo.toml").read_text())["workspace"]["package"]["version"]
    if meta["version"] != version:
        sys.exit(f"nupkg: Chipid.nuspec is of version {meta['version']}, the library of {version}")
    files = {
        "Chipid.nuspec": nuspec.encode(),
        "README.md": (HERE / "README.md").read_bytes(),
        **{file.name: file.read_bytes() for file in sorted(arguments.licences.iterdir())},
        "lib/netstandard2.0/Chipid.dll": arguments.assembly.read_bytes(),
        "lib/netstandard2.0/Chipid.xml": arguments.documentation.read_bytes(),
    }
    for native in arguments.native:
        system, file = native.split("=", 1)
        if Path(file).is_file():
            files[f"runtimes/{system}/native/{Path(file).name}"] = Path(file).read_bytes()
        elif system == NEEDED:
            sys.exit(f"nupkg: there is no {file}")

    folder = arguments.out / f"{meta['id']}.{meta['version']}"
    shutil.rmtree(folder, ignore_errors=True)
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    package = arguments.out / f"{meta['id']}.{meta['version']}.nupkg"
    write(package, opc(files, meta))
    print(f"{package}: {', '.join(sorted(files))}")


def opc(files, meta):
    """The parts of the package, with what the conventions ask for."""
    properties = "package/services/metadata/core-properties/chipid.psmdcp"
    extensions = {Path(name).suffix[1:] for name in files if Path(name).suffix}
    defaults = "".join(
        f'<Default Extension="{extension}" ContentType="{TYPES.get(extension, "application/octet")}" />'
        for extension in sorted(extensions | set(TYPES))
    )
    # A part without an extension has its type by name.
    overrides = "".join(
        f'<Override PartName="/{name}" ContentType="application/octet" />' for name in sorted(files) if not Path(name).suffix
    )
    head = '<?xml version="1.0" encoding="utf-8"?>'
    return {
        "[Content_Types].xml": (
            f'{head}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">{defaults}{overrides}</Types>'
        ).encode(),
        "_rels/.rels": (
            f'{head}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            f'<Relationship Type="{MANIFEST}" Target="/Chipid.nuspec" Id="R1" />'
            f'<Relationship Type="{PROPERTIES}" Target="/{properties}" Id="R2" /></Relationships>'
        ).encode(),
        **files,
        properties: (
            f'{head}<coreProperties xmlns="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"'
            ' xmlns:dc="http://purl.org/dc/elements/1.1/">'
            f'<dc:creator>{meta["authors"]}</dc:creator><dc:description>{meta["description"]}</dc:description>'
            f'<dc:identifier>{meta["id"]}</dc:identifier><version>{meta["version"]}</version></coreProperties>'
        ).encode(),
    }


def write(package, parts):
    with zipfile.ZipFile(package, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, content)


if __name__ == "__main__":
    main()
