"""Does with a program for another system what a person does with it, under an emulator: each check by its outcome."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MODELS = ROOT / "models" / "files"
# Folders of people are called so.
NAME = "Nguyễn Thị Mẫu (thử)"


class Program:
    """The program, behind its emulator, in a folder where it has nothing but what it is given."""

    def __init__(self, program, emulator):
        self.command = [str(emulator.runner), str(program)]
        self.emulator = emulator
        self.folder = emulator.folder / NAME
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True)
        self.environment = dict(emulator.environment)
        for name in ("CHIPID_HOME", "CHIPID_MODELS", "NO_COLOR"):
            self.environment.pop(name, None)

    def run(self, *arguments, given=b"", **environment):
        ran = subprocess.run(
            [*self.command, *map(str, arguments)], input=given, capture_output=True, cwd=self.folder,
            env={**self.environment, **environment}, timeout=600,
        )
        # Bytes that are no UTF-8 end the check here.
        return ran.returncode, ran.stdout.decode("utf-8"), ran.stderr.decode("utf-8")

    def expect(self, code, *arguments, **more):
        found, out, err = self.run(*arguments, **more)
        assert "panicked" not in err, err
        assert found == code, f"exit {found}, not {code}: {err or out}"
        return out, err

    def json(self, code, *arguments, **more):
        return json.loads(self.expect(code, *arguments, "--json", **more)[0])


def run(program, emulator, compiler):
    checks = Checks(Program(program, emulator), compiler)
    failed = 0
    for name in [name for name in dir(checks) if name.startswith("check_")]:
        words = name.removeprefix("check_").split("_", 1)[1].replace("_", " ")
        try:
            note = getattr(checks, name)() or ""
            print(f"ok      {words}{': ' + note if note else ''}", flush=True)
        except (AssertionError, ValueError, KeyError, OSError, subprocess.TimeoutExpired) as trouble:
            failed += 1
            print(f"FAILED  {words}: {trouble}", flush=True)
    if failed:
        sys.exit(f"{failed} of the program's checks failed")


class Checks:
    def __init__(self, program, compiler):
        self.program, self.compiler = program, compiler
        self.windows = program.emulator.windows

    def check_01_it_says_its_version(self):
        out, _ = self.program.expect(0, "--version")
        assert out.startswith("chipid "), out
        return out.strip()

    def check_02_vietnamese_comes_out_as_utf_8(self):
        out, _ = self.program.expect(0, "--lang", "vi", "--help")
        assert "Đọc chip" in out, out
        _, err = self.program.expect(2, "verify", "--lang", "vi", "--card", "không có")
        assert "không có thẻ ảo nào tên không có" in err, err

    def check_03_the_data_folder_is_the_systems(self):
        _, out, _ = self.program.run("models", "check")
        folder = out.splitlines()[0]
        if self.windows:
            assert folder.startswith("C:\\users\\") and folder.endswith("\\AppData\\Local\\chipid\\models"), folder
        self.models = self.program.emulator.path(folder)
        shutil.copytree(MODELS, self.models, dirs_exist_ok=True)
        self.program.expect(0, "models", "check")
        return folder

    def check_04_the_demo_accepts(self):
        out, _ = self.program.expect(0, "demo")
        assert "A C C E P T" in out, out
        return next(line.strip() for line in out.splitlines() if "APDU" in line)

    def check_05_the_right_face_is_accepted_and_another_rejected(self):
        card = self.card("demo")
        verify = ["verify", "--card", "demo", "--policy", "demo", "--trust", card["csca"], "--live"]
        right = self.program.json(0, *verify, self.seen(self.models / "obama2.jpg"))
        wrong = self.program.json(1, *verify, self.seen(self.models / "biden.jpg"))
        assert right["verdict"] == "accept" and wrong["verdict"] == "reject", (right["verdict"], wrong["verdict"])
        grounds = [ground["code"] for ground in wrong["grounds"] if ground["severity"] == "fatal"]
        assert grounds == ["face_mismatch"], grounds
        similarity = [answer["checks"]["face"]["similarity"] for answer in (right, wrong)]
        return f"similarity {similarity[0]:.3f} and {similarity[1]:.3f}"

    def check_06_without_an_anchor_it_is_undecided(self):
        assert self.program.json(3, "verify", "--card", "demo")["verdict"] == "undecided"

    def check_07_keys_come_through_pipes_as_this_system_writes_them(self):
        can = self.card("vn-2021")["can"].encode()
        for given in (can + b"\r\n", b"\xef\xbb\xbf" + can + b"\r\n", can):
            self.program.json(0, "read", "--card", "vn-2021", "--can", "-", given=given)
        zone = self.card("vn-2021")["mrz"].replace("\n", "\r\n")
        for name, coding in (("vùng.txt", "utf-8-sig"), ("vùng 16.txt", "utf-16")):
            (self.program.folder / name).write_bytes(zone.encode(coding))
            self.program.json(0, "read", "--card", "vn-2021", "--mrz", f"@{name}")
        qr = self.card("vn-2021")["qr"]
        self.program.json(0, "read", "--card", "vn-2021", "--qr", "-", given=(qr + "\r\n").encode())
        self.program.json(0, "read", "--card", "vn-2021", "--qr", qr)

    def check_08_folders_have_blanks_and_vietnamese_letters(self):
        card = f"thẻ của {NAME}"
        self.program.expect(0, "card", "new", card, "--profile", "vn-2024")
        can = self.card("vn-2024")["can"]
        self.program.json(0, "read", "--card", card, "--can", can, "--out", "tệp đã đọc")
        assert (self.program.folder / "tệp đã đọc" / "EF_SOD.bin").is_file()
        csca = str(Path(card) / "csca.der")
        self.program.json(3, "verify", "--files", "tệp đã đọc", "--trust-id", csca)
        if self.windows:
            self.program.json(3, "verify", "--files", ".\\tệp đã đọc", "--trust-id", f"{card}\\csca.der")

    def check_09_paths_longer_than_260_characters(self):
        deep = Path(*["một thư mục có tên dài hơn mọi thư mục khác"] * 7)
        self.program.expect(0, "read", "--card", "vn-2021", "--out", deep)
        assert (self.program.folder / deep / "DG1.bin").is_file()
        return f"{len(str(self.program.folder / deep))} characters"

    def check_10_a_list_as_spreadsheets_of_windows_write_it(self):
        self.program.expect(0, "read", "--card", "vn-2021", "--out", "khách/a")
        files = "khách\\a" if self.windows else "khách/a"
        rows = f"files;number;name;birth\r\n{files};001090000017;Lê Thử Nghiệm;15/03/1990\r\n"
        (self.program.folder / "danh sách.csv").write_bytes(rows.encode("utf-8-sig"))
        row = self.program.json(0, "customers", "danh sách.csv", "--trust-id", self.card("vn-2021")["csca"])
        assert (row["outcome"], row["trouble"], row["line"]) == ("same", [], 2), row

    def check_11_no_reader_is_an_error_with_a_next_step(self):
        _, err = self.program.expect(2, "readers", "--lang", "en")
        lines = err.strip().splitlines()
        assert len(lines) == 2 and lines[0].startswith("error: ") and lines[1].startswith("hint: "), err
        if self.windows:
            assert "net start SCardSvr" in err and "sudo" not in err and "pcscd" not in err, err
        return lines[0]

    def check_12_the_doctor_says_why_no_card_can_be_read(self):
        answer = self.program.json(1, "doctor")
        first = "service_not_running" if self.windows else "program_without_readers"
        assert (answer["first"], answer["system"]) == (first, "windows" if self.windows else "linux"), answer
        return first

    def check_13_a_c_program_finds_misuse_refused(self):
        program = self.c_program(ROOT / "bindings/c/tests/programs/misuse.c")
        ran = self.other(program)
        assert (ran.returncode, ran.stdout.split()) == (0, [b"refused"]), ran

    def check_14_the_c_program_of_the_guide_judges_saved_files(self):
        text = (ROOT / "docs/guides/c.md").read_text(encoding="utf-8")
        source = self.program.folder / "guide.c"
        source.write_text(text.split("```c\n", 1)[1].split("```", 1)[0], encoding="utf-8")
        self.program.expect(0, "read", "--card", "vn-2021", "--out", "saved")
        ran = self.other(self.c_program(source), "saved", self.card("vn-2021")["csca"])
        assert ran.returncode == 3, ran
        assert json.loads(ran.stdout)["checks"]["passive_authentication"]["status"] == "passed", ran.stdout

    def c_program(self, source):
        """Compiled against the shared library, which lies beside it as an application's would."""
        folder = Path(self.program.command[1]).parent
        program = self.program.emulator.folder / (source.stem + (".exe" if self.windows else ""))
        library = "chipid_c.dll" if self.windows else "libchipid_c.so"
        shutil.copy(folder / library, program.parent)
        subprocess.run(
            [self.compiler, "-Wall", "-Wextra", "-Werror", "-std=c11", "-DCHIPID_PCSC", "-I", ROOT / "bindings/c/include",
             source, "-L", folder, "-lchipid_c", "-Wl,-rpath,$ORIGIN", "-o", program], check=True,
        )
        return program

    def other(self, program, *arguments):
        return subprocess.run(
            [self.program.command[0], str(program), *arguments], capture_output=True, stdin=subprocess.DEVNULL,
            cwd=self.program.folder, env=self.program.environment, timeout=600,
        )

    def card(self, name):
        cards = self.program.json(0, "card", "list")
        return next(card for card in cards if card["name"] == name)

    def seen(self, path):
        """A path of this system as the program sees it."""
        return self.program.emulator.seen(path)
