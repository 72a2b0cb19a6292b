// One case of the conformance run, carried out in the order that its protocol sets.

import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Assessment, ChipidError, Document, ErrorCode, Faces, Keys, LiveImages, Policy, Reading, TransportError, Trust } from 'chipid';
import { ServedCard } from './card.mjs';

const KNOWN = [
  /^(id|card|folder|only|challenge|limits|resumes|cancel_after|throw_at|save|challenged_with|at|models|models_bytes|capture|live|frame)$/,
  /^(liveness|vendor_comparison|confirmation|attempts|policy|policy_file|fields)$/,
  /^(key|compare)\.(can|pin|puk|mrz|qr|qr_file|number|document|number_and_days)$/,
  /^(file\.[0-9A-Fa-f]{4}|fail\.\d+|trust\.(any|identity_cards|list_root)|typed\.(name|number|birth))$/,
];
const loaded = new Map();

/** The lines of a case's result, `id` left out. */
export async function carriedOut(block, port) {
  const strange = block.pairs.find(([key]) => !KNOWN.some((known) => known.test(key)));
  if (strange) return [['unsupported', strange[0]]];
  try {
    return await within(block, port);
  } catch (error) {
    if (error instanceof ChipidError) return ofError(error);
    // What the member itself got wrong is seen, and not left out.
    return [['unsupported', String(error?.stack ?? error)]];
  }
}

function ofError({ code, file, offset, statusWord, triesLeft }) {
  const word = statusWord?.toString(16).toUpperCase().padStart(4, '0');
  const facts = { code, file, offset, status_word: word, tries_left: triesLeft };
  return Object.entries(facts).filter(([, value]) => value !== undefined).map(([name, value]) => [`error.${name}`, value]);
}

async function within(block, port) {
  const lines = [];
  let last;
  const [key] = block.under('key.');
  const keys = key && (await keysOf(...key));
  if (keys) last = 'keys';
  const carried = { commands: 0 };
  let document = await documentOf(block, port, keys, carried);
  if (document && block.one('save') === '1') document = await savedAndLoaded(document);
  const challenged = block.one('challenged_with');
  if (document && challenged !== undefined) document.challengedWith(Buffer.from(challenged, 'hex'));
  if (document) last = 'document';
  if (block.one('card') !== undefined) lines.push(['apdus', carried.commands]);

  const assessment = await assessmentOf(block, document);
  const faces = block.one('models') && (await modelsOf(block.one('models'), block.one('models_bytes') === '1'));
  if (faces && last !== 'document') last = 'models';
  const images = await imagesOf(block, faces && assessment);
  if (images && last !== 'document') last = 'images';
  if (assessment) {
    last = 'assessment';
    if (faces) await assessment.compareFace(faces, images);
    beside(block, assessment, images);
  } else if (images) {
    lines.push(...images.digests().map((digest) => ['image', hex(digest)]));
  }

  const [name, file] = [block.one('policy'), block.one('policy_file')];
  const policy = await (name === undefined ? file && readFile(file).then(Policy.fromToml) : Policy.builtIn(name));
  if (policy && assessment) lines.push(...ofVerdict(policy.decide(assessment), block.one('fields')?.split(',')));
  else lines.push([policy && last !== 'assessment' ? 'policy' : last, 'ok']);
  if (assessment) lines.push(['portrait.length', assessment.portrait()?.length ?? 0]);
  return lines;
}

async function assessmentOf(block, document) {
  const anchors = block.under('trust.');
  if (document === undefined || (anchors.length === 0 && !block.one('policy') && !block.one('policy_file'))) return undefined;
  const trust = new Trust();
  for (const [kind, path] of anchors) await trust.add(await readFile(path), { name: path, kind });
  const at = block.one('at');
  const assessment = await Assessment.of(document, trust, at === undefined ? {} : { at: dateOf(at) });
  for (const compared of block.under('compare.')) assessment.compareKeys(await keysOf(...compared));
  const typed = block.under('typed.').map(([name, value]) => [name, Buffer.from(value)]);
  if (typed.length > 0) assessment.compareTyped(Object.fromEntries(typed));
  return assessment;
}

