import { readFile } from 'node:fs/promises';
import { Assessment, Keys, Policy, Reading, Trust } from 'chipid';

const can = new TextEncoder().encode(process.env.CHIPID_TEST_CAN);
const keys = Keys.can(can);
can.fill(0);
const trust = new Trust();
await trust.add(await readFile(process.env.CHIPID_TEST_CSCA), { name: 'csca.der', kind: 'identity_cards' });
const document = await new Reading(keys).runOnReader({ name: process.env.CHIPID_TEST_READER, waitMs: 10_000 });
const verdict = Policy.builtIn('document-only').decide(await Assessment.of(document, trust));
console.log(verdict.answer, verdict.holder(['name'])?.name, verdict.grounds.map(({ code }) => code));
