import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { Assessment, Document, ErrorCode, Keys, Policy, Trust } from 'chipid';
import { assessed, bytes, cleaning, read, root, told, trustIn } from './support/world.mjs';

test('a verdict says its answer, grounds and checks', async () => {
  const verdict = cleaning().decide(await Assessment.of(await read('vn'), await trustIn('vn')));
  assert.equal(verdict.answer, 'accept');
  assert.deepEqual(verdict.grounds.map(({ severity }) => severity), verdict.grounds.map(() => 'note'));
  assert.equal(verdict.checks.access.protocol, 'pace');
  assert.equal(verdict.checks.passive_authentication.data_groups['1'], 'match');
  assert.equal(verdict.checks.chip_genuine.status, 'passed');
  assert.equal(verdict.policy.name, 'data-cleaning');
  assert.match(verdict.policy.sha256, /^[0-9a-f]{64}$/);
});

test('what was changed is rejected, a blank chip too, and a test issuer is nobody\'s', async () => {
  const answers = {};
  for (const id of ['vn-wrong-data', 'vn-clone', 'vn-test']) {
    const verdict = cleaning().decide(await Assessment.of(await read(id), await trustIn(id)));
    answers[id] = [verdict.answer, verdict.grounds[0].code];
  }
  assert.deepEqual(answers, {
    'vn-wrong-data': ['reject', 'digest_mismatch'],
    'vn-clone': ['reject', 'chip_not_genuine'],
    'vn-test': ['undecided', 'test_issuer'],
  });
});

test('without an anchor, and under another one, nobody is accepted', async () => {
  const document = await Document.load(told('vn').folder);
  const answer = async (trust) => cleaning().decide(await Assessment.of(document, trust)).answer;
  assert.equal(await answer(new Trust()), 'undecided');
  assert.equal(await answer(await trustIn('passport', 'any')), 'undecided');
});

test('the holder is given as asked', async () => {
  const verdict = cleaning().decide(await assessed('vn'));
  assert.equal(verdict.holder().personal_number, told('vn').number);
  assert.equal(verdict.holder().trust, 'issuer_verified');
  const narrow = verdict.holder(['name', 'birth']);
  assert.deepEqual(narrow.toJSON(), { trust: 'issuer_verified', fields: ['name', 'birth'] });
  assert.deepEqual([narrow.name, narrow.birth, narrow.sex, narrow.missing], ['Lê Thử Nghiệm', '1990-03-15', undefined, undefined]);
  assert.deepEqual(verdict.holder(['religion', 'father']).toJSON().fields, ['religion', 'father']);
  assert.deepEqual(verdict.holder([]).toJSON(), { trust: 'issuer_verified', fields: [] }, 'who asks for nothing is given nothing');
  assert.deepEqual(Object.getOwnPropertyNames(verdict.holder([])), ['trust']);
  const report = JSON.parse(new TextDecoder().decode(verdict.json([])));
  assert.deepEqual(report.holder, { trust: 'issuer_verified' });
  assert.deepEqual([report.verdict, report.checks, report.schema], ['accept', verdict.checks, 'chipid/verify/1']);
  assert.throws(() => verdict.holder(['shoe_size']), { code: 8905 });
  const nobody = cleaning().decide(await Assessment.of(new Document(), await trustIn('vn')));
  assert.equal(nobody.holder(), null);
});

test('what was typed or scanned is compared', async () => {
  const assessment = await assessed('vn');
  assessment.compareTyped({ number: bytes(told('vn-other').number) });
  const verdict = cleaning().decide(assessment);
  assert.equal(verdict.answer, 'undecided');
  assert.ok(verdict.grounds.some(({ code }) => code === 'clerk_input_mismatch'));
  const [difference] = verdict.differences();
  assert.equal(difference.subject, 'number');
  assert.deepEqual(difference.between.map(({ source }) => source), ['chip', 'typed']);
  assert.equal(verdict.differences(['birth'])[0].between[0].value, null, 'a value is given with its field alone');
  assert.ok(verdict.differences([])[0].between.every(({ value }) => value === null), 'and nobody asked for any');
  assert.ok(!new TextDecoder().decode(verdict.json([])).includes(told('vn').number));

  const scanned = await assessed('vn');
  scanned.compareKeys(await Keys.qr(bytes(told('vn-other').qr)));
  assert.ok(cleaning().decide(scanned).grounds.some(({ code }) => code === 'qr_mismatch'));

  for (const [typed, agrees] of [[{ birth: bytes('1990-03-15') }, true], [{ birth: bytes('19900316') }, false], [{ name: bytes('') }, false]]) {
    const assessment = (await assessed('vn')).compareTyped(typed);
    assert.equal(cleaning().decide(assessment).answer, agrees ? 'accept' : 'undecided', JSON.stringify(typed));
  }

  const right = await assessed('vn');
  right.compareKeys(Keys.number(bytes(told('vn').number))).compareTyped({ name: bytes('Lê Thử Nghiệm'), number: bytes(told('vn').number) });
  assert.equal(cleaning().decide(right).answer, 'accept');
});

