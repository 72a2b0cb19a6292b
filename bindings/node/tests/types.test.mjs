// The compiler's word on the types: what is right compiles as ESM and as CommonJS, what is wrong does not.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { cp, mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';

const out = process.env.CHIPID_NODE_OUT;
const tsc = join(out, 'tools/node_modules/typescript/bin/tsc');

async function compiled(folder, files, options = {}) {
  const compilerOptions = {
    strict: true, noEmit: true, module: 'node16', target: 'es2022', lib: ['es2022'], types: ['node'], typeRoots: [join(out, 'tools/node_modules/@types')],
    exactOptionalPropertyTypes: true, noUncheckedIndexedAccess: true, skipLibCheck: false, ...options,
  };
  const project = join(folder, 'tsconfig.json');
  await writeFile(project, JSON.stringify({ compilerOptions, files }));
  const said = await promisify(execFile)(process.execPath, [tsc, '-p', project]).catch((error) => error);
  return said.stdout;
}

test('what is right compiles, and what is wrong does not: from ESM and from CommonJS', async () => {
  assert.equal(await compiled(join(out, 'tests/types'), ['right.mts', 'right.cts', 'wrong.mts']), '');
});

test('the types stand without those of Node', async () => {
  assert.equal(await compiled(join(out, 'tests/types'), ['alone.mts'], { types: [], lib: ['es2022', 'dom'] }), '');
});

test('the examples are right by the types', async () => {
  const folder = join(out, 'examples-checked');
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder);
  await cp(join(out, 'package/examples'), folder, { recursive: true });
  const files = ['ten_lines.mjs', 'console.mjs', 'http_handler.mjs'];
  const lax = { allowJs: true, checkJs: true, noImplicitAny: false, strict: false, strictNullChecks: false, exactOptionalPropertyTypes: false };
  assert.equal(await compiled(folder, files, lax), '');
});
