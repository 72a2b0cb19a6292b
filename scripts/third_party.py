#!/usr/bin/env python3
"""Every crate of others that is linked into a crate of ours, with its licences; the same text stands once. For what is packed."""

import argparse
import json
import os
import re
import subprocess
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
RULE = "\n" + "-" * 78 + "\n"
HEAD = (
    "This is built of the crates below, each under its own licence.\n"
    "Beside them: the Rust standard library (MIT OR Apache-2.0, The Rust Project Developers)"
)
LINUX = "x86_64-unknown-linux-gnu"


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("crates", nargs="+", help="of ours: chipid-c")
    parser.add_argument("--features", default="", help="with commas between: chipid-c/pcsc")
    parser.add_argument("--triple", default=LINUX)
    arguments = parser.parse_args()
    print(text(arguments.crates, arguments.triple, arguments.features), end="")


def text(crates, triple, features="", head=f"{HEAD}.\n", runtimes={}, library=None):
    """`runtimes`: what the linker adds, name and file of its terms. `library`: the source of Rust's standard library, where it was built too."""
    parts, texts = [], {}
    for package in [*linked(crates, triple, features), *of_library(library)]:
        parts.append(f"{package['name']} {package['version']}: {package['license']}\n  {package.get('repository') or ''}".rstrip())
        for path in sorted(Path(package["manifest_path"]).parent.iterdir()):
            if path.is_file() and re.match(r"(LICEN[CS]E|COPYING|COPYRIGHT|NOTICE|UNLICENSE)", path.name, re.I):
                content = path.read_text(encoding="utf-8", errors="replace").strip()
                texts.setdefault(content, []).append(f"{package['name']} {path.name}")
    for name, path in runtimes.items():
        if path.exists():
            texts.setdefault(path.read_text(encoding="utf-8", errors="replace").strip(), []).append(name)
    if library and (library / "COPYRIGHT").exists():
        said = (library / "COPYRIGHT").read_text(encoding="utf-8", errors="replace").strip()
        texts.setdefault(said, []).append("Rust standard library COPYRIGHT")
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


def linked(crates, triple, features):
    ran = subprocess.run(
        ["cargo", "metadata", "--format-version", "1", "--locked", "--features", features, "--filter-platform", triple],
        cwd=ROOT, capture_output=True, text=True, check=True, env=dict(os.environ),
    )
    metadata = json.loads(ran.stdout)
    packages = {package["id"]: package for package in metadata["packages"]}
    nodes = {node["id"]: node for node in metadata["resolve"]["nodes"]}
    waiting = [identity for identity, package in packages.items() if package["name"] in crates]
    found = set()
    while waiting:
        identity = waiting.pop()
        if identity in found or any("proc-macro" in target["kind"] for target in packages[identity]["targets"]):
            continue
        found.add(identity)
        for dependency in nodes[identity]["deps"]:
            if any(kind["kind"] is None for kind in dependency["dep_kinds"]):
                waiting.append(dependency["pkg"])
    of_others = [packages[identity] for identity in found if packages[identity]["source"]]
    return sorted(of_others, key=lambda package: (package["name"], package["version"]))


if __name__ == "__main__":
    main()
