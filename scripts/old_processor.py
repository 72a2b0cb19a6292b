#!/usr/bin/env python3
"""Runs a program as on an old machine, one core and a processor without AVX, and says what it took.

    scripts/old_processor.py [--runs 5] [--with-avx] -- target/release/chipid compare A.jpg B.jpg

A copy of the program is made in which every CPUID instruction is one that does not exist, and old_processor_mask.c answers in its place: the
program itself then chooses the code that it would choose on a processor with SSE4.2 and nothing newer, and that code
runs at this machine's own speed. glibc is told the same by GLIBC_TUNABLES. x86_64 Linux, with cc and objdump.

What it does not show: an old processor is also slower in all else. An instruction that the program uses without asking
would go unnoticed: run the program under `qemu-x86_64 -cpu Westmere` for that, which refuses AVX (and says nothing of time).
"""

import argparse
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

CPUID, NOTHING = b"\x0f\xa2", b"\x0f\x04"
GLIBC_WITHOUT = ("AVX", "AVX2", "AVX512F", "AVX512VL", "AVX512BW", "AVX512CD", "AVX512DQ", "BMI1", "BMI2", "ERMS", "FMA",
                 "LZCNT", "MOVBE", "XSAVE", "XSAVEC", "OSXSAVE", "AVX_Fast_Unaligned_Load")


def cpuid_addresses(disassembly: str) -> list[int]:
    """Addresses of CPUID instructions in what `objdump -d` prints."""
    pattern = re.compile(r"^\s*([0-9a-f]+):\s+cpuid\s*$")
    return [int(match[1], 16) for line in disassembly.splitlines() if (match := pattern.match(line))]


def file_offset(segments: list[tuple[int, int, int]], address: int) -> int:
    """Where in the file an address lies; `segments` are (address, offset, size) of what is loaded."""
    for start, offset, size in segments:
        if start <= address < start + size:
            return address - start + offset
    raise ValueError(f"{address:#x} lies in no segment")


def load_segments(headers: str) -> list[tuple[int, int, int]]:
    """The loaded segments in what `objdump -p` prints."""
    pattern = re.compile(r"LOAD off\s+0x([0-9a-f]+) vaddr 0x([0-9a-f]+).*?filesz 0x([0-9a-f]+)", re.DOTALL)
    return [(int(vaddr, 16), int(offset, 16), int(size, 16)) for offset, vaddr, size in pattern.findall(headers)]


def without_cpuid(program: bytes, offsets: list[int]) -> bytes:
    """The program with 0F 04, which raises SIGILL, at each of `offsets`, all of which must hold a CPUID."""
    changed = bytearray(program)
    for offset in offsets:
        if changed[offset:offset + 2] != CPUID:
            raise ValueError(f"no CPUID at {offset:#x} of the file")
        changed[offset:offset + 2] = NOTHING
    return bytes(changed)


def objdump(flag: str, program: Path) -> str:
    return subprocess.run(["objdump", flag, "--no-show-raw-insn", program], check=True, capture_output=True, text=True).stdout


def aged(program: Path, folder: Path) -> tuple[Path, dict[str, str]]:
    """A copy of the program that asks old_processor_mask.c, and the environment that it needs."""
    segments = load_segments(objdump("-p", program))
    offsets = [file_offset(segments, address) for address in cpuid_addresses(objdump("-d", program))]
    if not offsets:
        raise ValueError(f"{program.name} asks the processor nothing: there is nothing to take away")
    copy, mask = folder / program.name, folder / "mask.so"
    copy.write_bytes(without_cpuid(program.read_bytes(), offsets))
    copy.chmod(0o755)
    source = Path(__file__).with_name("old_processor_mask.c")
    subprocess.run(["cc", "-O2", "-Wall", "-Wextra", "-shared", "-fPIC", "-o", mask, source], check=True)
    tunables = "glibc.cpu.hwcaps=" + ",".join(f"-{name}" for name in GLIBC_WITHOUT)
    return copy, {"LD_PRELOAD": str(mask), "GLIBC_TUNABLES": tunables}


def run_once(command: list[str], environment: dict[str, str], core: int) -> tuple[float, int, int]:
    """Seconds, peak kilobytes and the exit code of one run on one core."""
    start = time.monotonic()
    process = subprocess.Popen(command, env=os.environ | environment, stdout=subprocess.DEVNULL,
                               preexec_fn=lambda: os.sched_setaffinity(0, {core}))
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.monotonic() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    return seconds, usage.ru_maxrss, process.returncode


def main() -> int:
    parser = argparse.ArgumentParser(description="run a program as on one core without AVX, and say what it took")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--with-avx", action="store_true", help="leave the processor as it is: the figure to compare with")
    parser.add_argument("command", nargs="+")
    arguments = parser.parse_args()
    program = shutil.which(arguments.command[0])
    if program is None:
        print(f"old_processor: there is no program {arguments.command[0]}: make build", file=sys.stderr)
        return 2
    core = min(os.sched_getaffinity(0))
    with tempfile.TemporaryDirectory() as folder:
        environment: dict[str, str] = {}
        if not arguments.with_avx:
            aged_program, environment = aged(Path(program), Path(folder))
            program = str(aged_program)
        runs = [run_once([program, *arguments.command[1:]], environment, core) for _ in range(arguments.runs)]
    seconds = sorted(run[0] for run in runs)
    codes = {run[2] for run in runs}
    print(f"{'as it is' if arguments.with_avx else 'without AVX'}, one core, {len(runs)} runs: "
          f"median {statistics.median(seconds):.2f} s ({seconds[0]:.2f} to {seconds[-1]:.2f}), "
          f"peak {max(run[1] for run in runs) / 1024:.0f} MB, exit {', '.join(map(str, sorted(codes)))}")
    return 0 if codes <= {0, 1, 3} else 2


if __name__ == "__main__":
    sys.exit(main())
