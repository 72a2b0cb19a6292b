// What the way through this language costs: a reading over a card that answers from memory, and a comparison.

import { readFile } from 'node:fs/promises';
import { Assessment, Document, Faces, Keys, LiveImages, Reading, Trust } from 'chipid';

export async function measured(block) {
  const runs = Number(block.one('runs'));
  const lines = [];
  if (block.one('replay') !== undefined) {
    const exchanges = (await readFile(block.one('replay'), 'utf8')).trim().split('\n').map((line) => line.split(' '));
    const answers = new Map(exchanges.map(([command, response]) => [command, new Uint8Array(Buffer.from(response, 'hex'))]));
    let apdus = 0;
    const transmit = async (command) => {
      apdus += 1;
      return answers.get(hexOf(command)) ?? NOT_FOUND;
    };
    // A card without access control is opened with any key.
    const keys = Keys.can(Buffer.from('000000'));
    const reading = await median(runs, async () => {
      apdus = 0;
      (await new Reading(keys).run(transmit)).close();
    });
    lines.push(['reading_us', reading], ['apdus', apdus]);
  }
  if (block.one('models') !== undefined) {
    const faces = await Faces.load(block.one('models'));
    const trust = new Trust();
    for (const [kind, path] of block.under('trust.')) await trust.add(await readFile(path), { name: 'overhead', kind });
    const document = await Document.load(block.one('folder'));
    const images = new LiveImages('file');
    for (const path of block.all('live')) await images.addFile(await readFile(path));
    const assessment = await Assessment.of(document, trust);
    lines.push(['comparison_us', await median(runs, () => assessment.compareFace(faces, images))]);
  }
  return lines;
}

const NOT_FOUND = Uint8Array.of(0x6a, 0x82);
const hexOf = (bytes) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('hex').toUpperCase();

async function median(runs, work) {
  await work();
  const times = [];
  for (let run = 0; run < runs; run += 1) {
    const started = process.hrtime.bigint();
    await work();
    times.push(Number(process.hrtime.bigint() - started) / 1000);
  }
  return times.sort((a, b) => a - b)[Math.floor(times.length / 2)].toFixed(1);
}
