// What the tests have: the cards of the conformance program's server, and short ways through the surface.

import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import { Assessment, Document, Keys, Policy, Reading, Trust } from 'chipid';
import { Block, parsed } from './blocks.mjs';
import { ServedCard } from './card.mjs';

export const root = process.env.CHIPID_ROOT;
export const models = join(root, 'models/files');
export const photograph = (name) => readFile(join(models, name));
const folder = process.env.CHIPID_CONFORMANCE_FOLDER;
export const port = Number(process.env.CHIPID_CONFORMANCE_PORT);
const cards = parsed(await readFile(join(folder, 'cards'), 'utf8')).map((pairs) => new Block(pairs));

/** What is known of a served card. */
export function told(id) {
  const block = cards.find((card) => card.one('id') === id);
  if (block === undefined) throw new Error(`no card ${id} is served: were the models fetched (scripts/fetch_models.py)?`);
  return Object.fromEntries(block.pairs);
}

export const bytes = (text) => new TextEncoder().encode(text);
export const canOf = (id) => Keys.can(bytes(told(id).can));

let fates = 0;
/** A card that nobody else has connected to. */
export const served = (id) => new ServedCard(port, `${id}/node-${process.pid}-${(fates += 1)}`);

/** Reads a card by its CAN. */
export async function read(id, options) {
  const card = served(id);
  try {
    return await new Reading(canOf(id), options).run(card.transmit);
  } finally {
    card.close();
  }
}

export async function trustIn(id, kind = 'identity_cards') {
  const trust = new Trust();
  await trust.add(await readFile(told(id).csca), { name: 'csca.der', kind });
  return trust;
}

/** A saved document of a card, assessed. */
export async function assessed(id, options) {
  return Assessment.of(await Document.load(told(id).folder), await trustIn(id), options);
}

export const cleaning = () => Policy.builtIn('data-cleaning');

/** What a child of this process prints, with what it ended with. */
export async function child(file, { flags = [], env = {}, input } = {}) {
  const { spawn } = await import('node:child_process');
  const path = fileURLToPath(new URL(file, import.meta.url));
  const running = spawn(process.execPath, [...flags, path], { env: { ...process.env, ...env } });
  const said = { out: '', err: '' };
  running.stdout.on('data', (text) => (said.out += text));
  running.stderr.on('data', (text) => (said.err += text));
  running.stdin.end(input);
  const [code, signal] = await new Promise((resolve) => running.once('close', (...ended) => resolve(ended)));
  return { ...said, code, signal };
}
