"""One case, carried out through the public surface of the package."""

import asyncio
import datetime
import json
import pathlib
import tempfile

import carrier
import chipid

UTC = datetime.timezone.utc
KNOWN = {
    "id", "card", "only", "challenge", "limits", "resumes", "throw_at", "cancel_after", "folder", "save", "challenged_with", "at",
    "models", "models_bytes", "capture", "live", "frame", "liveness", "vendor_comparison", "confirmation", "attempts", "policy", "policy_file", "fields",
}
KNOWN_BEGINNINGS = ("key.", "fail.", "file.", "trust.", "compare.", "typed.")


class Unsupported(Exception):
    """What this member cannot do."""


class Member:
    """Carries cases out; models are kept from one to the next."""

    def __init__(self, port, through_asyncio):
        self.port, self.through_asyncio = port, through_asyncio
        self.loaded = None

    def carry_out(self, case):
        lines = [("id", case.first("id"))]
        try:
            unknown = [key for key, _ in case.lines if key not in KNOWN and not key.startswith(KNOWN_BEGINNINGS)]
            if unknown:
                raise Unsupported(unknown[0])
            return lines + Done(self, case).lines()
        except Unsupported as why:
            return lines + [("unsupported", why)]
        except chipid.ChipidError as error:
            return lines + told(error)
        except Exception as error:  # A fault of this member, or of the package: it is to be seen, and the next case to be tried.
            return lines + [("unsupported", f"{type(error).__name__}: {error}")]

    def faces(self, folder, from_bytes):
        if self.loaded is None or self.loaded[0] != (folder, from_bytes):
            self.loaded = ((folder, from_bytes), load(folder, from_bytes))
        return self.loaded[1]


def load(folder, from_bytes):
    if not from_bytes:
        return chipid.Faces.load(folder)
    names = ("face_detection_yunet_2023mar.onnx", "face_recognition_sface_2021dec_int8bq.onnx")
    return chipid.Faces.load_bytes(*(pathlib.Path(folder, name).read_bytes() for name in names))


