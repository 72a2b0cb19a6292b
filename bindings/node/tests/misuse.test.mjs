import assert from 'node:assert/strict';
import { pbkdf2 } from 'node:crypto';
import { getEventListeners } from 'node:events';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { inspect } from 'node:util';
import { Worker } from 'node:worker_threads';
import * as chipid from 'chipid';
import { assessed, bytes, canOf, child, cleaning, models, read, served, told, trustIn } from './support/world.mjs';

const { Assessment, ChipidError, Document, ErrorCode, Faces, Keys, LiveImages, Policy, Reading, TransportError, Trust, Verdict } = chipid;
const { NULL_ARGUMENT, FOREIGN_HANDLE, BUSY, RESPONSE_MALFORMED, TRANSPORT_FAILED, CANCELLED } = ErrorCode;

/** Whatever a careless program might hand over. */
const junk = () => [
  undefined, null, NaN, -1, 1.5, 2 ** 53, 10n, '', 'x', Symbol('x'), {}, [], [undefined], new Date(NaN), () => {}, /x/, new Uint8Array(0), new Uint16Array(2),
  new ArrayBuffer(8), new Proxy({}, { get() { throw new Error('no'); } }), Object.create(null), { then: 1 }, Promise.resolve(1), new Proxy(new Uint8Array(4), {}),
  Object.create(Keys.prototype), Object.create(Uint8Array.prototype),
];

test('junk in every place is a defined error, and never a crash', async () => {
  const made = [
    canOf('vn'), new Trust(), new Document(), new LiveImages('file'), Policy.builtIn('demo'), await assessed('vn'),
    cleaning().decide(await assessed('vn')), new Reading(canOf('vn')), (await assessed('vn')).confirmationRequest(),
  ];
  let refused = 0;
  const tried = async (call) => {
    try {
      await call();
    } catch (error) {
      // What a proxy of the caller's throws stays what it is.
      assert.ok(error instanceof ChipidError || error.message === 'no', `${call} gave ${error?.stack}`);
      refused += 1;
    }
  };
  const constructors = Object.values(chipid).filter((value) => typeof value === 'function' && value !== ChipidError);
  for (const of of constructors) {
    for (const one of junk()) {
      for (const two of junk()) await tried(() => new of(one, two));
      for (const name of Object.getOwnPropertyNames(of).filter((key) => typeof of[key] === 'function')) {
        await tried(() => of[name](one, one, one));
      }
    }
  }
  for (const object of made) {
    const names = Object.getOwnPropertyNames(Object.getPrototypeOf(object)).filter((name) => name !== 'constructor' && name !== 'close');
    for (const name of names.filter((key) => typeof Object.getOwnPropertyDescriptor(Object.getPrototypeOf(object), key).value === 'function')) {
      for (const one of junk()) await tried(() => object[name](one, one));
    }
  }
  assert.ok(refused > 2000, `${refused} refused`);
});

test('what is null or missing, and what is another thing, have their codes', async () => {
  assert.throws(() => Keys.can(null), { code: NULL_ARGUMENT });
  assert.throws(() => new Reading(), { code: NULL_ARGUMENT });
  assert.throws(() => new Reading(new Trust()), { code: FOREIGN_HANDLE });
  assert.throws(() => new Reading(Object.create(Keys.prototype)), { code: FOREIGN_HANDLE });
  assert.throws(() => new Reading(structuredClone(canOf('vn'))), { code: FOREIGN_HANDLE });
  await assert.rejects(Assessment.of(new Trust(), new Document()), { code: FOREIGN_HANDLE });
  await assert.rejects(new Reading(canOf('vn')).run(undefined), { code: NULL_ARGUMENT });
  for (const method of [Reading.prototype.run, Trust.prototype.add, LiveImages.prototype.addFile, Assessment.prototype.compareFace]) {
    await assert.rejects(method.call({}, new Uint8Array(1)), { code: FOREIGN_HANDLE });
  }
  assert.throws(() => Verdict.prototype.json.call(canOf('vn')), { code: FOREIGN_HANDLE });
});

