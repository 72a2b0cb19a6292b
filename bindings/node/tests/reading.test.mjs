import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { Assessment, ChipidError, Document, ErrorCode, Keys, Reading, TransportError } from 'chipid';
import { bytes, canOf, cleaning, read, served, told, trustIn } from './support/world.mjs';

const answer = async (document, id, kind) => cleaning().decide(await Assessment.of(document, await trustIn(id, kind))).answer;

test('a card is read and judged', async () => {
  assert.equal(await answer(await read('vn'), 'vn'), 'accept');
});

test('every kind of key opens its card', async () => {
  const { can, mrz, qr, number, document, number_and_days: days } = told('vn');
  const [ofZone, ofDays] = [document, days].map((text) => text.split(',').map(bytes));
  const kinds = [
    Keys.can(bytes(can)), Keys.mrz(bytes(mrz)), await Keys.qr(bytes(qr)), Keys.number(bytes(number)),
    Keys.document({ number: ofZone[0], birth: ofZone[1], expiry: ofZone[2] }),
    Keys.numberAndDays({ number: ofDays[0], birth: ofDays[1], issued: ofDays[2] }),
  ];
  for (const keys of kinds) {
    const card = served('vn');
    const opened = await new Reading(keys, { only: [1] }).run(card.transmit);
    assert.ok(opened.unverifiedFile(0x0101).length > 80);
    card.close();
  }
});

test('days are taken with and without strokes', () => {
  const number = bytes(told('vn').number);
  for (const [birth, issued] of [['19900315', '20210510'], ['1990-03-15', '2021-05-10']]) {
    Keys.numberAndDays({ number, birth: bytes(birth), issued: bytes(issued) });
  }
  for (const birth of ['1990-3-15', '19900230', '199003155', 'x', '', '+9900315']) {
    assert.throws(() => Keys.numberAndDays({ number, birth: bytes(birth), issued: bytes('20210510') }), { code: 8905 }, birth);
  }
});

test('older passports without PACE and without any access control are read', async () => {
  for (const id of ['passport-bac', 'open']) {
    const card = served(id);
    const keys = Keys.mrz(bytes(told(id).mrz));
    const document = await new Reading(keys).run(card.transmit);
    const verdict = cleaning().decide(await Assessment.of(document, await trustIn(id, 'any')));
    assert.equal(verdict.checks.access.protocol, id === 'open' ? 'none' : 'bac');
    assert.equal(verdict.checks.passive_authentication.status, 'passed');
    assert.equal(verdict.checks.chip_genuine.status, 'passed');
    card.close();
  }
});

test('a wrong key is an error with its code', async () => {
  const card = served('vn');
  await assert.rejects(new Reading(Keys.can(bytes('999999'))).run(card.transmit), (error) => {
    assert.ok(error instanceof ChipidError);
    assert.equal(error.name, 'ChipidError');
    assert.equal(error.code, ErrorCode.WRONG_KEY);
    return true;
  });
  card.close();
});

test('progress is iterated over beside the document', async () => {
  const card = served('vn');
  const run = new Reading(canOf('vn')).run(card.transmit);
  const phases = [];
  let last;
  for await (const progress of run) {
    assert.ok(progress.bytesDone >= (last?.bytesDone ?? 0), 'progress goes forward');
    last = progress;
    phases.push(progress.file ?? progress.phase);
  }
  const document = await run;
  assert.ok(document instanceof Document);
  assert.equal(last.phase, 'done');
  assert.equal(last.bytesDone, last.bytesKnown);
  for (const one of ['access', 'EF_SOD', 'chip_authentication', 'active_authentication', 'DG1', 'DG2', 'DG13']) {
    assert.ok(phases.includes(one), one);
  }
  const late = [];
  for await (const { phase } of run) late.push(phase);
  assert.equal(late.at(-1), 'done', 'whoever listens late is told the last of each phase');
  assert.ok(late.length <= phases.length);
  card.close();
});

test('two listen to one reading, and one that stops early holds nothing', async () => {
  const card = served('vn');
  const run = new Reading(canOf('vn')).run(card.transmit);
  const heard = await Promise.all([
    (async () => { let n = 0; for await (const _ of run) n += 1; return n; })(),
    (async () => { for await (const _ of run) return 1; })(),
  ]);
  assert.ok(heard[0] > 5 && heard[1] === 1);
  await run;
  card.close();
});

test('a reading that was torn goes on where it was, on the same card and no other', async () => {
  const card = served('vn-lost');
  let commands = 0;
  const counted = (command) => { commands += 1; return card.transmit(command); };
  const reading = new Reading(canOf('vn-lost'));
  await assert.rejects(reading.run(counted), { code: 1001, name: 'ChipidError' });
  const document = await reading.run(counted);
  assert.equal(await answer(document, 'vn-lost'), 'accept');
  assert.ok(commands < 44, `what was read is not read again: ${commands} commands`);
  card.close();

  const swapped = served('vn-swapped');
  const other = new Reading(canOf('vn-swapped'));
  await assert.rejects(other.run(swapped.transmit), { code: 1001 });
  await assert.rejects(other.run(swapped.transmit), { code: 2007 });
  swapped.close();
});

