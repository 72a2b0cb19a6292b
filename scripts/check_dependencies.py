#!/usr/bin/env python3
"""Checks licences, bans, sources and duplicates of the dependencies without a network.

deny.toml says the same for those who have cargo-deny, which also knows advisories; this script needs only what a
build has downloaded. It looks at what this platform builds.
"""

import argparse
import json
import re
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CORE = "chipid-emrtd"

LICENCES = {
    "0BSD", "Apache-2.0", "Apache-2.0 WITH LLVM-exception", "BSD-2-Clause", "BSD-3-Clause", "BSL-1.0",
    "CC0-1.0", "ISC", "MIT", "MIT-0", "Unicode-3.0", "Unlicense", "Zlib",
}
# Under a licence for their files alone (they are used unchanged), and only below this member: ADR 0044.
MOBILE = "chipid-mobile"
LICENSED_IN_MOBILE = {"MPL-2.0": ("uniffi",)}
BANNED = {
    "jpeg2000": "GPL-3.0",
    "viuer": "pulls an LGPL crate",
    "josekit": "pulls OpenSSL",
    "openssl": "the library is pure Rust; OpenSSL stands only beside it, in test-vectors/interop",
    "openssl-sys": "the library is pure Rust",
    "wsq": "is WebSockets, not the fingerprint format",
}
# Beside those: what must not come under secrets, or bring the system into the core.
BANNED_IN_CORE = {
    "num-bigint": "not constant time, does not wipe",
    "num-bigint-dig": "not constant time, does not wipe",
    "getrandom": "randomness comes in from outside",
    "tokio": "no runtime in the core",
    "libc": "no system in the core",
}


def main():
    argparse.ArgumentParser(description=__doc__).parse_args()
    metadata = read_metadata()
    packages = {package["id"]: package for package in metadata["packages"]}
    nodes = {node["id"]: node for node in metadata["resolve"]["nodes"]}
    members = metadata["workspace_members"]
    built = reach(nodes, members, kinds={None, "build", "dev"})
    # What a macro is built of does not end up in the library.
    macros = {i for i, p in packages.items() if any("proc-macro" in t["kind"] for t in p["targets"])}
    core = reach(nodes, [i for i in members if packages[i]["name"] == CORE], kinds={None}, leaves=macros)

    of_mobile = [i for i in members if packages[i]["name"] == MOBILE]
    mobile = reach(nodes, of_mobile, kinds={None, "build", "dev"})
    elsewhere = reach(nodes, [i for i in members if i not in of_mobile], kinds={None, "build", "dev"})

    broken = []
    for package in (packages[identity] for identity in sorted(built)):
        name = f"{package['name']} {package['version']}"
        if package["source"] is None:
            continue
        if not package["source"].startswith("registry+") or not package["source"].endswith("/crates.io-index"):
            broken.append(f"{name}: does not come from crates.io")
        if not licensed(package["license"]) and not (
            package["name"].startswith(LICENSED_IN_MOBILE.get(package["license"], ())) and package["id"] in mobile
            and package["id"] not in elsewhere
        ):
            broken.append(f"{name}: licence {package['license']} is not among the allowed")
        if package["name"] in BANNED:
            broken.append(f"{name}: {BANNED[package['name']]}")
    versions = defaultdict(set)
    for package in (packages[identity] for identity in core):
        versions[package["name"]].add(package["version"])
        if package["name"] in BANNED_IN_CORE:
            broken.append(f"{package['name']} under {CORE}: {BANNED_IN_CORE[package['name']]}")
    for name, found in sorted(versions.items()):
        if len(found) > 1:
            broken.append(f"{name} stands {len(found)} times under {CORE}: {', '.join(sorted(found))}")

    for line in broken:
        print(line)
    print(f"dependencies: {len(built)} packages, {len(core)} of them under {CORE}, {len(broken)} objections")
    sys.exit(bool(broken))


def read_metadata():
    version = subprocess.run(["rustc", "-vV"], check=True, capture_output=True, text=True).stdout
    host = re.search(r"^host: (.+)$", version, re.M).group(1)
    command = ["cargo", "metadata", "--format-version", "1", "--locked", "--filter-platform", host]
    # Offline first; a clean machine has downloaded nothing yet.
    for offline in (["--offline"], []):
        found = subprocess.run(command + offline, cwd=ROOT, capture_output=True, text=True)
        if found.returncode == 0:
            return json.loads(found.stdout)
    sys.exit(found.stderr)


def reach(nodes, roots, kinds, leaves=frozenset()):
    """All packages below `roots`, not below `leaves`; development dependencies count for the roots alone."""
    seen, waiting = set(roots), [(identity, True) for identity in roots]
    while waiting:
        identity, is_root = waiting.pop()
        if identity in leaves:
            continue
        for dependency in nodes[identity]["deps"]:
            wanted = {kind["kind"] for kind in dependency["dep_kinds"]} & (kinds if is_root else kinds - {"dev"})
            if wanted and dependency["pkg"] not in seen:
                seen.add(dependency["pkg"])
                waiting.append((dependency["pkg"], False))
    return seen


def licensed(expression):
    """Whether an SPDX expression can be met with allowed licences alone."""
    if not expression:
        return False
    tokens = re.findall(r"\(|\)|[^\s()]+", expression.replace("/", " OR "))

    def either():
        met = both()
        while tokens and tokens[0] == "OR":
            tokens.pop(0)
            met = both() or met
        return met

    def both():
        met = one()
        while tokens and tokens[0] == "AND":
            tokens.pop(0)
            met = one() and met
        return met

    def one():
        token = tokens.pop(0)
        if token == "(":
            met = either()
            tokens.pop(0)
            return met
        if tokens and tokens[0] == "WITH":
            token = f"{token} WITH {tokens[1]}"
            del tokens[:2]
        return token in LICENCES

    return either()


if __name__ == "__main__":
    main()
