// One case of the conformance run, carried out in the order that its protocol sets.

import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Assessment, ChipidError, Document, Faces, Keys, LiveImages, Policy, Reading, TransportError, Trust } from 'chipid';
import { ServedCard } from './card.mjs';

const CODES = {
  1001: 'card_removed', 1002: 'reader_removed', 1003: 'no_reader', 1004: 'no_card', 1005: 'service_unavailable', 1006: 'access_denied',
  1007: 'sharing_violation', 1008: 'card_reset', 1009: 'card_mute', 1010: 'timeout', 1011: 'cancelled', 1012: 'too_long', 1013: 'malformed',
  1016: 'failed',
};
const faces = new Map();

/** The lines of a case's result, `id` left out. */
export async function carriedOut(block, port) {
  const carried = { commands: 0 };
  const lines = [];
  try {
    await within(block, port, carried, lines);
  } catch (error) {
    if (!(error instanceof ChipidError)) {
      // What the member itself got wrong, or cannot do, is seen and not left out.
      return [['unsupported', String(error?.message ?? error)]];
    }
    lines.splice(0, lines.length, ...ofError(error));
  }
  if (block.one('card') !== undefined) lines.push(['apdus', carried.commands]);
  return lines;
}

function ofError({ code, file, offset, statusWord, triesLeft }) {
  const word = statusWord?.toString(16).toUpperCase().padStart(4, '0');
  const facts = { code, file, offset, status_word: word, tries_left: triesLeft };
  return Object.entries(facts).filter(([, value]) => value !== undefined).map(([name, value]) => [`error.${name}`, value]);
}

async function within(block, port, carried, lines) {
  const [key] = block.under('key.');
  const keys = key && (await keysOf(...key));
  if (keys) lines.push(['keys', 'ok']);
  let document = await documentOf(block, port, keys, carried);
  if (document === undefined) return;
  if (block.one('save') === '1') document = await savedAndLoaded(document);
  const challenged = block.one('challenged_with');
  if (challenged !== undefined) document.challengedWith(Buffer.from(challenged, 'hex'));

  const trust = new Trust();
  for (const [kind, path] of block.under('trust.')) await trust.add(await readFile(path), { name: 'conformance', kind });
  const at = block.one('at');
  const assessment = await Assessment.of(document, trust, at === undefined ? {} : { at: new Date(Number(at) * 1000) });
  for (const compared of block.under('compare.')) assessment.compareKeys(await keysOf(...compared));
  const typed = block.under('typed.').map(([name, value]) => [name, Buffer.from(value)]);
  if (typed.length > 0) assessment.compareTyped(Object.fromEntries(typed));
  await face(block, assessment);
  const attempts = block.one('attempts')?.split(',').map(Number);
  if (attempts) assessment.setAttempts({ made: attempts[0], failedBefore: attempts[1], sessionSeconds: attempts[2] });
  for (const later of ['engine', 'confirmation']) {
    if (block.one(later) !== undefined) throw new Error(`${later} is not known here`);
  }

  const [name, file] = [block.one('policy'), block.one('policy_file')];
  if (name === undefined && file === undefined) return;
  const policy = name === undefined ? Policy.fromToml(await readFile(file, 'utf8')) : Policy.builtIn(name);
  lines.push(...ofVerdict(policy.decide(assessment), block.one('fields')?.split(',')));
  lines.push(['portrait.length', assessment.portrait()?.length ?? 0]);
}

async function keysOf(kind, text) {
  const bytes = Buffer.from(text);
  const parts = text.split(',').map((part) => Buffer.from(part));
  switch (kind) {
    case 'can': return Keys.can(bytes);
    case 'pin': return Keys.pin(bytes);
    case 'puk': return Keys.puk(bytes);
    case 'mrz': return Keys.mrz(bytes);
    case 'qr': return Keys.qr(bytes);
    case 'qr_file': return Keys.qr(await readFile(text));
    case 'number': return Keys.number(bytes);
    case 'document': return Keys.document({ number: parts[0], birth: parts[1], expiry: parts[2] });
    case 'number_and_days': return Keys.numberAndDays({ number: parts[0], birth: parts[1], issued: parts[2] });
    default: throw new Error(`no key is a ${kind}`);
  }
}

async function documentOf(block, port, keys, carried) {
  const folder = block.one('folder');
  if (folder !== undefined) return Document.load(folder);
  const files = block.under('file.');
  if (files.length > 0) {
    const document = new Document();
    for (const [file, path] of files) document.add(Number.parseInt(file, 16), await readFile(path));
    return document;
  }
  const card = block.one('card');
  return card === undefined ? undefined : read(block, keys, new ServedCard(port, card), carried);
}

