"""The public surface, as javap shows the classes of surface.jar; what is made of it stands in surface.txt."""

import os
import re
import subprocess
import zipfile

import kotlin

SNAPSHOT = kotlin.HERE / "surface.txt"


def check():
    """Ends the script where the surface is not what surface.txt says; with UPDATE_SURFACE set that file is written anew."""
    now = text()
    if os.environ.get("UPDATE_SURFACE"):
        SNAPSHOT.write_text(now)
    elif not SNAPSHOT.exists() or SNAPSHOT.read_text() != now:
        there = kotlin.OUT / "surface.txt"
        there.write_text(now)
        subprocess.run(["diff", "-u", SNAPSHOT, there])
        kotlin.fail("the public surface has changed: UPDATE_SURFACE=1 writes it, and CHANGELOG.md says so")


def text():
    jar = kotlin.OUT / "surface.jar"
    with zipfile.ZipFile(jar) as classes:
        names = sorted(n.removesuffix(".class") for n in classes.namelist() if n.endswith(".class"))
    shown = kotlin.run("javap", "-public", "-cp", jar, *(n.replace("/", ".") for n in names), capture_output=True, text=True).stdout
    hidden = re.compile(rf"chipid\.({'|'.join(internal())})\b")
    blocks = re.findall(r"^[^\s}].*\{\n(?:  .*\n)*\}\n", shown, re.M)
    kept = [block for block in blocks if block.startswith("public ") and not hidden.search(block.splitlines()[0])]
    return "".join(line for block in kept for line in block.splitlines(keepends=True) if not re.search(r"\$default\(|DefaultConstructorMarker", line))


def internal():
    """Classes that the virtual machine calls public, and Kotlin does not; and what holds a file's functions."""
    declared = re.compile(r"^(?:internal|private) (?:sealed |data |fun )?(?:class|object|interface) (\w+)", re.M)
    sources = [file.read_text() for file in (kotlin.HERE / "src/main/kotlin").rglob("*.kt")]
    return [name for source in sources for name in declared.findall(source)] + [r"\w+Kt"]
