import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { request } from 'node:http';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { told, trustIn } from './support/world.mjs';

const examples = join(process.env.CHIPID_NODE_OUT, 'package/examples');
const { service } = await import(pathToFileURL(join(examples, 'http_handler.mjs')));
const logged = [];
let server;
let where;
const { log } = console;
before(async () => {
  console.log = (...parts) => logged.push(parts.join(' '));
  server = service(await trustIn('vn'));
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  where = { host: '127.0.0.1', port: server.address().port };
});
after(() => {
  console.log = log;
  server.closeAllConnections();
  server.close();
});

const asked = (body, { path = '/verify', method = 'POST' } = {}) =>
  new Promise((resolve, reject) => {
    const asking = request({ ...where, path, method }, async (response) => {
      let text = '';
      for await (const part of response) text += part;
      resolve({ status: response.statusCode, body: JSON.parse(text) });
    });
    // A body that is too long is not read to its end.
    asking.once('error', (error) => (error.code === 'EPIPE' || error.code === 'ECONNRESET' ? resolve({ status: 413 }) : reject(error)));
    asking.end(body);
  });

async function filesOf(id) {
  const { folder } = told(id);
  const files = {};
  for (const [file, name] of [['011D', 'EF_SOD'], ['0101', 'DG1'], ['0102', 'DG2'], ['010D', 'DG13'], ['010E', 'DG14'], ['010F', 'DG15']]) {
    files[file] = (await readFile(join(folder, `${name}.bin`))).toString('base64');
  }
  return files;
}

test('the service judges saved files, and its log has nobody in it', async () => {
  const files = await filesOf('vn');
  const good = await asked(JSON.stringify({ files }));
  assert.deepEqual([good.status, good.body.answer], [200, 'accept']);
  const wrong = await asked(JSON.stringify({ files: await filesOf('vn-wrong-data') }));
  assert.deepEqual([wrong.status, wrong.body.answer], [200, 'reject']);
  assert.match(logged.join('\n'), / accept .*\n.* reject /);
  for (const value of [told('vn').number, 'NGHIEM', 'Nghi', files['0101']]) assert.ok(!logged.join('\n').includes(value));
});

test('what is no request is refused, and the service goes on', async () => {
  const refused = [
    ['{', 400], ['null', 400], ['{"files":{"0101":7}}', 400], ['{"files":[]}', 400], ['{"files":"0101"}', 400], ['{}', 400], ['{"files":{"0101":["a"]}}', 400], ['{"files":{"nowhere":""}}', 422], [JSON.stringify({ files: { '0101': 'AAAA' } }), 200],
    [JSON.stringify({ files: Object.fromEntries([['0101', 'A'.repeat(3_000_000)]]) }), 422], ['x'.repeat(5_000_000), 413],
  ];
  for (const [body, status] of refused) {
    const answer = await asked(body);
    assert.equal(answer.status, status, body.slice(0, 40));
    if (status === 200) assert.equal(answer.body.answer, 'reject');
  }
  assert.equal((await asked('', { path: '/' })).status, 404);
  assert.equal((await asked('', { method: 'PUT' })).status, 405);
  assert.equal((await asked(JSON.stringify({ files: await filesOf('vn') }))).body.answer, 'accept');
});

test('a body that only says how long it is stalls nobody', async () => {
  const started = performance.now();
  const answers = await Promise.all(Array.from({ length: 8 }, () => asked('{"files":{"0101":{"length":20000000}}}')));
  assert.deepEqual(answers.map(({ status }) => status), new Array(8).fill(400));
  assert.ok(performance.now() - started < 1000, `${performance.now() - started} ms`);
});

test('who is slow to send takes no place from others, and a module is no program', async () => {
  const slow = Array.from({ length: 8 }, () => {
    const asking = request({ ...where, path: '/verify', method: 'POST', headers: { 'content-length': 100 } });
    asking.on('error', () => {});
    asking.write('{');
    return asking;
  });
  await new Promise((resolve) => setTimeout(resolve, 100));
  assert.equal((await asked(JSON.stringify({ files: await filesOf('vn') }))).status, 200);
  for (const asking of slow) asking.destroy();
  const imported = `import(${JSON.stringify(pathToFileURL(join(examples, 'http_handler.mjs')).href)}).then(({ service }) => console.log(typeof service))`;
  assert.equal((await promisify(execFile)(process.execPath, ['-e', imported])).stdout, 'function\n');
});

test('the console program says how it is used, and what is wrong', async () => {
  const run = (args, env) => promisify(execFile)(process.execPath, [join(examples, 'console.mjs'), ...args], { env: { ...process.env, ...env } }).catch((error) => error);
  const bare = await run([], {});
  assert.deepEqual([bare.code, bare.stderr], [64, 'usage: CHIPID_CAN=digits node console.mjs CSCA [READER]\n']);
  const nowhere = await run([told('vn').csca, 'no reader has this in its name'], { CHIPID_CAN: '000017' });
  assert.equal(nowhere.code, 2);
  assert.match(nowhere.stderr, /^\d{4} /m);
  assert.ok(!nowhere.stderr.includes('000017'));
});