test('what is no plain object, or says what nobody asked, is refused and never passed over', async () => {
  const { UNKNOWN_VALUE } = ErrorCode;
  const [document, trust] = [await Document.load(told('vn').folder), await trustIn('vn')];
  const strange = [Buffer.from('038090000017'), [], [1], new Map([['number', 1]]), new Set(), new Date(0), new URL('file:///x'), new ArrayBuffer(4), new DataView(new ArrayBuffer(4)),
    Object.create({ number: bytes('1') }), 7, 'text', () => {}, null, { personal_number: bytes('1') }, { [Symbol('number')]: 1 }];
  for (const one of strange) {
    const calls = [
      (await assessed('vn')).compareTyped.bind(await assessed('vn')), (given) => Assessment.of(document, trust, given), (given) => new Trust().add(new Uint8Array(1), given),
      (given) => new Reading(canOf('vn'), given), (given) => new Reading(canOf('vn'), { limits: given }), (given) => new Reading(canOf('vn')).run(async () => new Uint8Array(2), given),
      (given) => new Reading(canOf('vn')).runOnReader(given), (given) => Keys.document(given), (given) => new LiveImages('file').addFrame(given),
    ];
    for (const call of calls) await assert.rejects(async () => call(one), { code: UNKNOWN_VALUE }, String(call));
  }
  const assessment = await assessed('vn');
  for (const nothing of [undefined, {}, { name: undefined }]) assert.throws(() => assessment.compareTyped(nothing), { code: NULL_ARGUMENT });
  assert.throws(() => assessment.setAttempts({ made: 1, failed: 9 }), { code: UNKNOWN_VALUE });
  await assert.rejects(trust.add(bytes('x'), { Kind: 'list_root' }), { code: UNKNOWN_VALUE });
  assert.equal(cleaning().decide(assessment.compareTyped(Object.assign(Object.create(null), { number: bytes(told('vn').number) }))).answer, 'accept');
});

test('what is too long for what it is, is refused', async () => {
  const long = new Uint8Array(65_537);
  const { UNKNOWN_VALUE } = ErrorCode;
  for (const use of [() => Keys.can(long), () => Keys.mrz(long), () => Policy.fromToml(long), () => Policy.fromToml('#'.repeat(65_537)), () => Policy.builtIn('x'.repeat(1025))]) {
    assert.throws(use, { code: UNKNOWN_VALUE, message: /longer than/ });
  }
  await assert.rejects(new Trust().add(bytes('x'), { name: 'x'.repeat(1025) }), { code: UNKNOWN_VALUE, message: /longer than/ });
});

test('a signal is an AbortSignal, and what only looks like one is none', async () => {
  const alike = { aborted: false, addEventListener() {}, removeEventListener() {} };
  for (const signal of [alike, Object.create(AbortSignal.prototype), new EventTarget(), new AbortController(), null, true]) {
    for (const run of [(reading) => reading.run(async () => new Uint8Array(2), { signal }), (reading) => reading.runOnReader({ signal })]) {
      await assert.rejects(run(new Reading(canOf('vn'))), { code: ErrorCode.UNKNOWN_VALUE });
    }
  }
});

test('what the caller throws is never read as the library\'s word', async () => {
  for (const code of [1001, CANCELLED, 8902, 3001]) {
    const mine = new Error(JSON.stringify({ code, message: 'mine' }));
    await assert.rejects(new Reading(canOf('vn')).run(async () => { throw mine; }), (error) => error.code === TRANSPORT_FAILED && error.cause === mine);
    const about = { get signal() { throw mine; } };
    await assert.rejects(new Reading(canOf('vn')).run(async () => new Uint8Array(2), about), (error) => error === mine);
  }
});

test('an anchor is what it was when the document was assessed', async () => {
  const [document, trust] = [await Document.load(told('vn').folder), await trustIn('vn')];
  const pending = Assessment.of(document, trust);
  document.close();
  trust.close();
  assert.equal(cleaning().decide(await pending).answer, 'accept');
});