test('an error is thrown by the iteration too, and an iterated promise is nobody\'s unhandled rejection', async () => {
  const unhandled = [];
  const listener = (reason) => unhandled.push(reason);
  process.on('unhandledRejection', listener);
  const run = new Reading(canOf('vn')).run(async () => { throw new TransportError('card_mute'); });
  await assert.rejects((async () => { for await (const _ of run); })(), { code: 1009 });
  await new Promise((resolve) => setTimeout(resolve, 20));
  process.off('unhandledRejection', listener);
  assert.deepEqual(unhandled, []);
  await assert.rejects(run, { code: 1009 });
});

test('an abort ends a reading between commands, and the same reading goes on', async () => {
  const card = served('vn');
  const stop = new AbortController();
  const why = new Error('the customer has left');
  let commands = 0;
  const reading = new Reading(canOf('vn'));
  const run = reading.run(async (command) => {
    commands += 1;
    const response = await card.transmit(command);
    if (commands === 14) stop.abort(why);
    return response;
  }, { signal: stop.signal });
  await assert.rejects(run, (error) => error.code === 1011 && error.cause === why);
  assert.equal(commands, 14);
  assert.equal(await answer(await reading.run(card.transmit), 'vn'), 'accept');
  card.close();
});

test('an aborted signal carries nothing', async () => {
  let commands = 0;
  const run = new Reading(canOf('vn')).run(() => { commands += 1; return new Uint8Array(2); }, { signal: AbortSignal.abort() });
  await assert.rejects(run, (error) => error.code === 1011 && error.cause.name === 'AbortError');
  assert.equal(commands, 0);
});

test('only what is asked for is read, and a challenge is kept', async () => {
  const challenge = Uint8Array.from([1, 2, 3, 4, 5, 6, 7, 8]);
  const document = await read('vn', { only: [1], challenge });
  assert.equal(document.unverifiedFile(0x0102), undefined);
  const folder = await mkdtemp(join(tmpdir(), 'chipid-node-'));
  try {
    await document.save(join(folder, 'saved'));
    assert.deepEqual(await readFile(join(folder, 'saved/AA_challenge.bin')), Buffer.from(challenge));
    assert.equal((await stat(join(folder, 'saved/DG1.bin'))).mode & 0o777, 0o600);
    await assert.rejects(document.save(join(folder, 'saved')), { code: 8203 });
    const again = await Document.load(pathToFileURL(join(folder, 'saved')));
    const trust = await trustIn('vn');
    const genuine = async () => cleaning().decide(await Assessment.of(again, trust)).checks.chip_genuine.status;
    assert.equal(await genuine(), 'not_performed');
    again.challengedWith(challenge);
    assert.equal(await genuine(), 'passed');
  } finally {
    await rm(folder, { recursive: true });
  }
});

test('what the way to the card is known to carry is kept to', async () => {
  const longest = async (limits) => {
    const card = served('vn');
    let most = 0;
    await new Reading(canOf('vn'), { only: [1, 2], limits }).run(async (command) => {
      const response = await card.transmit(command);
      most = Math.max(most, response.length);
      return response;
    });
    card.close();
    return most;
  };
  assert.ok((await longest(undefined)) > 258, 'without a limit more is asked for at a time');
  assert.ok((await longest({ command: 261, response: 258 })) <= 258);
});

test('a document is put together from its files', async () => {
  const { folder } = told('vn');
  const document = new Document();
  for (const [file, name] of [[0x011d, 'EF_SOD'], [0x0101, 'DG1'], [0x010d, 'DG13'], [0x010e, 'DG14'], [0x010f, 'DG15'], [0x0102, 'DG2']]) {
    document.add(file, await readFile(join(folder, `${name}.bin`)));
  }
  assert.deepEqual(Buffer.from(document.unverifiedFile(0x0101)), await readFile(join(folder, 'DG1.bin')));
  assert.equal(await answer(document, 'vn'), 'accept');
});

test('bytes that change after the call, or lie in shared memory, change nothing', async () => {
  const anchor = await readFile(told('vn').csca);
  const { Trust } = await import('chipid');
  const trust = new Trust();
  const shared = new Uint8Array(new SharedArrayBuffer(anchor.length));
  shared.set(anchor);
  const both = [trust.add(shared, { kind: 'identity_cards' }), trust.add(anchor, { kind: 'identity_cards' })];
  shared.fill(0);
  anchor.fill(0);
  await Promise.all(both);
  const assessment = await Assessment.of(await Document.load(told('vn').folder), trust);
  assert.equal(cleaning().decide(assessment).answer, 'accept');
});
