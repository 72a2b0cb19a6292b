// What is packed, and that it runs where nothing else is.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';
import * as esm from 'chipid';
import { root, told } from './support/world.mjs';

const run = promisify(execFile);
const out = process.env.CHIPID_NODE_OUT;
let folder;
before(async () => { folder = await mkdtemp(join(tmpdir(), 'chipid-package-')); });
after(() => rm(folder, { recursive: true, force: true }));

test('ESM and CommonJS have the same classes, and a default beside the names', async () => {
  const cjs = createRequire(import.meta.url)('chipid');
  assert.deepEqual(Object.keys(cjs).sort(), Object.keys(esm).sort());
  for (const name of Object.keys(cjs)) assert.equal(cjs[name], esm[name], name);
});

test('the tarball has the package and nothing else, and runs no script', async () => {
  const { stdout } = await run('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', folder], { cwd: join(out, 'package'), maxBuffer: 1 << 24 });
  const [{ files, filename }] = JSON.parse(stdout);
  const names = files.map(({ path }) => path);
  const allowed = /^(package\.json|README\.md|LICENSE-(APACHE|MIT)|index\.(cjs|mjs|d\.ts|d\.mts)|lib\/\w+\.(cjs|d\.cts)|examples\/\w+\.mjs|prebuilds\/linux-x64-gnu\/chipid\.node)$/;
  assert.deepEqual(names.filter((name) => !allowed.test(name)), []);
  for (const name of ['index.d.mts', 'lib/error_code.d.cts', 'prebuilds/linux-x64-gnu/chipid.node', 'LICENSE-MIT']) assert.ok(names.includes(name), name);
  const about = JSON.parse(await readFile(join(out, 'package/package.json'), 'utf8'));
  assert.deepEqual([about.scripts, about.dependencies, about.engines], [undefined, undefined, { node: '>=20' }]);
  assert.ok((await readFile(join(root, 'Cargo.toml'), 'utf8')).includes(`version = "${about.version}"`), 'the version is Cargo\'s');

  const place = join(folder, 'empty');
  await run('mkdir', [place]);
  await writeFile(join(place, 'package.json'), '{}');
  const install = ['install', '--offline', '--ignore-scripts', '--no-audit', '--no-fund', join(folder, filename)];
  await run('npm', install, { cwd: place });
  await writeFile(join(place, 'a.cjs'), `const { Document, Keys } = require('chipid'); Document.load(process.argv[2]).then(() => console.log(typeof Keys.can))`);
  await writeFile(join(place, 'a.mjs'), `import { Document, Keys } from 'chipid'; await Document.load(process.argv[2]); console.log(typeof Keys.can)`);
  for (const file of ['a.cjs', 'a.mjs']) {
    assert.equal((await run(process.execPath, [file, told('vn').folder], { cwd: place })).stdout, 'function\n');
  }
  const inside = await run(process.execPath, ['-e', `require('chipid/lib/native.cjs')`], { cwd: place }).catch((error) => error);
  assert.match(inside.stderr, /ERR_PACKAGE_PATH_NOT_EXPORTED/, 'what is beneath is nobody\'s');
});

test('a system that the package is not for is told so', async () => {
  const loader = join(out, 'package/lib/native.cjs');
  const pretend = `Object.defineProperty(process, 'arch', { value: 'arm64' }); require(${JSON.stringify(loader)})`;
  const { stderr } = await run(process.execPath, ['-e', pretend]).catch((error) => error);
  assert.match(stderr, /chipid is not built for linux-arm64; this package has linux-x64-gnu/);
});