test('closing twice is closing once, and what is closed does nothing more', async () => {
  const [keys, document, trust, images] = [canOf('vn'), new Document(), new Trust(), new LiveImages('file')];
  const [policy, assessment, reading] = [cleaning(), await assessed('vn'), new Reading(canOf('vn'))];
  const faces = await Faces.load(models);
  for (const one of [keys, document, trust, images, policy, assessment, reading, faces]) {
    one.close();
    one.close();
    one[Symbol.dispose ?? Symbol.for('nodejs.dispose')]();
  }
  const other = await assessed('vn');
  const uses = [
    () => new Reading(keys), () => document.add(0x0101, new Uint8Array(3)), () => document.unverifiedFile(0x0101), () => document.save('/nowhere'),
    () => trust.add(new Uint8Array(3)), () => images.addFile(new Uint8Array(3)), () => images.digests(), () => policy.name, () => policy.decide(other),
    () => cleaning().decide(assessment), () => assessment.portrait(), () => assessment.compareKeys(canOf('vn')), () => other.compareKeys(keys),
    () => reading.run(async () => new Uint8Array(2)), () => other.compareFace(faces, new LiveImages('file')),
    () => Assessment.of(document, new Trust()), () => Assessment.of(new Document(), trust),
  ];
  for (const use of uses) await assert.rejects(async () => use(), { name: 'ChipidError', code: FOREIGN_HANDLE }, String(use));
});

test('a trust store that refused something is of no more use, and one in use takes nothing', async () => {
  const broken = new Trust();
  await assert.rejects(broken.add(bytes('no certificate')), { name: 'ChipidError' });
  await assert.rejects(Assessment.of(new Document(), broken), { code: FOREIGN_HANDLE });
  const used = await trustIn('vn');
  await Assessment.of(new Document(), used);
  await assert.rejects(used.add(bytes('no certificate')), { code: BUSY });
});

test('a trust store that refused something before the library saw it is of no more use either', async () => {
  const anchor = await readFile(told('vn').csca);
  const detached = new Uint8Array(anchor);
  structuredClone(detached.buffer, { transfer: [detached.buffer] });
  const tries = [[], [null], ['text'], [detached], [anchor, { kind: 'crl' }], [anchor, { kind: null }], [anchor, { name: 7 }], [anchor, { Kind: 'any' }], [anchor, { name: 'x'.repeat(1025) }],
    [anchor, { get name() { throw new Error('of a getter'); } }]];
  for (const given of tries) {
    for (const before of [0, 2]) {
      const trust = new Trust();
      const added = Array.from({ length: before }, () => trust.add(anchor, { kind: 'identity_cards' }));
      const refused = assert.rejects(trust.add(...given));
      // Not waited for: what is asked for next is of a store that refused something.
      await assert.rejects(Assessment.of(new Document(), trust), { code: FOREIGN_HANDLE }, inspect(given));
      await Promise.all([refused, ...added]);
      await assert.rejects(trust.add(anchor), { code: BUSY });
    }
  }
  const used = await trustIn('vn');
  const document = await Document.load(told('vn').folder);
  for (let i = 0; i < 2; i++) {
    assert.equal(cleaning().decide(await Assessment.of(document, used)).answer, 'accept', 'one in use stays as it is');
    await assert.rejects(used.add(null), { code: NULL_ARGUMENT });
  }
});

test('of two readings at once one is refused, and the other goes on', async () => {
  const card = served('vn');
  const reading = new Reading(canOf('vn'));
  const first = reading.run(card.transmit);
  await assert.rejects(reading.run(card.transmit), { code: BUSY });
  await assert.rejects(reading.runOnReader(), { code: BUSY });
  assert.ok((await first) instanceof Document);
  card.close();
});

test('of two comparisons at once one is refused, and changes beside it', async () => {
  const faces = await Faces.load(models);
  const images = new LiveImages('camera');
  await images.addFrame({ format: 'rgb', width: 320, height: 320, planes: [{ bytes: new Uint8Array(320 * 320 * 3) }] });
  const assessment = await assessed('face');
  const first = assessment.compareFace(faces, images);
  await assert.rejects(assessment.compareFace(faces, images), { code: BUSY });
  for (const change of [() => assessment.setAttempts({ made: 3 }), () => cleaning().decide(assessment), () => assessment.portrait()]) {
    assert.throws(change, { code: BUSY });
  }
  // What is closed meanwhile ends no work under way, and is gone afterwards.
  images.close();
  faces.close();
  await first;
  assert.throws(() => images.digests(), { code: FOREIGN_HANDLE });
  assert.equal(cleaning().decide(assessment).answer, 'undecided');
});