/** What the caller adds that chipid does not look at itself. */
function beside(block, assessment, images) {
  const digests = (which) => (which === 'same' ? (images?.digests() ?? []) : [new Uint8Array(32)]);
  const liveness = block.one('liveness')?.split(',');
  if (liveness) {
    const [result, capture, at, which] = liveness;
    const about = { vendor: 'Invented', version: '1.0', basis: 'invented report 1', images: digests(which) };
    assessment.addLiveness({ result, capture, at: dateOf(at), ...about });
  }
  const engine = block.one('vendor_comparison')?.split(',');
  if (engine) {
    const [result, capture, at, whose, which] = engine;
    const portrait = (whose === 'own' && assessment.portraitDigest()) || new Uint8Array(32);
    const about = { vendor: 'Invented Vendor', version: '4.1', certificate: 'invented report 7', images: digests(which) };
    assessment.addVendorComparison({ result, capture, at: dateOf(at), portrait, ...about });
  }
  const confirmation = block.one('confirmation')?.split(',');
  if (confirmation) confirm(assessment, ...confirmation);
  const attempts = block.one('attempts')?.split(',').map(Number);
  if (attempts) assessment.setAttempts({ made: attempts[0], failedBefore: attempts[1], sessionSeconds: attempts[2] });
}

function confirm(assessment, outcome, at, bound) {
  const request = assessment.confirmationRequest();
  const answer = { outcome };
  if (at !== undefined) {
    Object.assign(answer, {
      service: 'Invented Service',
      answeredAt: dateOf(at),
      number: bound === 'number' ? Buffer.from('000000000000') : request.number,
      signerSha256: bound === 'signer' ? new Uint8Array(32) : request.signerSha256,
      nonce: bound === 'nonce' ? new Uint8Array(16) : request.nonce,
    });
  }
  assessment.addConfirmation(request, answer);
}

const dateOf = (seconds) => new Date(Number(seconds) * 1000);
const hex = (bytes) => Buffer.from(bytes).toString('hex');

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
    if (fails.has(at)) throw new TransportError(kindOf(fails.get(at)));
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
        if (left <= 0 || stops.signal.aborted || !(error.code >= 1000 && error.code <= 1999)) throw error;
      }
    }
  } finally {
    card.close();
  }
}

const kindOf = (code) => Object.keys(ErrorCode).find((name) => ErrorCode[name] === code).toLowerCase();

async function savedAndLoaded(document) {
  const folder = await mkdtemp(join(tmpdir(), 'chipid-conformance-'));
  try {
    await document.save(folder);
    return await Document.load(folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function imagesOf(block, compared) {
  const given = block.pairs.filter(([key]) => key === 'live' || key === 'frame');
  if (given.length === 0 && block.one('capture') === undefined && !compared) return undefined;
  const images = new LiveImages(block.one('capture') ?? 'file');
  for (const [key, value] of given) {
    if (key === 'live') await images.addFile(await readFile(value));
    else await images.addFrame(await frameOf(value));
  }
  return images;
}

async function modelsOf(folder, asBytes) {
  const name = `${asBytes} ${folder}`;
  if (!loaded.has(name)) loaded.set(name, await Faces.load(asBytes ? await modelFiles(folder) : folder));
  return loaded.get(name);
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
    for (const field of ['trust', ...holder.toJSON().fields]) {
      if (holder[field] !== null) lines.push([`holder.${field}`, holder[field]]);
    }
    for (const [field, why] of Object.entries(holder.missing ?? {})) lines.push([`holder.missing.${field}`, why]);
  }
  for (const { subject, code } of verdict.differences(fields)) lines.push(['difference', `${subject}|${code}`]);
  const { similarity } = verdict.checks.face;
  if (similarity !== null) lines.push(['face.similarity', similarity]);
  return lines;
}