test('the time of the check may be given', async () => {
  const late = await assessed('vn', { at: new Date('2040-01-01T00:00:00Z') });
  const verdict = cleaning().decide(late);
  assert.equal(verdict.answer, 'reject');
  assert.ok(verdict.grounds.some(({ code }) => code === 'document_expired'));
  const report = JSON.parse(new TextDecoder().decode(verdict.json()));
  assert.deepEqual(report.time, { checked_at: '2040-01-01T00:00:00Z', source: 'given' });
});

test('the report is the program\'s, and answers as the verdict does', async () => {
  const verdict = cleaning().decide(await assessed('vn'));
  const report = JSON.parse(new TextDecoder().decode(verdict.json(['sex'])));
  assert.equal(report.schema, 'chipid/verify/1');
  assert.equal(report.verdict, verdict.answer);
  assert.deepEqual(report.checks, verdict.checks);
  assert.deepEqual(report.grounds, verdict.grounds);
  assert.deepEqual(report.holder, { trust: 'issuer_verified', sex: 'M' });
});

test('policies are built in or one\'s own', async () => {
  for (const name of ['counter', 'transfer', 'one-stop', 'document-only', 'data-cleaning', 'reading-only', 'demo']) {
    assert.equal(Policy.builtIn(name).name, name);
  }
  const built = await readFile(join(root, 'sdk/chipid/policies/reading-only.toml'), 'utf8');
  assert.throws(() => Policy.fromToml(built), { code: 8308 }, 'a name that is taken');
  const text = built.replace('name = "reading-only"', 'name = "ours"');
  assert.equal(Policy.fromToml(text).decide(await assessed('vn')).answer, 'accept');
  assert.throws(() => Policy.builtIn('lenient'), { name: 'ChipidError', code: ErrorCode.POLICY_UNKNOWN });
  assert.throws(() => Policy.fromToml('name = "mine"\n[severity]\ndigest_mismatch = "note"\n'), { name: 'ChipidError' });
});

test('a verdict keeps what it was made of: its assessment takes nothing more until it is closed', async () => {
  const assessment = await assessed('vn');
  const verdict = cleaning().decide(assessment);
  const change = () => assessment.compareTyped({ number: bytes('000000000000') });
  assert.throws(change, { code: 8903 });
  assert.throws(() => assessment.setAttempts({ made: 2 }), { code: 8903 });
  const second = cleaning().decide(assessment);
  verdict.close();
  assert.throws(change, { code: 8903 });
  second.close();
  change();
  assert.equal(cleaning().decide(assessment).answer, 'undecided');
});

test('an answer cannot be set, and a closed verdict accepts nobody', async () => {
  const verdict = cleaning().decide(await assessed('vn'));
  assert.throws(() => { verdict.answer = 'accept'; }, TypeError);
  assert.throws(() => { Object.defineProperty(verdict, 'answer', { value: 'accept' }); }, TypeError);
  assert.throws(() => { verdict.grounds.length = 0; }, TypeError);
  assert.throws(() => { verdict.checks.face.status = 'passed'; }, TypeError);
  assert.equal(verdict.answer, 'accept');
  verdict.close();
  assert.equal(verdict.answer, 'undecided');
  for (const use of [() => verdict.grounds, () => verdict.checks, () => verdict.holder(), () => verdict.json(), () => verdict.policy]) {
    assert.throws(use, { code: 8902 });
  }
});

test('the portrait is given where its issuer is verified, and to nobody else', async () => {
  const assessment = await assessed('vn');
  assert.deepEqual(Buffer.from(assessment.portrait()), await readFile(told('vn').portrait));
  const strange = await Assessment.of(await Document.load(told('vn').folder), new Trust());
  assert.equal(strange.portrait(), undefined);
});
