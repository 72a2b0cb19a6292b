// Readers of this machine, with a virtual card on the first slot of vpcd and none on the second: run by scripts/behind_pcscd.py.

import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { Worker } from 'node:worker_threads';
import { Assessment, ErrorCode, Keys, Policy, Readers, Reading, Trust } from 'chipid';

const { CHIPID_TEST_READER: reader, CHIPID_TEST_CAN: can, CHIPID_TEST_CSCA: csca, CHIPID_TEST_VERDICT: expected } = process.env;
const EMPTY = 'Virtual PCD 00 01';
const waiting = new URL('./waiting.mjs', import.meta.url);
const keys = () => Keys.can(Buffer.from(can));

test('readers are listed', async () => {
  const listed = await Readers.list();
  assert.equal(listed.find(({ name }) => name.includes(reader)).card, true);
  assert.equal(listed.find(({ name }) => name.includes(EMPTY)).card, false);
});

test('a card on a reader is read with progress, twice', async () => {
  for (let time = 0; time < 2; time += 1) {
    const run = new Reading(keys()).runOnReader({ name: reader, waitMs: 5000 });
    const phases = new Set();
    for await (const { phase } of run) phases.add(phase);
    assert.deepEqual([...phases].sort(), ['access', 'active_authentication', 'chip_authentication', 'done', 'file']);
    const trust = new Trust();
    await trust.add(await readFile(csca), { kind: 'identity_cards' });
    const verdict = Policy.builtIn('data-cleaning').decide(await Assessment.of(await run, trust));
    assert.equal(verdict.answer, expected);
    assert.equal(verdict.checks.chip_genuine.status, 'passed');
  }
});

test('a reading on a reader is stopped in the middle, and goes on', async () => {
  const stop = new AbortController();
  const reading = new Reading(keys());
  const run = reading.runOnReader({ name: reader, waitMs: 5000, signal: stop.signal });
  await assert.rejects((async () => {
    for await (const { file } of run) if (file === 'DG2') stop.abort();
  })(), { code: ErrorCode.CANCELLED });
  assert.ok((await reading.runOnReader({ name: reader, waitMs: 5000 })).unverifiedFile(0x0102).length > 1000);
});

test('no card and no reader have their codes', async () => {
  await assert.rejects(new Reading(keys()).runOnReader({ name: EMPTY, waitMs: 50 }), { code: ErrorCode.TIMEOUT });
  await assert.rejects(new Reading(keys()).runOnReader({ name: 'no reader has this in its name' }), { code: ErrorCode.NO_READER });
});

test('many waits hold neither the loop nor the pool, and end at their signal', async () => {
  const stop = new AbortController();
  const runs = Array.from({ length: 8 }, () => new Reading(keys()).runOnReader({ name: EMPTY, waitMs: 60_000, signal: stop.signal }));
  const ended = Promise.allSettled(runs);
  await pause(300);
  const started = performance.now();
  await readFile(csca);
  assert.ok(performance.now() - started < 1000, 'the pool is free');
  stop.abort();
  const aborted = performance.now();
  for (const { status, reason } of await ended) assert.deepEqual([status, reason.code], ['rejected', ErrorCode.CANCELLED]);
  assert.ok(performance.now() - aborted < 1000);
  assert.ok((await Readers.list()).length >= 2, 'the service goes on');
});

test('the console program reads a card', async () => {
  const example = join(process.env.CHIPID_NODE_OUT, 'package/examples/console.mjs');
  const env = { ...process.env, CHIPID_CAN: can };
  const ended = await promisify(execFile)(process.execPath, [example, csca, reader], { env }).catch((error) => error);
  assert.equal(ended.code, 3);
  assert.match(ended.stdout, /^undecided\ndoubt: test_issuer\n/);
  assert.match(ended.stderr, /^DG2: \d+ bytes$/m);
  assert.ok(!`${ended.stdout}${ended.stderr}`.includes(can));
});

test('a process that exits while it waits or reads exits, and a thread that is ended too', async () => {
  for (const name of [EMPTY, reader]) {
    const child = spawn(process.execPath, [fileURLToPath(waiting), name], { stdio: ['ignore', 'inherit', 'pipe'] });
    let said = '';
    child.stderr.on('data', (text) => (said += text));
    const ended = await new Promise((resolve) => child.once('close', (...how) => resolve(how)));
    assert.deepEqual([name, ...ended, said], [name, 7, null, '']);
    const worker = new Worker(waiting, { argv: [name] });
    await new Promise((resolve, reject) => { worker.once('message', resolve); worker.once('error', reject); });
    await worker.terminate();
  }
  assert.ok(await new Reading(keys()).runOnReader({ name: reader, waitMs: 10_000 }), 'the card is free again');
});
