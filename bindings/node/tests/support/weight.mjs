// What hangs on objects is known to the garbage collector: when it comes to be, and when it goes. Run with --expose-gc.

import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { Assessment, Document, Faces, LiveImages, Reading, TransportError } from 'chipid';
import { assessed, canOf, cleaning, models, photograph, served, told, trustIn } from './world.mjs';

const { alive } = createRequire(import.meta.url)(join(process.env.CHIPID_NODE_OUT, 'package/lib/native.cjs'));
const turn = () => new Promise((resolve) => setTimeout(resolve, 5));

/** What the collector was told of when everything is gone that nobody has: process.memoryUsage() does not say, it counts array buffers alone. */
async function quiet() {
  for (let again = 0; again < 8; again += 1) {
    globalThis.gc();
    await turn();
  }
  return alive().bytes;
}

/** What an object adds, and takes away again: when it is closed, once, or when it is collected. */
async function weighs(what, least, make) {
  const before = await quiet();
  const made = await make();
  const weight = alive().bytes - before;
  assert.ok(weight >= least && weight < least * 2 + 2048, `${what} weighs ${weight}`);
  for (let twice = 0; twice < 2; twice += 1) {
    made.close();
    assert.equal(await quiet(), before, `${what} was closed`);
  }
  await (async () => { await make(); })();
  assert.equal(await quiet(), before, `${what} was left alone`);
}

const empty = new Uint8Array(250_000);
const full = (document) => [1, 2, 3].reduce((filled, group) => filled.add(0x0100 + group, empty), document);
const trust = await trustIn('vn');
const length = (document) => [0x011e, 0x011d, ...Array.from({ length: 16 }, (_, at) => 0x0101 + at)]
  .reduce((sum, file) => sum + (document.unverifiedFile(file)?.length ?? 0), 0);
const loaded = await Document.load(told('vn').folder);
const files = length(loaded);
loaded.close();
await weighs('a document', 750_000, async () => full(new Document()));
await weighs('a loaded document', files, () => Document.load(told('vn').folder));
// A reading that ended well has given what it read to its document.
const halfRead = async (commands) => {
  const [card, reading] = [served('vn'), new Reading(canOf('vn'))];
  const torn = (command) => { if ((commands -= 1) < 0) throw new TransportError('card_removed'); return card.transmit(command); };
  await reading.run(torn).then((whole) => whole.close(), () => {});
  card.close();
  return reading;
};
await weighs('what was read', files / 2, () => halfRead(20));
const before = alive().bytes;
await halfRead(1000);
assert.equal(alive().bytes, before);
const document = await Document.load(told('vn').folder);
await weighs('an assessment', files, () => Assessment.of(document, trust));
const assessment = await assessed('vn');
await weighs('a request', files * 0.9, async () => assessment.confirmationRequest());
const verdict = cleaning().decide(assessment);
const open = alive().bytes;
assessment.close();
assert.ok(open - alive().bytes >= files, 'an assessment');
verdict.close();
assert.ok(open - alive().bytes >= files * 2, 'a verdict keeps what it was made of');
await weighs('models', 100_000_000, () => Faces.load(models));
await weighs('images', 200_000, async () => {
  const images = new LiveImages('file');
  await images.addFrame({ format: 'rgb', width: 320, height: 320, planes: [{ bytes: new Uint8Array(320 * 320 * 3) }] });
  return images;
});

// Nobody collects and nobody closes. Each weighs some 0.75 MB, and all together many times what may be there at once.
async function bounded(what, times, most, make) {
  let highest = 0;
  for (let at = 0; at < times; at += 1) {
    await make();
    if (at % 16 === 0) await turn();
    highest = Math.max(highest, process.memoryUsage().rss);
  }
  console.log(what, highest);
  assert.ok(highest < most, `${what} are not collected: ${highest} bytes`);
}

await bounded('documents', 3000, 900_000_000, async () => full(new Document()));
const whole = full(new Document());
await bounded('assessments', 3000, 900_000_000, () => Assessment.of(whole, trust));
const frame = { format: 'rgb', width: 3000, height: 2000, planes: [{ bytes: new Uint8Array(3000 * 2000 * 3) }] };
await bounded('pixels', 120, 900_000_000, () => new LiveImages('camera').addFrame(frame));
process.exit(0);
