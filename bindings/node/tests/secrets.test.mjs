import assert from 'node:assert/strict';
import { Console } from 'node:console';
import { Writable } from 'node:stream';
import { test } from 'node:test';
import { format, inspect } from 'node:util';
import { Assessment, ChipidError, Document, Faces, Keys, LiveImages, Policy, Reading, Trust } from 'chipid';
import { assessed, bytes, canOf, cleaning, models, photograph, read, served, told, trustIn } from './support/world.mjs';

const { can, number, mrz, qr } = told('vn');
const PERSON = [can, number, number.slice(-9), 'Nghi', 'NGHIEM', '1990-03-15', '900315', '15031990', ...mrz.split('\n'), ...qr.split('|').filter((part) => part.length > 3)];

function silent(what, shown) {
  for (const value of PERSON) {
    assert.ok(!shown.includes(value), `${what} shows ${value}: ${shown.slice(0, 200)}`);
    assert.ok(!shown.includes(Buffer.from(value).toString('hex')), what);
  }
}

function onConsole(value) {
  let shown = '';
  const printed = new Console(new Writable({ write(text, _, next) { shown += text; next(); } }));
  printed.dir(value, { depth: null });
  printed.table(value);
  printed.table([value]);
  printed.log(value, [value]);
  return [shown];
}

function comparedWith(value) {
  try {
    assert.deepEqual([value], [{ nobody: true }]);
  } catch (error) {
    return error.message;
  }
  return assert.fail('it is nobody');
}

/** Every way in which a thing is written down by mistake. */
function written(value) {
  const bare = { depth: Infinity, customInspect: false };
  const deep = { depth: Infinity, showHidden: true, getters: true, maxArrayLength: Infinity, maxStringLength: Infinity };
  return [...onConsole(value), inspect(value, bare), inspect([{ value }], { ...bare, showHidden: true }), comparedWith(value), inspect(value), inspect(value, deep), inspect([{ value }], deep), format('%s %o %O %j', value, value, value, value), `${value}`, JSON.stringify(value), JSON.stringify([{ value }])];
}

test('no object shows whom it is about', async () => {
  const keys = [Keys.can(bytes(can)), Keys.mrz(bytes(mrz)), await Keys.qr(bytes(qr)), Keys.number(bytes(number))];
  const document = await read('vn');
  const trust = await trustIn('vn');
  const assessment = await Assessment.of(document, trust);
  assessment.compareTyped({ number: bytes('038153004126'), name: bytes('Nguyễn Thị Xuân') });
  const images = new LiveImages('file');
  await images.addFile(await photograph('obama2.jpg'));
  const verdict = cleaning().decide(assessment);
  const card = served('vn');
  const run = new Reading(keys[0]).run(card.transmit);
  const progress = [];
  for await (const one of run) progress.push(one);
  card.close();
  const objects = {
    keys, document, trust, assessment, images, verdict, run, progress, reading: new Reading(keys[0]), policy: Policy.builtIn('demo'), empty: new Document(),
    faces: await Faces.load(models), request: assessment.confirmationRequest({ consent: 'consent 1' }), holder: verdict.holder(), differences: verdict.differences(),
    grounds: verdict.grounds, checks: verdict.checks, classes: [Keys, Reading, Trust],
  };
  for (const [name, object] of Object.entries(objects)) {
    for (const shown of written(object)) silent(name, String(shown));
  }
  // What was looked for is there: it is asked for by name.
  assert.equal(verdict.holder().personal_number, number);
  assert.ok(verdict.differences()[0].between.some(({ value }) => value === number));
  assert.match(inspect(verdict.holder()), /Holder \{\s+trust: 'issuer_verified',\s+fields: \[\s+'personal_number'/);
  assert.match(inspect(verdict), /Verdict \{\s+answer: 'undecided',\s+grounds: \[/);
});

test('no error shows what was given', async () => {
  const wrong = [
    () => Keys.can(bytes('00001x')), () => Keys.mrz(bytes(mrz.slice(3))), () => Keys.number(bytes(`${number}1`)), () => Keys.qr(bytes(`${qr.slice(0, 20)}`)),
    () => Keys.document({ number: bytes('0900000177777777777777777777'), birth: bytes('15031990'), expiry: bytes('x') }),
    () => Document.load(`/nowhere/${number}`), () => new Document().save(`/proc/${number}/x`), () => Faces.load(`/nowhere/${number}`),
    () => Policy.builtIn(number), () => Policy.fromToml(`name = "${number}"\nx = 1`),
  ];
  for (const make of wrong) {
    try {
      await make();
      assert.fail(`${make} went well`);
    } catch (error) {
      assert.ok(error instanceof ChipidError, `${make}: ${error.stack}`);
      // A policy's name is nobody's.
      if (String(make).includes('Policy')) continue;
      for (const value of [number, can, '0900000177', '15031990', mrz.slice(3, 20)]) {
        assert.ok(!inspect(error, { depth: 9 }).includes(value), `${make}: ${inspect(error)}`);
      }
    }
  }
});

test('keys are refused as strings, which nobody can wipe', () => {
  for (const kind of ['can', 'pin', 'puk', 'mrz', 'number']) assert.throws(() => Keys[kind]('000017'), { code: 8905, message: /no Uint8Array/ });
});

test('what is cloned or sent to a worker has nothing in it', async () => {
  for (const one of [canOf('vn'), await assessed('vn'), new Trust()]) assert.deepEqual(structuredClone(one), {});
  const holder = structuredClone(cleaning().decide(await assessed('vn')).holder(['sex']));
  assert.deepEqual(holder, {});
});