test('a transmit that throws, rejects or gives what is no response is a defined error with its cause', async () => {
  const thrown = [new Error('mine'), undefined, null, 7, 'text', Symbol('s'), Object.create(null), new Proxy({}, {}), { code: 1001 }];
  for (const cause of thrown) {
    for (const transmit of [() => { throw cause; }, async () => { throw cause; }, () => ({ then: (_, reject) => reject(cause) })]) {
      await assert.rejects(new Reading(canOf('vn')).run(transmit), (error) => {
        assert.equal(error.code, TRANSPORT_FAILED);
        assert.equal(error.name, 'ChipidError');
        assert.ok(Object.hasOwn(error, 'cause'));
        assert.equal(error.cause, cause);
        return true;
      });
    }
  }
  const kinds = ['card_removed', 'timeout', 'transport_failed', 'card_mute'];
  for (const kind of kinds) {
    const told = new TransportError(kind, { cause: thrown[0] });
    await assert.rejects(new Reading(canOf('vn')).run(async () => { throw told; }), (error) => error.code === told.code && error.cause === told);
  }
  const garbage = [undefined, null, 7, 'x', {}, [], [0x90, 0], new ArrayBuffer(2), new Uint16Array([0x90]), new DataView(new ArrayBuffer(2)), () => {}];
  for (const answer of [...garbage, new Uint8Array(0), new Uint8Array(1), new Uint8Array(70_000), new Uint8Array(2 ** 28)]) {
    for (const transmit of [() => answer, async () => answer]) {
      await assert.rejects(new Reading(canOf('vn')).run(transmit), { code: RESPONSE_MALFORMED }, `${typeof answer} of ${answer?.length}`);
    }
  }
});

test('noise from a chip ends a reading in bounded time, and is never accepted', async () => {
  let state = 1;
  const noise = (length) => Uint8Array.from({ length }, () => (state = (state * 48_271) % 0x7fff_ffff) & 0xff);
  const trust = await trustIn('vn');
  for (let run = 0; run < 100; run += 1) {
    const length = 2 + ((run * 37) % 300);
    const answer = run % 2 === 0 ? () => noise(length) : () => Uint8Array.of(...noise(length), 0x90, 0);
    let commands = 0;
    const counted = async () => { commands += 1; return answer(); };
    const document = await new Reading(canOf('vn')).run(counted).catch((error) => assert.ok(error instanceof ChipidError));
    assert.ok(commands < 2000, `${commands} commands`);
    if (document) assert.notEqual(cleaning().decide(await Assessment.of(document, trust)).answer, 'accept');
  }
});

test('a chip that dribbles over a transmit that answers at once holds no event loop, and is stopped by its signal', async () => {
  const whole = await Document.load(told('open').folder);
  const files = new Map([[0x1e, 0x011e], [0x1d, 0x011d], [1, 0x0101], [2, 0x0102]].map(([sfi, file]) => [sfi, whole.unverifiedFile(file)]));
  // A portrait of sixty thousand bytes, thirty-two at a time: nobody looks into it here.
  files.set(2, Uint8Array.of(0x75, 0x82, 0xea, 0x60, ...new Uint8Array(60_000)));
  let [open, commands] = [undefined, 0];
  const dribble = (apdu) => {
    commands += 1;
    if (apdu[1] === 0xa4) {
      open = files.get(apdu[5] === 0x01 || apdu.length > 6 ? apdu[6] & 0x1f : -1);
      return Uint8Array.of(...(open || apdu[2] === 4 ? [0x90, 0] : [0x6a, 0x82]));
    }
    if (apdu[1] !== 0xb0) return Uint8Array.of(0x6d, 0);
    if (apdu[2] & 0x80) open = files.get(apdu[2] & 0x1f);
    const at = apdu[2] & 0x80 ? apdu[3] : apdu[2] * 256 + apdu[3];
    if (open === undefined) return Uint8Array.of(0x6a, 0x82);
    return Uint8Array.of(...open.slice(at, at + 32), 0x90, 0);
  };
  const measured = async (signal) => {
    commands = 0;
    let [worst, last, turning] = [0, performance.now(), true];
    const turn = () => {
      worst = Math.max(worst, performance.now() - last);
      last = performance.now();
      if (turning) setImmediate(turn);
    };
    setImmediate(turn);
    const ended = await new Reading(canOf('vn'), { only: [1, 2] }).run(dribble, { signal }).catch((error) => error);
    turning = false;
    return { ended, worst: Math.max(worst, performance.now() - last) };
  };
  let best = Infinity;
  for (let run = 0; run < 12 && best > 20; run += 1) {
    const { ended, worst } = await measured(undefined);
    assert.ok(ended instanceof Document && commands > 1000, `${ended}, ${commands} commands`);
    best = Math.min(best, worst);
  }
  assert.ok(best <= 20, `the loop stood still for ${best} ms over ${commands} commands`);
  const { ended } = await measured(AbortSignal.timeout(10));
  assert.equal(ended.code, CANCELLED);
});

