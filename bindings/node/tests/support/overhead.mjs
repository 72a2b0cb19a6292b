// What the way through this language costs: a reading over a card that answers from memory, and a comparison.

import { readFile } from 'node:fs/promises';
import { Assessment, Document, Faces, Keys, LiveImages, Reading, TransportError, Trust } from 'chipid';

export async function measured(block) {
  const runs = Number(block.one('runs'));
  const lines = [];
  const exchanges = (await readFile(block.one('replay'), 'utf8')).trim().split('\n').map((line) => line.split(' ').map(bytesOf));
  let apdus = 0;
  const transmit = async (command) => {
    const [expected, response] = exchanges[apdus] ?? [];
    apdus += 1;
    if (expected === undefined || Buffer.compare(expected, command) !== 0) throw new TransportError('replay_diverged');
    return response;
  };
  const zone = ['C01X0006H', '850228', '310510'].map((text) => Buffer.from(text));
  // A card without access control is opened with any key.
  const keys = Keys.document({ number: zone[0], birth: zone[1], expiry: zone[2] });
  const reading = await median(runs, async () => {
    apdus = 0;
    await new Reading(keys).run(transmit);
  });
  lines.push(['reading_us', reading], ['apdus', apdus]);
  if (block.one('models') !== undefined) {
    const faces = await Faces.load(block.one('models'));
    const trust = new Trust();
    for (const [kind, path] of block.under('trust.')) await trust.add(await readFile(path), { name: 'overhead', kind });
    const document = await Document.load(block.one('folder'));
    const images = new LiveImages('file');
    for (const path of block.all('live')) await images.addFile(await readFile(path));
    const fresh = () => Assessment.of(document, trust);
    lines.push(['comparison_us', await median(runs, (assessment) => assessment.compareFace(faces, images), fresh)]);
  }
  return lines;
}

const bytesOf = (hex) => new Uint8Array(Buffer.from(hex, 'hex'));

/** The median in microseconds, after one run that does not count; what `prepare` makes is made beside the clock. */
async function median(runs, work, prepare = async () => {}) {
  const times = [];
  for (let run = 0; run <= runs; run += 1) {
    const prepared = await prepare();
    const started = process.hrtime.bigint();
    await work(prepared);
    if (run > 0) times.push(Number(process.hrtime.bigint() - started) / 1000);
  }
  return times.sort((a, b) => a - b)[Math.floor(times.length / 2)].toFixed(1);
}
