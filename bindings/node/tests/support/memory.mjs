// Does the same again and again, and looks what is left of it: values of the library are counted, the rest is measured. Run with --expose-gc.
// CHIPID_TEST_LEAK leaves something behind in each round, which must be found.

import { createRequire } from 'node:module';
import { join } from 'node:path';
import { Assessment, Document, Faces, Keys, LiveImages, Reading, TransportError } from 'chipid';
import { assessed, bytes, canOf, cleaning, models, photograph, served, told, trustIn } from './world.mjs';

const { alive } = createRequire(import.meta.url)(join(process.env.CHIPID_NODE_OUT, 'package/lib/native.cjs'));

const picture = await photograph('obama2.jpg');
const trust = await trustIn('vn');
const faces = await Faces.load(models);
const leaked = [];
const hanging = () => new Promise(() => {});

/** What is done, how often for a measurement, and how many bytes outside V8's heap a round may seem to keep: that is what allocators and engines take for
 * themselves. A picture has two megabytes. */
const rounds = {
  errors: { times: 80, keeps: 4000, round: errors },
  readings: { times: 12, keeps: 20_000, round: reading },
  documents: { times: 40, keeps: 8000, round: documents },
  pictures: { times: 4, keeps: 800_000, round: pictures },
};
/** And within it. */
const HEAP = 1000;
/** After how many measurements it is given up. */
const MOST = process.env.CHIPID_TEST_LEAK === undefined ? 30 : 5;

/** Nothing is closed in these: what goes, goes with its object. */
async function reading() {
  const card = served('vn');
  const run = new Reading(canOf('vn')).run(card.transmit);
  for await (const _ of run);
  const assessment = await Assessment.of(await run, trust);
  const verdict = cleaning().decide(assessment);
  verdict.holder();
  verdict.json();
  assessment.portrait();
  const torn = new Reading(canOf('vn'));
  await torn.run(async (command) => { if (command[1] === 0xb0) throw new TransportError('card_removed'); return card.transmit(command); }).catch(() => {});
  card.close();
}

async function documents() {
  for (let at = 0; at < 5; at += 1) await Document.load(told('vn').folder);
  const document = new Document();
  for (let at = 0; at < 5; at += 1) document.add(0x0101, new Uint8Array(20_000));
}

async function pictures() {
  const images = new LiveImages('camera');
  await images.addFile(picture);
  const assessment = await assessed('face');
  await assessment.compareFace(faces, images);
  assessment.confirmationRequest();
}

async function errors() {
  const stop = new AbortController();
  const run = new Reading(canOf('vn')).run(hanging, { signal: stop.signal });
  stop.abort();
  await run.catch(() => {});
  const late = new AbortController();
  const begun = new Reading(canOf('vn')).run(() => { setImmediate(() => late.abort()); return hanging(); }, { signal: late.signal });
  await begun.catch(() => {});
  await new Reading(canOf('vn')).run(async () => { throw new TransportError('card_mute'); }).catch(() => {});
  await Document.load('/nowhere').catch(() => {});
  try {
    Keys.can(bytes('x'));
  } catch {
    // That is what it is here for.
  }
  leak();
}

/** Smaller than anything that a round has in hand. */
function leak() {
  const what = process.env.CHIPID_TEST_LEAK;
  if (what === 'value') leaked.push(canOf('vn'));
  if (what === 'heap') leaked.push(Array.from({ length: 500 }, (_, at) => ({ at })));
  if (what === 'native') leaked.push(Buffer.alloc(20_000, 1));
}

async function settled() {
  let last;
  // A finaliser runs a turn after the collection, and what takes its time to be wiped is wiped on a thread of its own.
  for (let turn = 0; turn < 200; turn += 1) {
    globalThis.gc();
    await new Promise((resolve) => setTimeout(resolve, 10));
    const { values, bytes: weight } = alive();
    if (turn >= 5 && last === `${values} ${weight}`) break;
    last = `${values} ${weight}`;
  }
  const { rss, heapUsed, heapTotal } = process.memoryUsage();
  // V8 takes and gives back its own memory by the megabyte.
  return { native: rss - heapTotal, heap: heapUsed, ...alive() };
}

function fail(why) {
  console.error(why);
  process.exit(1);
}

for (const [name, { times, keeps, round }] of Object.entries(rounds)) {
  const again = async () => {
    for (let at = 0; at < times; at += 1) await round();
    return settled();
  };
  await again();
  const first = await again();
  let slope = { native: Infinity, heap: Infinity };
  // From end to end, over more and more rounds: what fills once weighs less and less, and a leak weighs what it weighs.
  for (let windows = 1; windows <= MOST && (windows <= 2 || slope.native > keeps || slope.heap > HEAP); windows += 1) {
    const last = await again();
    // Not one may be left, and none weigh anything that is gone.
    if (last.values !== first.values) fail(`${name}: ${last.values - first.values} values are left of ${windows * times} rounds`);
    if (last.bytes !== first.bytes) fail(`${name}: ${last.bytes - first.bytes} bytes are still told of after ${windows * times} rounds`);
    const grown = (what) => (last[what] - first[what]) / (windows * times);
    slope = { native: grown('native'), heap: grown('heap') };
  }
  console.log(name, slope);
  if (slope.heap > HEAP) fail(`${name}: the heap grows by ${slope.heap} bytes a round`);
  if (slope.native > keeps) fail(`${name}: memory grows by ${slope.native} bytes a round`);
}
process.exit(0);