test('a transmit that never resolves is ended by the signal at once, and holds nothing', async () => {
  const stop = new AbortController();
  let late;
  const reading = new Reading(canOf('vn'));
  const run = reading.run(() => new Promise((resolve) => { late = resolve; }), { signal: stop.signal });
  await pause(20);
  const started = performance.now();
  stop.abort();
  await assert.rejects(run, { code: CANCELLED });
  assert.ok(performance.now() - started < 1000);
  assert.equal(getEventListeners(stop.signal, 'abort').length, 0);
  // An answer that comes now is nobody's.
  late(Uint8Array.of(0x90, 0));
  const card = served('vn');
  assert.ok((await reading.run(card.transmit)) instanceof Document);
  card.close();
  await assert.rejects(reading.run(async () => { await pause(5); throw new Error(); }, { signal: AbortSignal.timeout(1) }), (error) => {
    return error.code === CANCELLED && error.cause.name === 'TimeoutError';
  });
});

test('an abort while a command is under way waits for no thread of the pool', async () => {
  const stop = new AbortController();
  let called;
  const under = new Promise((resolve) => { called = resolve; });
  const run = new Reading(canOf('vn')).run(() => new Promise(called), { signal: stop.signal });
  await under;
  let busy = 8;
  const work = Array.from({ length: busy }, () => new Promise((resolve) => pbkdf2('x', 'y', 300_000, 64, 'sha512', () => { busy -= 1; resolve(); })));
  stop.abort();
  await assert.rejects(run, { code: CANCELLED });
  assert.equal(busy, 8, 'none of them was waited for');
  await Promise.all(work);
});

test('a limit of nought is one that nobody knows, and one that no chip can be read within is refused', async () => {
  for (const limits of [{ command: 0, response: 0 }, { command: 46, response: 52 }]) {
    const document = await read('vn', { only: [1], limits });
    assert.ok(document.unverifiedFile(0x0101).length > 0);
  }
  for (const limits of [{ command: 1 }, { response: 1 }, { command: 45, response: 258 }, { command: 261, response: 51 }, { response: -1 }, { command: 2 ** 32 }]) {
    assert.throws(() => new Reading(canOf('vn'), { limits }), { code: ErrorCode.UNKNOWN_VALUE }, JSON.stringify(limits));
  }
});

test('a rejection that comes after the abort is nobody\'s unhandled one', async () => {
  const unhandled = [];
  const listener = (reason) => unhandled.push(reason);
  process.on('unhandledRejection', listener);
  const stop = new AbortController();
  const run = new Reading(canOf('vn')).run(async () => { await pause(30); throw new Error('late'); }, { signal: stop.signal });
  await pause(5);
  stop.abort();
  await assert.rejects(run, { code: CANCELLED });
  await pause(60);
  process.off('unhandledRejection', listener);
  assert.deepEqual(unhandled, []);
});

test('listeners of a signal do not pile up over a reading', async () => {
  const stop = new AbortController();
  const card = served('vn');
  let most = 0;
  await new Reading(canOf('vn')).run((command) => {
    most = Math.max(most, getEventListeners(stop.signal, 'abort').length);
    return card.transmit(command);
  }, { signal: stop.signal });
  card.close();
  assert.equal(most, 1);
  assert.equal(getEventListeners(stop.signal, 'abort').length, 0);
});

test('a transmit that calls back into the same reading is refused there, and the reading goes on', async () => {
  const card = served('vn');
  const reading = new Reading(canOf('vn'));
  const codes = new Set();
  const run = reading.run(async (command) => {
    await reading.run(card.transmit).catch((error) => codes.add(error.code));
    await new Reading(canOf('vn')).run(async () => new Uint8Array(2)).catch((error) => codes.add(`another ${error.code > 1000}`));
    return card.transmit(command);
  });
  assert.ok((await run) instanceof Document);
  assert.deepEqual([...codes], [BUSY, 'another true']);
  card.close();
});