class Done:
    """What a case came to."""

    def __init__(self, member, case):
        self.member, self.case = member, case
        self.document = self.assessment = self.images = self.faces = self.verdict = self.policy = self.apdus = None
        self.keys = next((keys(*pair) for pair in case.beginning("key.")), None)
        self.read()
        self.assess()
        self.compare_faces()
        if self.assessment:
            self.add_answers()
        self.decide()

    def read(self):
        case = self.case
        files = case.beginning("file.")
        if "card" in case:
            self.document = self.from_card()
        elif "folder" in case:
            self.document = chipid.Document.load(case.first("folder"))
        elif files:
            self.document = chipid.Document()
            for identifier, path in files:
                self.document.add(int(identifier, 16), bytes_of(path))
        if "save" in case:
            with tempfile.TemporaryDirectory() as folder:
                self.document.save(f"{folder}/document")
                self.document = chipid.Document.load(f"{folder}/document")
        if "challenged_with" in case:
            self.document.challenged_with(hexadecimal(case.first("challenged_with")))

    def from_card(self):
        case, cancel = self.case, chipid.Cancel()
        carry = carrier.Carrier(self.member.port, case.first("card"), case, cancel)
        groups, challenge, limits = case.first("only"), case.first("challenge"), case.first("limits")
        reading = chipid.Reading(
            self.keys,
            only=None if groups is None else [int(group) for group in groups.split(",")],
            challenge=None if challenge is None else hexadecimal(challenge),
            limits=None if limits is None else tuple(int(limit) for limit in limits.split(",")),
        )
        resumes = int(case.first("resumes", "0"))
        try:
            while True:
                try:
                    return self.run(reading, carry, cancel)
                except chipid.ChipidError as error:
                    if error.code == chipid.ErrorCode.CANCELLED or not 1000 <= error.code < 2000 or resumes == 0:
                        raise
                    resumes -= 1
        finally:
            self.apdus = carry.asked
            carry.close()

    def run(self, reading, carry, cancel):
        if not self.member.through_asyncio:
            return reading.run(carry, cancel=cancel)
        return asyncio.run(read_in_a_task(reading, carry, cancel))

    def assess(self):
        case = self.case
        anchors = case.beginning("trust.")
        if self.document is None or not (anchors or "policy" in case or "policy_file" in case):
            return
        trust = chipid.Trust()
        for kind, path in anchors:
            trust.add(bytes_of(path), path, chipid.Anchor[kind.upper()])
        at = case.first("at")
        self.assessment = chipid.Assessment(self.document, trust, at=None if at is None else int(at))
        for pair in case.beginning("compare."):
            self.assessment.compare_keys(keys(*pair))
        typed = dict(case.beginning("typed."))
        if "birth" in typed:
            typed["birth"] = int(typed["birth"])
        if typed:
            self.assessment.compare_typed(**typed)

    def compare_faces(self):
        case = self.case
        if "models" in case:
            self.faces = self.member.faces(case.first("models"), "models_bytes" in case)
        images, added = chipid.LiveImages(capture(case.first("capture", "file"))), 0
        for key, value in case.lines:
            if key == "live":
                images.add_file(bytes_of(value))
                added += 1
            elif key == "frame":
                add_frame(images, value)
                added += 1
        self.images = images
        self.any_image = bool(added)
        if self.faces is not None and self.assessment is not None:
            self.assessment.compare_face(self.faces, images)

    def add_answers(self):
        case, assessment = self.case, self.assessment
        looked_at = {"same": self.images.digests, "other": (bytes(32),)}
        if "liveness" in case:
            result, source, at, which = case.first("liveness").split(",")
            assessment.add_liveness(
                chipid.Liveness(
                    result=chipid.LivenessResult[result.upper()], capture=capture(source), at=moment(at), vendor="Invented",
                    version="1.0", basis="invented report 1", images=looked_at[which],
                )
            )
        if "vendor_comparison" in case:
            result, source, at, portrait, which = case.first("vendor_comparison").split(",")
            own = assessment.portrait_digest or bytes(32)
            assessment.add_vendor_comparison(
                chipid.VendorComparison(
                    result=chipid.VendorMatch[result.upper()], vendor="Invented Vendor", version="4.1", certificate="invented report 7",
                    capture=capture(source), at=moment(at), portrait=own if portrait == "own" else bytes(32), images=looked_at[which],
                )
            )
        if "confirmation" in case:
            request = assessment.confirmation_request()
            assessment.add_confirmation(request, confirmation(request, case.first("confirmation")))
        if "attempts" in case:
            made, failed, seconds = (int(part) for part in case.first("attempts").split(","))
            assessment.set_attempts(made=made, failed_before=failed, session=datetime.timedelta(seconds=seconds))

    def decide(self):
        case = self.case
        if "policy" in case:
            self.policy = chipid.Policy.built_in(case.first("policy"))
        elif "policy_file" in case:
            self.policy = chipid.Policy.from_toml(bytes_of(case.first("policy_file")))
        if self.policy is not None and self.assessment is not None:
            self.verdict = self.policy.decide(self.assessment)

    def lines(self):
        lines = []
        if self.verdict is not None:
            wanted = [field for field in self.case.first("fields", "").split(",") if field]
            lines += of_verdict(self.verdict, wanted)
        if self.assessment is not None:
            lines.append(("portrait.length", len(self.assessment.portrait or b"")))
        if self.apdus is not None:
            lines.append(("apdus", self.apdus))
        if self.verdict is None:
            if self.document is None and self.any_image:
                lines += [("image", digest.hex()) for digest in self.images.digests]
            lines.append((self.last_made(), "ok"))
        return lines

    def last_made(self):
        made = (
            ("assessment", self.assessment), ("policy", self.policy), ("images", self.any_image or None), ("models", self.faces),
            ("document", self.document), ("keys", self.keys),
        )
        return next((name for name, value in made if value is not None), "nothing")


