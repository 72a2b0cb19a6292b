// The code of docs/guides/node.md, as it stands there.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { promisify } from 'node:util';
import { models, port, root, told } from './support/world.mjs';

const run = promisify(execFile);
// Beneath the folder that has the package among its modules, as a user's has.
const folder = join(process.env.CHIPID_NODE_OUT, 'guide');

before(async () => {
  await rm(folder, { recursive: true, force: true });
  await run('python3', [join(root, 'scripts/guide_blocks.py'), join(root, 'docs/guides/node.md'), folder]);
  assert.deepEqual((await readdir(folder)).sort(), ['face.mjs', 'read.mjs', 'verify.mjs']);
});

const node = (file, args, env = {}) => run(process.execPath, [file, ...args], { cwd: folder, env: { ...process.env, ...env } });

test('verify.mjs says the verdict and its grounds', async () => {
  const { folder: saved, csca } = told('vn');
  assert.deepEqual((await node('verify.mjs', [saved, csca])).stdout.split('\n'), ['accept', 'note chip_proof_not_fresh', 'note revocation_unknown', '']);
});

test('read.mjs reads a card that is taken away in the middle', async () => {
  const { can } = told('vn-lost');
  await writeFile(join(folder, 'phone.mjs'), `
import { ServedCard } from '../tests/support/card.mjs';
export const { transmit } = new ServedCard(${port}, 'vn-lost/guide-${process.pid}');
`);
  const to = join(folder, 'saved');
  await mkdir(to);
  const { stdout } = await node('read.mjs', [], { CAN: can, SAVE_TO: to });
  assert.match(stdout, /^EF_SOD /m);
  assert.match(stdout, /^done \d+$/m);
  assert.ok((await readdir(to)).includes('DG13.bin'));
  assert.ok(!stdout.includes(can));
});

test('face.mjs compares', async () => {
  const { folder: saved, csca } = told('face');
  const { stdout } = await node('face.mjs', [saved, csca, models, join(models, 'obama2.jpg')]);
  assert.deepEqual(stdout.split('\n'), ['undecided passed null', 'name birth', '']);
});
