#!/usr/bin/env python3
"""Runs every fuzz target of sdk/fuzz, one after the other, for equal parts of the minutes given.

Prints the executions of each target and their sum; the first lines of what a target found, and fails if one found
anything. Needs cargo-fuzz; with a stable compiler RUSTC_BOOTSTRAP=1 lets the address sanitizer in.
"""

import argparse
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FUZZ = ROOT / "sdk" / "fuzz"
LIMITS = ["-timeout=10", "-rss_limit_mb=2048", "-malloc_limit_mb=256", "-max_len=65536", "-print_final_stats=1"]
EXECUTED = re.compile(r"stat::number_of_executed_units:\s*(\d+)")
# No address sanitizer: quicker to build, and the crates forbid unsafe code themselves.
SANITIZERS = ("address", "none")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=10, help="for all targets together")
    parser.add_argument("--only", nargs="*", metavar="TARGET", help="these targets")
    parser.add_argument("--sanitizer", choices=SANITIZERS, default="address")
    arguments = parser.parse_args()
    targets = arguments.only or names()
    unknown = set(targets) - set(names())
    if unknown:
        sys.exit(f"no such target: {', '.join(sorted(unknown))}")
    seconds = max(1, round(arguments.minutes * 60 / len(targets)))
    subprocess.run([sys.executable, FUZZ / "seeds.py"], check=True)
    build(arguments.sanitizer)
    results = [(name, *run(name, seconds, arguments.sanitizer)) for name in targets]
    report(results, seconds)


def names():
    manifest = tomllib.loads((FUZZ / "Cargo.toml").read_text())
    return [target["name"] for target in manifest["bin"]]


def cargo_fuzz(verb, sanitizer, *rest):
    environment = {**os.environ, "RUSTC_BOOTSTRAP": "1"}
    command = ["cargo", "fuzz", verb, "--fuzz-dir", ".", "--sanitizer", sanitizer, *rest]
    return {"args": command, "cwd": FUZZ, "env": environment}


def build(sanitizer):
    print("building", flush=True)
    built = subprocess.run(**cargo_fuzz("build", sanitizer), capture_output=True, text=True)
    if built.returncode:
        sys.exit(f"{built.stderr}\nthe targets do not build (cargo install cargo-fuzz)")


def run(name, seconds, sanitizer):
    """Executions, and what the target said where it found something."""
    call = cargo_fuzz("run", sanitizer, name, "--", f"-max_total_time={seconds}", *LIMITS)
    ran = subprocess.run(**call, capture_output=True, text=True, errors="replace")
    counted = EXECUTED.search(ran.stderr)
    executed = int(counted.group(1)) if counted else 0
    print(f"{name}: {executed:,} executions in {seconds} s", flush=True)
    if ran.returncode == 0:
        return executed, None
    lines = [line for line in ran.stderr.splitlines() if line.strip()]
    start = next((n for n, line in enumerate(lines) if "panicked" in line or "ERROR" in line), len(lines) - 20)
    return executed, "\n".join(lines[max(0, start) : start + 12] + lines[-6:])


def report(results, seconds):
    print("\n| target | seconds | executions |\n|---|---|---|")
    for name, executed, _ in results:
        print(f"| `{name}` | {seconds} | {executed:,} |")
    total = sum(executed for _, executed, _ in results)
    print(f"\n{len(results)} targets, {len(results) * seconds / 60:.1f} minutes, {total:,} executions")
    found = [(name, said) for name, _, said in results if said]
    idle = [name for name, executed, _ in results if executed == 0]
    for name, said in found:
        print(f"\n{name} found something:\n{said}")
    if idle:
        print(f"\nnever executed: {', '.join(idle)}")
    sys.exit(bool(found or idle))


if __name__ == "__main__":
    main()
