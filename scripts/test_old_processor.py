"""Tests of old_processor.py: what it finds in a program, and that a program sees no AVX under it."""

import platform
import shutil
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
import old_processor  # noqa: E402

DISASSEMBLY = """
  98e163:\txor    %ecx,%ecx
  98e165:\tcpuid
  98e167:\tmov    %ebx,%esi
  98e18a:\tcpuid
"""
HEADERS = """
    LOAD off    0x0000000000000000 vaddr 0x0000000000000000 paddr 0x0000000000000000 align 2**12
         filesz 0x0000000000001000 memsz 0x0000000000001000 flags r--
    LOAD off    0x0000000000002000 vaddr 0x0000000000402000 paddr 0x0000000000402000 align 2**12
         filesz 0x0000000000000100 memsz 0x0000000000000200 flags r-x
"""
PROGRAM = r"""
#include <cpuid.h>
#include <stdio.h>
int main(void) {
    unsigned a, b, c, d;
    __cpuid(1, a, b, c, d);
    printf("sse2 %d sse4.2 %d avx %d fma %d\n", d >> 26 & 1, c >> 20 & 1, c >> 28 & 1, c >> 12 & 1);
    __cpuid_count(7, 0, a, b, c, d);
    printf("leaf 7: %u %u %u\n", b, c, d);
}
"""


class Found(unittest.TestCase):
    def test_instructions_and_places(self):
        self.assertEqual(old_processor.cpuid_addresses(DISASSEMBLY), [0x98E165, 0x98E18A])
        segments = old_processor.load_segments(HEADERS)
        self.assertEqual(old_processor.file_offset(segments, 0x402010), 0x2010)
        with self.assertRaises(ValueError):
            old_processor.file_offset(segments, 0x402100)

    def test_only_a_cpuid_is_replaced(self):
        self.assertEqual(old_processor.without_cpuid(b"\x90\x0f\xa2\x90", [1]), b"\x90\x0f\x04\x90")
        with self.assertRaises(ValueError):
            old_processor.without_cpuid(b"\x90\x0f\xa2\x90", [0])


@unittest.skipUnless(platform.machine() == "x86_64" and sys.platform == "linux", "needs x86_64 Linux")
@unittest.skipUnless(shutil.which("cc") and shutil.which("objdump"), "needs cc and objdump")
class Run(unittest.TestCase):
    def test_program_sees_an_old_processor(self):
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            program = folder / "asks"
            subprocess.run(["cc", "-x", "c", "-o", program, "-"], input=PROGRAM, text=True, check=True)
            copy_in = folder / "copy"
            copy_in.mkdir()
            copy, environment = old_processor.aged(program, copy_in)
            said = subprocess.run([copy], env=environment, capture_output=True, text=True, check=True).stdout
        self.assertIn("sse2 1", said)
        self.assertIn("avx 0 fma 0", said)
        self.assertIn("leaf 7: 0 0 0", said)


if __name__ == "__main__":
    unittest.main()
