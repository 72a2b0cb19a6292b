"""What runs the programs of another system here: Wine for Windows, QEMU for arm64. Each in a folder of its own."""

import os
import shutil
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MISSING = "{} is missing: scripts/setup --for {} says how to get it"


class Emulator:
    """`runner` takes a program and its arguments; `environment` is what it is to be run with."""

    def __init__(self, folder, runner, environment, windows):
        self.folder, self.runner, self.environment, self.windows = folder, runner, environment, windows

    def seen(self, path):
        """How the program calls a path of this machine. Z: is what Wine calls its root."""
        return "Z:" + str(path).replace("/", "\\") if self.windows else str(path)

    def path(self, seen):
        """Where this machine has what the program calls so."""
        if not self.windows:
            return Path(seen)
        drive, rest = seen[0].lower(), seen[2:].replace("\\", "/")
        return Path(rest) if drive == "z" else self.folder / "prefix" / f"drive_{drive}" / rest.lstrip("/")


@contextmanager
def wine(folder):
    if shutil.which("wine") is None:
        sys.exit(MISSING.format("wine", "windows"))
    folder.mkdir(parents=True, exist_ok=True)
    stand_ins = folder / "dll"
    stand_ins.mkdir(exist_ok=True)
    subprocess.run(
        ["x86_64-w64-mingw32-gcc", "-O2", "-shared", "-o", stand_ins / "bcryptprimitives.dll",
         ROOT / "scripts/windows/bcryptprimitives.c", "-ladvapi32"], check=True,
    )
    environment = {
        **os.environ,
        "WINEPREFIX": str(folder / "prefix"),
        "WINEPATH": "Z:" + str(stand_ins).replace("/", "\\"),
        # Nothing but the program's own words; no browser, no .NET, no menus.
        "WINEDEBUG": "-all",
        "WINEDLLOVERRIDES": "mscoree=;mshtml=;winemenubuilder.exe=",
        # What file names are written in.
        "LC_ALL": "C.UTF-8",
    }
    environment.pop("DISPLAY", None)
    # Beside the programs, and not among their tests: a first start takes seconds.
    subprocess.run(["wineboot", "--init"], env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
    # The ONNX engine asks wmic for the processor's caches, where there is one: Windows 11 has none any more, and that of Wine
    # starts services that keep its output open, so that whoever reads it waits for ever.
    for tool in (folder / "prefix" / "drive_c" / "windows").glob("sys*/wbem/wmic.exe"):
        tool.unlink()
    runner = script(folder, "wine", {k: environment[k] for k in ("WINEPREFIX", "WINEPATH", "WINEDEBUG", "WINEDLLOVERRIDES", "LC_ALL")})
    try:
        yield Emulator(folder, runner, environment, windows=True)
    finally:
        # That of this folder alone.
        subprocess.run(["wineserver", "--kill"], env=environment, stderr=subprocess.DEVNULL)


@contextmanager
def qemu(folder):
    if shutil.which("qemu-aarch64") is None:
        sys.exit(MISSING.format("qemu-aarch64", "arm64"))
    folder.mkdir(parents=True, exist_ok=True)
    environment = {**os.environ, "XDG_DATA_HOME": str(folder / "data"), "LC_ALL": "C.UTF-8"}
    runner = script(folder, "qemu-aarch64 -L /usr/aarch64-linux-gnu", {})
    yield Emulator(folder, runner, environment, windows=False)


def script(folder, command, settings):
    """A program that runs its arguments: what cargo wants as a runner."""
    runner = folder / "run"
    lines = ["#!/bin/sh", *(f"export {name}='{value}'" for name, value in settings.items())]
    runner.write_text("\n".join([*lines, "unset DISPLAY", f'exec {command} "$@"', ""]))
    runner.chmod(0o755)
    return runner
