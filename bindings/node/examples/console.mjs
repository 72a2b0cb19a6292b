// Reads a card on a reader of this machine and says whether it is genuine:
//
//   CHIPID_CAN=000017 node console.mjs csca.der [part of the reader's name]
//
// The CAN does not stand on the command line, where other users of the machine would see it. Ctrl-C ends the reading.

import { readFile } from 'node:fs/promises';
import { Assessment, ChipidError, ErrorCode, Keys, Policy, Reading, Trust } from 'chipid';

const [csca, name] = process.argv.slice(2);
if (csca === undefined || process.env.CHIPID_CAN === undefined) {
  console.error('usage: CHIPID_CAN=digits node console.mjs CSCA [READER]');
  process.exit(64);
}

const stop = new AbortController();
process.once('SIGINT', () => stop.abort());

const trust = new Trust();
await trust.add(await readFile(csca), { name: csca, kind: 'identity_cards' });
const can = new TextEncoder().encode(process.env.CHIPID_CAN);
const keys = Keys.can(can);
can.fill(0);
const reading = new Reading(keys);
keys.close();

let document;
for (let tries = 3; document === undefined; tries -= 1) {
  const run = reading.runOnReader({ ...(name && { name }), waitMs: 30_000, signal: stop.signal });
  try {
    for await (const { phase, file, bytesDone } of run) console.error(`${file ?? phase}: ${bytesDone} bytes`);
    document = await run;
  } catch (error) {
    if (!(error instanceof ChipidError)) throw error;
    // A card that was taken away too early goes on where it was.
    const again = error.code === ErrorCode.CARD_REMOVED && tries > 1;
    console.error(again ? 'Put the card back, please.' : `${error.code} ${error.message}`);
    if (!again) process.exit(2);
  }
}
reading.close();

const verdict = Policy.builtIn('document-only').decide(await Assessment.of(document, trust));
console.log(verdict.answer);
for (const { severity, code, file } of verdict.grounds) console.log(`${severity}: ${code}${file ? ` (${file})` : ''}`);
process.exitCode = { accept: 0, reject: 1, undecided: 3 }[verdict.answer];
