// libuv's pool has few threads, and a program uses them for other things too: what waits there for its turn counts as it was when it was asked for,
// and nobody has to wait for it who does not want to.

import assert from 'node:assert/strict';
import { pbkdf2 } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import { Assessment, Document, ErrorCode, Faces, LiveImages, Policy, Reading, Trust } from 'chipid';
import { assessed, canOf, cleaning, models, photograph, served, told, trustIn } from './support/world.mjs';

const { CANCELLED, FOREIGN_HANDLE, BUSY } = ErrorCode;
const THREADS = Number(process.env.UV_THREADPOOL_SIZE ?? 4);

/** Fills the pool: as long as more than `free` pieces are left, whatever came later has not had its turn. */
function filled() {
  const work = { left: THREADS * 3, free: THREADS - 1 };
  const pieces = Array.from({ length: work.left }, () => new Promise((resolve) => {
    pbkdf2('x', 'y', 60_000, 64, 'sha512', () => { work.left -= 1; resolve(); });
  }));
  work.done = Promise.all(pieces);
  work.assertFull = () => assert.ok(work.left > work.free, `${work.left} pieces are left`);
  return work;
}

/** A run whose step after the `at`-th command waits in a full pool; before the first one at 0. */
async function stuck(reading, at, signal) {
  const card = served('vn');
  const run = { commands: 0, card };
  const waiting = new Promise((resolve) => {
    const fill = () => { run.pool = filled(); setImmediate(resolve); };
    if (at === 0) fill();
    run.ended = reading.run(async (command) => {
      run.commands += 1;
      const response = await card.transmit(command);
      if (run.commands === at) fill();
      return response;
    }, { signal });
    run.ended.catch(() => {});
  });
  await waiting;
  return run;
}

for (const at of [0, 4]) {
  test(`an abort while a step waits in a full pool waits for nothing, and the same reading goes on (${at} commands)`, async () => {
    const [stop, why, reading] = [new AbortController(), new Error('the customer has left'), new Reading(canOf('vn'))];
    const run = await stuck(reading, at, stop.signal);
    run.pool.assertFull();
    stop.abort(why);
    await assert.rejects(run.ended, (error) => error.code === CANCELLED && error.cause === why);
    run.pool.assertFull();
    // Asked for at once, it waits for the step that was left behind, and can be ended meanwhile as well.
    await assert.rejects(reading.run(() => assert.fail('carried'), { signal: AbortSignal.abort() }), { code: CANCELLED });
    const again = new AbortController();
    const ended = reading.run(() => assert.fail('carried'), { signal: again.signal });
    await turn();
    again.abort();
    await assert.rejects(ended, { code: CANCELLED });
    run.pool.assertFull();
    const document = await reading.run(run.card.transmit);
    assert.equal(run.commands, at, 'the step that was left behind asks for nothing more');
    assert.equal(cleaning().decide(await Assessment.of(document, await trustIn('vn'))).answer, 'accept');
    run.card.close();
    await run.pool.done;
  });

  test(`a reading that is closed while a step waits in a full pool ends at once (${at} commands)`, async () => {
    const reading = new Reading(canOf('vn'));
    const run = await stuck(reading, at);
    run.pool.assertFull();
    reading.close();
    await assert.rejects(run.ended, { code: FOREIGN_HANDLE });
    run.pool.assertFull();
    await run.pool.done;
    // Behind everything that waited there.
    await Document.load(told('vn').folder);
    await turn();
    assert.equal(run.commands, at);
    run.card.close();
  });
}

test('closing a reading ends a transmit that hangs', async () => {
  const reading = new Reading(canOf('vn'));
  const run = reading.run(() => new Promise(() => {}));
  setTimeout(() => reading.close(), 5);
  await assert.rejects(run, { code: FOREIGN_HANDLE });
});

test('what is done to document and store while their verification waits is not in it', async () => {
  const { folder } = told('vn');
  const csca = await readFile(told('vn').csca);
  for (const pending of [false, true]) {
    const trust = new Trust();
    if (!pending) await trust.add(csca, { kind: 'identity_cards' });
    const document = new Document();
    for (const [file, name] of [[0x011d, 'EF_SOD'], [0x0101, 'DG1'], [0x0102, 'DG2'], [0x010d, 'DG13'], [0x010e, 'DG14'], [0x010f, 'DG15']]) {
      document.add(file, await readFile(`${folder}/${name}.bin`));
    }
    const pool = filled();
    if (pending) trust.add(csca, { kind: 'identity_cards' });
    const asked = Assessment.of(document, trust);
    document.add(0x0101, new Uint8Array(93));
    await assert.rejects(trust.add(csca, { kind: 'list_root' }), { code: BUSY });
    pool.assertFull();
    document.close();
    trust.close();
    await assert.rejects(trust.add(csca), { code: FOREIGN_HANDLE });
    assert.equal(cleaning().decide(await asked).answer, 'accept', `pending ${pending}`);
    await pool.done;
  }
});

test('what is added to a store while a verification against it waits is refused at once, and the store stays of use', async () => {
  const trust = await trustIn('vn');
  const document = await Document.load(told('vn').folder);
  const pool = filled();
  const both = [Assessment.of(document, trust), Assessment.of(document, trust)];
  await assert.rejects(trust.add(new Uint8Array(3)), { code: BUSY });
  pool.assertFull();
  for (const asked of both) assert.equal(cleaning().decide(await asked).answer, 'accept');
  await pool.done;
});

test('what is done to images, models and assessment while their comparison waits is not in it', async () => {
  const [own, other] = [await photograph('obama2.jpg'), await photograph('biden.jpg')];
  for (const pending of [false, true]) {
    const [faces, live, assessment] = [await Faces.load(models), new LiveImages('camera'), await assessed('face')];
    const added = live.addFile(own);
    if (!pending) await added;
    const pool = filled();
    const asked = assessment.compareFace(faces, live);
    const late = live.addFile(other);
    pool.assertFull();
    const changes = [() => assessment.setAttempts({ made: 3 }), () => cleaning().decide(assessment), () => assessment.portrait(), () => assessment.confirmationRequest()];
    for (const change of changes) assert.throws(change, { code: BUSY }, `pending ${pending}: ${change}`);
    await assert.rejects(assessment.compareFace(faces, live), { code: BUSY });
    faces.close();
    if (pending) live.close();
    assert.throws(() => (pending ? live.digests() : faces.close() ?? assessment.portrait()), { code: pending ? FOREIGN_HANDLE : BUSY });
    await asked;
    await late;
    const { face } = Policy.builtIn('counter').decide(assessment).checks;
    assert.deepEqual([face.status, face.attempts], ['passed', 1], `pending ${pending}`);
    if (!pending) assert.equal(live.digests().length, 2);
    await pool.done;
  }
});