async function read(block, keys, card, carried) {
  const [only, challenge, limits] = ['only', 'challenge', 'limits'].map((name) => block.one(name));
  const [command, response] = limits?.split(',').map(Number) ?? [];
  const reading = new Reading(keys, {
    ...(only !== undefined && { only: only.split(',').filter((group) => group !== '').map(Number) }),
    ...(challenge !== undefined && { challenge: Buffer.from(challenge, 'hex') }),
    ...(limits !== undefined && { limits: { command: command || undefined, response: response || undefined } }),
  });
  const [fails, stops] = [new Map(block.under('fail.').map(([at, code]) => [Number(at), Number(code)])), new AbortController()];
  const [cancelAfter, throwAt] = [Number(block.one('cancel_after') ?? Infinity), Number(block.one('throw_at') ?? Infinity)];
  const transmit = async (apdu) => {
    carried.commands += 1;
    const at = carried.commands;
    if (at === throwAt) throw new RangeError('invented');
    if (fails.has(at)) throw new TransportError(CODES[fails.get(at)]);
    const answer = await card.transmit(apdu);
    if (at === cancelAfter) stops.abort();
    return answer;
  };
  if (cancelAfter === 0) stops.abort();
  try {
    for (let left = Number(block.one('resumes') ?? 0); ; left -= 1) {
      try {
        return await reading.run(transmit, { signal: stops.signal });
      } catch (error) {
        if (left <= 0 || !(error.code >= 1001 && error.code <= 1999)) throw error;
      }
    }
  } finally {
    card.close();
  }
}

async function savedAndLoaded(document) {
  const folder = await mkdtemp(join(tmpdir(), 'chipid-conformance-'));
  try {
    await document.save(folder);
    return await Document.load(folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function face(block, assessment) {
  const folder = block.one('models');
  if (folder === undefined) return;
  const images = new LiveImages(block.one('capture') ?? 'file');
  for (const [key, value] of block.pairs) {
    if (key === 'live') await images.addFile(await readFile(value));
    if (key === 'frame') await images.addFrame(await frameOf(value));
  }
  await assessment.compareFace(await modelsOf(folder, block.one('models_bytes') === '1'), images);
  const liveness = block.one('liveness');
  if (liveness === undefined) return;
  const [result, capture, at, which] = liveness.split(',');
  assessment.addLiveness({
    result, capture, vendor: 'Invented', version: '1.0', basis: 'invented report 1', at: new Date(Number(at) * 1000),
    images: which === 'same' ? images.digests() : [new Uint8Array(32)],
  });
}

async function modelsOf(folder, asBytes) {
  const name = `${asBytes} ${folder}`;
  if (!faces.has(name)) faces.set(name, await Faces.load(asBytes ? await modelFiles(folder) : folder));
  return faces.get(name);
}

async function modelFiles(folder) {
  const [detector, recogniser] = await Promise.all(
    ['face_detection_yunet_2023mar.onnx', 'face_recognition_sface_2021dec_int8bq.onnx'].map((file) => readFile(join(folder, file))),
  );
  return { detector, recogniser };
}

/** `FORMAT,WIDTH,HEIGHT,ROTATION,PATH`, the planes one behind the other without gaps. */
async function frameOf(text) {
  const [format, width, height, rotation, ...path] = text.split(',');
  const [w, h] = [Number(width), Number(height)];
  const bytes = await readFile(path.join(','));
  const half = Math.ceil(w / 2) * Math.ceil(h / 2);
  const sizes = { rgb: [w * h * 3], bgra: [w * h * 4], nv21: [w * h, half * 2], yuv420: [w * h, half, half] }[format];
  let from = 0;
  const planes = sizes.map((size) => ({ bytes: bytes.subarray(from, (from += size)) }));
  return { format, width: w, height: h, rotation: Number(rotation), planes };
}

function ofVerdict(verdict, fields) {
  const told = (value) => value ?? '-';
  const lines = [['verdict', verdict.answer]];
  for (const { code, severity, file } of verdict.grounds) lines.push(['ground', `${code}|${severity}|${told(file)}`]);
  for (const [name, { status, reason }] of Object.entries(verdict.checks)) lines.push([`check.${name}`, `${status}|${told(reason)}`]);
  const holder = verdict.holder(fields);
  if (holder !== null) {
    const { missing = {}, derived, ...values } = holder;
    for (const [field, value] of Object.entries(values)) {
      if (value !== null) lines.push([`holder.${field}`, value]);
    }
    for (const [field, why] of Object.entries(missing)) lines.push([`holder.missing.${field}`, why]);
  }
  for (const { subject, code } of verdict.differences(fields)) lines.push(['difference', `${subject}|${code}`]);
  const { similarity } = verdict.checks.face;
  if (similarity !== null) lines.push(['face.similarity', similarity]);
  return lines;
}
