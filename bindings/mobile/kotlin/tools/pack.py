"""The jar that users get: the classes, the library where JNA looks for it, and the licences of all that is in it."""

import re
import sys
import tempfile
import zipfile
from pathlib import Path

import kotlin

JNA_FOLDER = "linux-x86-64"
# One moment for everything, so that the same sources make the same jar.
MOMENT = (2026, 1, 1, 0, 0, 0)


def version():
    return re.search(r'^version = "([^"]+)"', (kotlin.ROOT / "Cargo.toml").read_text(), re.M).group(1)


def pack(folder):
    own, ffi, *_ = kotlin.layer()
    folder.mkdir(parents=True, exist_ok=True)
    name = f"chipid-kotlin-{version()}"
    entries = {}
    for jar in (own, ffi):
        with zipfile.ZipFile(jar) as classes:
            entries |= {n: classes.read(n) for n in classes.namelist() if not n.endswith("/") and n != "META-INF/MANIFEST.MF"}
    entries["META-INF/MANIFEST.MF"] = f"Manifest-Version: 1.0\nImplementation-Title: chipid\nImplementation-Version: {version()}\n".encode()
    with tempfile.TemporaryDirectory(prefix="chipid-kotlin-") as work:
        asked = ["chipid-mobile", "--features", "chipid-mobile/pcsc", "--into", Path(work, "licences")]
        kotlin.run(sys.executable, kotlin.ROOT / "scripts/third_party.py", *asked)
        licences = {f"META-INF/{file.name}": file.read_bytes() for file in Path(work, "licences").iterdir()}
        stripped = Path(work, kotlin.LIBRARY.name)
        kotlin.run("strip", "--strip-unneeded", "-o", stripped, kotlin.LIBRARY)
        entries |= licences | {f"{JNA_FOLDER}/{stripped.name}": stripped.read_bytes()}
    write(folder / f"{name}.jar", entries)
    sources = [kotlin.HERE / "src/main/kotlin", kotlin.HERE / "generated"]
    # Of others there is nothing but what UniFFI generated.
    of_sources = {entry: text for entry, text in licences.items() if "THIRD-PARTY" not in entry}
    write(folder / f"{name}-sources.jar", of_sources | {
        str(file.relative_to(root)): file.read_bytes() for root in sources for file in sorted(root.rglob("*.kt"))
    })
    (folder / f"{name}.pom").write_text(POM.format(version=version()))


def write(path, entries):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as jar:
        for name in sorted(entries, key=lambda name: (name != "META-INF/MANIFEST.MF", name)):
            jar.writestr(zipfile.ZipInfo(name, MOMENT), entries[name], zipfile.ZIP_DEFLATED)


POM = """<?xml version="1.0" encoding="UTF-8"?>
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>chipid</groupId>
  <artifactId>chipid-kotlin</artifactId>
  <version>{version}</version>
  <licenses>
    <license><name>(MIT OR Apache-2.0) AND MPL-2.0</name></license>
  </licenses>
  <dependencies>
    <dependency>
      <groupId>org.jetbrains.kotlin</groupId>
      <artifactId>kotlin-stdlib</artifactId>
      <version>2.4.20</version>
    </dependency>
    <dependency>
      <groupId>org.jetbrains.kotlinx</groupId>
      <artifactId>kotlinx-coroutines-core</artifactId>
      <version>1.8.0</version>
    </dependency>
    <dependency>
      <groupId>net.java.dev.jna</groupId>
      <artifactId>jna</artifactId>
      <version>5.13.0</version>
    </dependency>
  </dependencies>
</project>
"""
