"""The verdict and what it says."""

import datetime
import json
import tempfile
import time
import unittest

import cards
import chipid


class Verdict(cards.Case):
    def decided(self, name="vn", policy="data-cleaning", **how):
        return chipid.Policy.built_in(policy).decide(cards.assessed(name, **how))

    def test_answers(self):
        for name, answer in (("vn", "ACCEPT"), ("vn-test", "UNDECIDED"), ("vn-wrong-data", "REJECT"), ("vn-clone", "REJECT")):
            self.assertIs(self.decided(name).answer, chipid.Answer[answer], name)

    def test_an_answer_is_neither_true_nor_false(self):
        verdict = self.decided()
        for thing in (verdict, verdict.answer, self.decided("vn-clone").answer):
            with self.assertRaises(TypeError):
                bool(thing)

    def test_fields_and_json_say_the_same(self):
        for name in ("vn", "vn-test", "vn-wrong-data", "passport"):
            verdict = self.decided(name, "reading-only", at=cards.AT)
            report = json.loads(verdict.json())
            self.assertEqual(report["verdict"], verdict.answer.value)
            self.assertEqual(report["time"]["source"], "given")
            found = json.loads(cards.assessed(name, at=cards.AT).json())
            self.assertNotIn("verdict", found)
            self.assertEqual(found["checks"]["passive_authentication"], report["checks"]["passive_authentication"])
            grounds = [[g.code, g.severity.value, g.file, g.detail] for g in verdict.grounds]
            self.assertEqual(grounds, [[g["code"], g["severity"], g["file"], g["detail"]] for g in report["grounds"]])
            checks = {name: (check.status.value, check.reason) for name, check in verdict.checks.items()}
            self.assertEqual(checks, {name: (c["status"], c["reason"]) for name, c in report["checks"].items()})
            holder = verdict.holder()
            if report["holder"] is None:
                self.assertIsNone(holder)
                continue
            said = {name: value for name, value in report["holder"].items() if name not in ("trust", "missing", "derived")}
            self.assertEqual({name: field.value for name, field in holder.fields.items()}, said)
            self.assertEqual({name: f.missing for name, f in holder.fields.items() if f.missing}, report["holder"].get("missing", {}))

    def test_sensitive_fields_are_given_only_when_asked_for(self):
        verdict = self.decided()
        self.assertNotIn("religion", verdict.holder().fields)
        self.assertEqual(list(verdict.holder("religion", "name").fields), ["name", "religion"])
        self.assertNotIn("religion", verdict.json())

    def test_nothing_of_the_holder_is_shown(self):
        assessment = cards.assessed()
        assessment.compare_typed(name="Trần Văn Mẫu", number="038153004126")
        verdict = chipid.Policy.built_in("counter").decide(assessment)
        holder = verdict.holder()
        name, number = holder["name"], holder["personal_number"]
        differences = verdict.differences()
        self.assertEqual({difference.subject for difference in differences}, {"name", "number"})
        self.assertEqual(differences[0].first.value, {"name": name, "number": number}[differences[0].subject])
        shown = "".join(map(repr, (verdict, verdict.grounds, verdict.checks, holder, holder.fields, differences, assessment)))
        for secret in (name, number, "Trần Văn Mẫu", "038153004126"):
            self.assertNotIn(secret, shown)

    def test_what_is_empty_agrees_with_nobody_and_what_is_not_given_is_not_compared(self):
        for given, subjects in (
            ({"name": ""}, {"name"}),
            ({"number": b""}, {"number"}),
            ({"birth": datetime.date(1990, 3, 16)}, {"birth"}),
            ({"birth": 19900315, "name": "Lê Thử Nghiệm", "number": cards.CARDS["vn"]["number"]}, set()),
        ):
            assessment = cards.assessed()
            assessment.compare_typed(**given)
            differences = chipid.Policy.built_in("counter").decide(assessment).differences()
            self.assertEqual({difference.subject for difference in differences}, subjects, given)
        self.refused(chipid.ErrorCode.UNKNOWN_VALUE, cards.assessed().compare_typed, birth=19901332)
        for nothing in ({}, {"name": None, "number": None, "birth": None}):
            self.refused(chipid.ErrorCode.NULL_ARGUMENT, cards.assessed().compare_typed, **nothing)

    def test_keys_of_another_are_noticed(self):
        assessment = cards.assessed()
        with chipid.Keys.number(cards.CARDS["vn-other"]["number"]) as keys:
            assessment.compare_keys(keys)
        self.assertEqual([d.subject for d in chipid.Policy.built_in("counter").decide(assessment).differences()], ["number"])

    def test_a_portrait_is_given_where_its_issuer_is_verified(self):
        self.assertTrue(cards.assessed().portrait.startswith(b"\xff\xd8"))
        self.assertIsNone(chipid.Assessment(cards.saved(), chipid.Trust()).portrait)

    def test_a_policy_of_one_s_own(self):
        policy = chipid.Policy.from_toml('name = "own"\nrequires = ["passive_authentication"]\n')
        assessment = chipid.Assessment(cards.reading().run(cards.Card("vn")), cards.trust())
        self.assertIs(policy.decide(assessment).answer, chipid.Answer.ACCEPT)
        again = chipid.Policy.from_toml(b'name = "own"\nrequires = ["passive_authentication", "face"]\n')
        self.assertIs(again.decide(assessment).answer, chipid.Answer.UNDECIDED)
        for kind in (bytearray, memoryview):
            chipid.Policy.from_toml(kind(b'name = "own"\nrequires = ["passive_authentication"]\n')).close()
        self.refused(chipid.ErrorCode.NOT_TEXT, chipid.Policy.from_toml, b"\xff")
        self.refused(chipid.ErrorCode.POLICY_UNKNOWN, chipid.Policy.built_in, "none of them")
        self.refused(chipid.ErrorCode.POLICY_MALFORMED, chipid.Policy.from_toml, "=")