test('a reading that is closed while it runs ends with an error', async () => {
  const card = served('vn');
  const reading = new Reading(canOf('vn'));
  let commands = 0;
  await assert.rejects(reading.run((command) => {
    commands += 1;
    if (commands === 9) reading.close();
    return card.transmit(command);
  }), { code: FOREIGN_HANDLE });
  assert.equal(commands, 9);
  card.close();
});

test('keys may be closed as soon as the reading is made', async () => {
  const card = served('vn');
  const keys = canOf('vn');
  const reading = new Reading(keys);
  keys.close();
  assert.ok((await reading.run(card.transmit)) instanceof Document);
  card.close();
});

test('a process that exits in the middle exits', async () => {
  for (const what of ['reading', 'step', 'comparison', 'loading', 'abort']) {
    const { code, signal, err } = await child('exits.mjs', { env: { CHIPID_TEST_WHAT: what } });
    assert.deepEqual([what, code, signal, err], [what, 7, null, '']);
  }
});

test('readers are listed, or why not is said; a wait for a card is ended by its signal', async () => {
  const listed = await chipid.Readers.list().catch((error) => error);
  if (Array.isArray(listed)) for (const { name, card } of listed) assert.deepEqual([typeof name, typeof card], ['string', 'boolean']);
  else assert.ok(listed instanceof ChipidError && listed.code >= 1000 && listed.code < 2000, `${listed.code}`);
  const stop = new AbortController();
  const run = new Reading(canOf('vn')).runOnReader({ name: 'no reader has this in its name', waitMs: 60_000, signal: stop.signal });
  setTimeout(() => stop.abort(), 5);
  await assert.rejects(run, (error) => error instanceof ChipidError && error.code >= 1000 && error.code < 2000);
  await assert.rejects(new Reading(canOf('vn')).runOnReader({ signal: AbortSignal.abort() }), { code: CANCELLED });
});

test('a reading that nobody carries on keeps no process alive', async () => {
  const { code, signal } = await child('exits.mjs', { env: { CHIPID_TEST_WHAT: 'nothing' } });
  assert.deepEqual([code, signal], [0, null]);
});

test('worker threads read and compare for themselves, and are ended in the middle', async () => {
  const work = new URL('./support/worker.mjs', import.meta.url);
  const ended = (worker) => new Promise((resolve, reject) => { worker.once('message', resolve); worker.once('error', reject); });
  const workers = ['reading', 'comparison', 'reading'].map((workerData) => new Worker(work, { workerData }));
  assert.deepEqual(await Promise.all(workers.map(ended)), ['accept', 'passed', 'accept']);
  await Promise.all(workers.map((worker) => worker.terminate()));
  for (const workerData of ['hanging', 'comparing', 'hanging', 'comparing']) {
    const worker = new Worker(work, { workerData });
    assert.equal(await ended(worker), 'begun');
    await worker.terminate();
  }
  assert.ok((await read('vn')) instanceof Document, 'this thread goes on');
});

// One arena that gives back at once what is free: what is left then is held.
const env = { MALLOC_ARENA_MAX: '1', MALLOC_TRIM_THRESHOLD_: '0', MALLOC_MMAP_THRESHOLD_: '32768' };

test('nothing is left of readings, documents, pictures, comparisons and errors', async () => {
  const { code, out, err } = await child('memory.mjs', { flags: ['--expose-gc'], env });
  assert.equal(code, 0, `${out}${err}`);
});

for (const [what, said] of [['value', /errors: \d+ values are left/], ['heap', /errors: the heap grows/], ['native', /errors: memory grows/]]) {
  test(`a leak is found: ${what}`, async () => {
    const { code, out, err } = await child('memory.mjs', { flags: ['--expose-gc'], env: { ...env, CHIPID_TEST_LEAK: what } });
    assert.equal(code, 1, out);
    assert.match(err, said);
  });
}

test('a program that closes nothing does not grow without bound', async () => {
  const { code, out, err } = await child('weight.mjs', { flags: ['--expose-gc'] });
  assert.equal(code, 0, `${out}${err}`);
});
