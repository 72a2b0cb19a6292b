// Does the same again and again, and looks whether memory grows with it. Run with --expose-gc.

import { Assessment, Document, Keys, LiveImages, Reading, TransportError } from 'chipid';
import { bytes, canOf, cleaning, photograph, served, told, trustIn } from './world.mjs';

const picture = await photograph('obama2.jpg');
const trust = await trustIn('vn');

const rounds = {
  async reading() {
    const card = served('vn');
    const run = new Reading(canOf('vn')).run(card.transmit);
    for await (const _ of run);
    const assessment = await Assessment.of(await run, trust);
    const verdict = cleaning().decide(assessment);
    verdict.holder();
    verdict.json();
    assessment.portrait();
    card.close();
  },
  async documents() {
    for (let at = 0; at < 20; at += 1) await Document.load(told('vn').folder);
  },
  async pictures() {
    // Not closed: pixels go with the object that has them.
    const images = new LiveImages('camera');
    await images.addFile(picture);
  },
  async errors() {
    for (let at = 0; at < 50; at += 1) {
      const stop = new AbortController();
      const hanging = new Reading(canOf('vn')).run(() => new Promise(() => {}), { signal: stop.signal });
      stop.abort();
      await hanging.catch(() => {});
      await new Reading(canOf('vn')).run(async () => { throw new TransportError('card_mute'); }).catch(() => {});
      try {
        Keys.can(bytes('x'));
      } catch {
        // That is what it is here for.
      }
    }
  },
};

async function settled() {
  for (let turn = 0; turn < 4; turn += 1) {
    globalThis.gc();
    await new Promise((resolve) => setTimeout(resolve, 15));
  }
  const { rss, heapUsed } = process.memoryUsage();
  return { rss, heapUsed };
}

for (const [name, round] of Object.entries(rounds)) {
  for (let warm = 0; warm < 15; warm += 1) await round();
  // Of three windows the best one counts: an allocator may keep what it was given once, a leak grows in every window.
  let best = { rss: Infinity, heapUsed: Infinity };
  for (let window = 0; window < 3; window += 1) {
    const before = await settled();
    for (let again = 0; again < 30; again += 1) await round();
    const after = await settled();
    best = { rss: Math.min(best.rss, after.rss - before.rss), heapUsed: Math.min(best.heapUsed, after.heapUsed - before.heapUsed) };
  }
  console.log(name, best);
  if (best.heapUsed > 300_000 || best.rss > 6_000_000) {
    console.error(`${name}: memory grows`);
    process.exit(1);
  }
}

// Nobody collects and nobody closes: that pixels weigh something is known to the garbage collector.
const frame = { format: 'rgb', width: 3000, height: 2000, planes: [{ bytes: new Uint8Array(3000 * 2000 * 3) }] };
let most = 0;
for (let at = 0; at < 120; at += 1) {
  await new LiveImages('camera').addFrame(frame);
  most = Math.max(most, process.memoryUsage().rss);
}
console.log('pixels', most);
if (most > 900_000_000) {
  console.error('pixels are not collected: 120 frames take 2.2 GB');
  process.exit(1);
}
process.exit(0);