class Files(cards.Case):
    def test_a_document_is_put_together_and_saved(self):
        read, made = cards.saved(), chipid.Document()
        for file in chipid.File:
            data = read.danger_unverified_file(file)
            if data is not None:
                made.add(file, bytearray(data))
        self.refused(chipid.ErrorCode.FOREIGN_HANDLE, read.add, chipid.File.DG1, b"")
        with tempfile.TemporaryDirectory() as folder:
            made.save(f"{folder}/000000000000")
            error = self.refused(chipid.ErrorCode.FOLDER_TAKEN, made.save, f"{folder}/000000000000")
            self.assertNotIn("000000000000", str(error))
            again = chipid.Document.load(f"{folder}/000000000000")
            error = self.refused(chipid.ErrorCode.NO_DOCUMENT_FILES, chipid.Document.load, folder)
        self.assertEqual(again.danger_unverified_file(0x011D), read.danger_unverified_file(0x011D))
        verdict = chipid.Policy.built_in("reading-only").decide(chipid.Assessment(again, cards.trust()))
        self.assertIs(verdict.checks["passive_authentication"].status, chipid.CheckStatus.PASSED)

    def test_evidence_goes_out_of_a_document_and_into_another(self):
        read, made = cards.saved(), chipid.Document()
        self.refused(chipid.ErrorCode.FOREIGN_HANDLE, read.add_active_authentication, read.active_authentication)
        self.assertIsNone(made.active_authentication)
        made.add_active_authentication(read.active_authentication)
        made.add(chipid.File.EF_SOD, read.danger_unverified_file(chipid.File.EF_SOD))
        self.assertEqual(made.active_authentication, read.active_authentication)
        broken = chipid.ActiveAuthentication(b"short", b"")
        self.refused(chipid.ErrorCode.UNKNOWN_VALUE, made.add_active_authentication, broken)

    def test_a_challenge_that_was_kept_is_believed(self):
        challenge = bytes(range(8))
        document = cards.reading(challenge=challenge).run(cards.Card("vn"))
        document.challenged_with(challenge)
        self.refused(chipid.ErrorCode.UNKNOWN_VALUE, document.challenged_with, b"")


class Confirmation(cards.Case):
    def test_a_confirmation_bound_to_its_request_counts(self):
        assessment = cards.assessed()
        request = assessment.confirmation_request(nonce=bytes(range(16)), consent="consent 1")
        self.assertEqual((request.nonce, request.number.decode()), (bytes(range(16)), cards.CARDS["vn"]["number"]))
        self.assertTrue(request.document_signer_pem.startswith("-----BEGIN CERTIFICATE-----"))
        self.assertEqual(request.digest_algorithm, "sha-256")
        self.assertEqual({digest.status for digest in request.digests}, {"match"})
        self.assertLess(abs(request.made_at.timestamp() - time.time()), 60)
        self.assertEqual(request.file(chipid.File.EF_SOD), cards.saved().danger_unverified_file(chipid.File.EF_SOD))
        self.assertIsNone(request.file(chipid.File.DG3))
        answer = chipid.ConfirmationAnswer(
            confirmed=False, service="Invented Service", number=request.number.decode(), signer_sha256=request.signer_sha256,
            nonce=request.nonce, answered_at=request.made_at,
        )
        self.assertNotIn(answer.number, repr(answer))
        assessment.add_confirmation(request, answer)
        self.refused(chipid.ErrorCode.FOREIGN_HANDLE, assessment.add_confirmation, request, answer)
        self.refused(chipid.ErrorCode.FOREIGN_HANDLE, lambda: request.nonce)
        verdict = chipid.Policy.built_in("reading-only").decide(assessment)
        self.assertIs(verdict.checks["online"].status, chipid.CheckStatus.FAILED)

    def test_a_service_that_does_not_answer(self):
        for why in chipid.Unreachable:
            assessment = cards.assessed()
            assessment.add_confirmation(assessment.confirmation_request(), why)
            check = chipid.Policy.built_in("reading-only").decide(assessment).checks["online"]
            self.assertIs(check.status, chipid.CheckStatus.NOT_PERFORMED)

    def test_an_unproven_document_is_not_asked_about(self):
        self.refused(chipid.ErrorCode.DOCUMENT_NOT_PROVEN, cards.assessed("vn-wrong-data").confirmation_request)

    def test_signatures_of_a_service(self):
        self.assertFalse(chipid.is_signed_by(b"no certificate", b"answer", b"signature"))


if __name__ == "__main__":
    unittest.main()
