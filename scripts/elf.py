"""What an ELF library says of itself, asked of binutils: what it needs, what it exports, how it is guarded."""

import os
import re
import subprocess


class Library:
    """A shared library, read once."""

    def __init__(self, path):
        dynamic, headers, sections, versions = (asked("readelf", f"-{what}W", path) for what in "dlSV")
        self.soname = (re.findall(r"\(SONAME\).*\[(.*)\]", dynamic) or [None])[0]
        self.needed = re.findall(r"\(NEEDED\).*\[(.*)\]", dynamic)
        self.search_paths = re.findall(r"\((?:RPATH|RUNPATH)\).*\[(.*)\]", dynamic)
        self.writes_to_code = "(TEXTREL)" in dynamic or re.search(r"\(FLAGS\).*\bTEXTREL\b", dynamic) is not None
        self.bound_at_once = re.search(r"\(BIND_NOW\)|\(FLAGS\).*\bBIND_NOW\b|\(FLAGS_1\).*\bNOW\b", dynamic) is not None
        self.read_only_after = re.search(r"^\s*GNU_RELRO\b", headers, re.M) is not None
        # Where nothing is said of the stack, the system lets code run on it.
        stack = re.search(r"^\s*GNU_STACK(?:\s+0x\w+){5}\s+([RWE ]+?)\s+(?:0x)?\w+$", headers, re.M)
        self.runs_on_its_stack = stack is None or "E" in stack[1]
        asked_for = re.findall(r"\bGLIBC_(\d+(?:\.\d+)+)", versions)
        # Relocations in the short form have a name instead of a number.
        asked_for += ["2.36"] if "GLIBC_ABI_DT_RELR" in versions else []
        self.glibc = max((tuple(map(int, found.split("."))) for found in asked_for), default=(0,))
        self.stripped = not re.search(r"\s\.(?:symtab|debug_\w+)\s", sections)
        self.exported = set(asked("nm", "-D", "--defined-only", "--format=just-symbols", path).split())


def asked(*command):
    environment = {**os.environ, "LC_ALL": "C"}
    ran = subprocess.run([str(part) for part in command], capture_output=True, text=True, errors="replace", env=environment)
    if ran.returncode != 0:
        raise SystemExit(f"{command[0]}: {ran.stderr.strip()}")
    return ran.stdout