async def read_in_a_task(reading, carry, cancel):
    """Reads with a transmit that is awaited. What cancels is the task's own cancellation."""

    async def transmit(command):
        if cancel.cancelled:
            asyncio.current_task().cancel()
            await asyncio.sleep(0)
        return await asyncio.to_thread(carry, command)

    try:
        return await reading.read(transmit)
    except asyncio.CancelledError:
        raise chipid.ChipidError(chipid.ErrorCode.CANCELLED, "the task was cancelled") from None


def of_verdict(verdict, wanted):
    lines = [("verdict", verdict.answer.value)]
    lines += [("ground", f"{ground.code}|{ground.severity.value}|{ground.file or '-'}") for ground in verdict.grounds]
    lines += [(f"check.{name}", f"{check.status.value}|{check.reason or '-'}") for name, check in verdict.checks.items()]
    holder = verdict.holder(*wanted)
    if holder is not None:
        lines.append(("holder.trust", holder.trust))
        lines += [(f"holder.{name}", field.value) for name, field in holder.fields.items() if field.value is not None]
        lines += [(f"holder.missing.{name}", field.missing) for name, field in holder.fields.items() if field.missing]
    lines += [("difference", f"{difference.subject}|{difference.code}") for difference in verdict.differences(*wanted)]
    similarity = verdict.face_similarity
    if similarity is not None:
        lines.append(("face.similarity", f"{similarity:.10g}"))
    # The report says the same as the typed fields.
    assert json.loads(verdict.json(*wanted))["verdict"] == verdict.answer.value
    return lines


def told(error):
    facts = [("error.code", error.code), ("error.file", error.file), ("error.offset", error.offset)]
    facts.append(("error.status_word", None if error.status_word is None else f"{error.status_word:04X}"))
    facts.append(("error.tries_left", error.tries_left))
    return [(key, value) for key, value in facts if value is not None]


def keys(kind, value):
    if kind == "qr_file":
        return chipid.Keys.qr(bytes_of(value))
    if kind == "document":
        return chipid.Keys.document(*value.split(",", 2))
    if kind == "number_and_days":
        digits, birth, issued = value.split(",", 2)
        return chipid.Keys.number_and_days(digits, int(birth), int(issued))
    if kind not in ("can", "pin", "puk", "mrz", "qr", "number"):
        raise Unsupported(f"key.{kind}")
    return getattr(chipid.Keys, kind)(value.encode())


def capture(name):
    return chipid.Capture[name.upper()]


def moment(seconds):
    return datetime.datetime.fromtimestamp(int(seconds), UTC)


def add_frame(images, text):
    form, width, height, rotation, path = text.split(",", 4)
    width, height, rotation, data = int(width), int(height), int(rotation), bytes_of(path)
    luminance, quarter = width * height, (width // 2) * (height // 2)
    if form in ("rgb", "bgra"):
        {"rgb": images.add_rgb, "bgra": images.add_bgra}[form](width, height, data, rotation=rotation)
    elif form == "nv21":
        images.add_nv21(width, height, data[:luminance], data[luminance:], rotation=rotation)
    elif form == "yuv420":
        u, v = data[luminance:luminance + quarter], data[luminance + quarter:]
        images.add_yuv420(width, height, data[:luminance], u, v, rotation=rotation)
    else:
        raise Unsupported(f"frame {form}")


def confirmation(request, text):
    outcome, *rest = text.split(",")
    if not rest:
        return chipid.Unreachable[outcome.upper()]
    at, bound = rest
    return chipid.ConfirmationAnswer(
        confirmed={"confirmed": True, "denied": False}[outcome],
        service="Invented Service",
        number="000000000000" if bound == "number" else request.number.decode(),
        signer_sha256=bytes(32) if bound == "signer" else request.signer_sha256,
        nonce=bytes(16) if bound == "nonce" else request.nonce,
        answered_at=moment(at),
    )


def hexadecimal(text):
    try:
        return bytes.fromhex(text)
    except ValueError:
        return b""


def bytes_of(path):
    return pathlib.Path(path).read_bytes()
