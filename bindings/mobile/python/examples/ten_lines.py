import os

import chipid

keys = chipid.Keys.can(os.environ["CHIPID_TEST_CAN"])
document = chipid.Reading(keys).run_on_reader(os.environ["CHIPID_TEST_READER"], wait=30)
trust = chipid.Trust()
trust.add_file(os.environ["CHIPID_TEST_CSCA"], chipid.Anchor.IDENTITY_CARDS)
verdict = chipid.Policy.built_in("document-only").decide(chipid.Assessment(document, trust))
print(verdict.answer.value, *(ground.code for ground in verdict.grounds))
