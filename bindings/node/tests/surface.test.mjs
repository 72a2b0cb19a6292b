// index.d.ts is the surface: what stands in it is there, what is there stands in it, and its words are the report's.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { test } from 'node:test';
import * as chipid from 'chipid';
import { root } from './support/world.mjs';

const out = process.env.CHIPID_NODE_OUT;
const ts = createRequire(join(out, 'tools/index.js'))('typescript');
const source = ts.createSourceFile('index.d.ts', await readFile(join(out, 'package/index.d.ts'), 'utf8'), ts.ScriptTarget.ESNext, true);
const schema = JSON.parse(await readFile(join(root, 'test-vectors/schemas/verify.schema.json'), 'utf8'));
const isExported = (node) => node.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword);
const declared = source.statements.filter(isExported);
const classes = declared.filter(ts.isClassDeclaration);

const isStatic = (member) => member.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.StaticKeyword) ?? false;
const shown = (member) => (member.name && !ts.isPrivateIdentifier(member.name) ? member.name.getText() : undefined);
/** What is of no type: a method for JSON.stringify alone, and what every class has. */
const BESIDE = new Set(['constructor', 'toJSON', 'length', 'prototype']);

function members(object) {
  const keys = Reflect.ownKeys(object).filter((key) => typeof key === 'string' || key === (Symbol.dispose ?? Symbol.for('nodejs.dispose')));
  return keys.map((key) => (typeof key === 'symbol' ? '[Symbol.dispose]' : key)).filter((key) => !BESIDE.has(key));
}

function inherited(of) {
  const found = new Set();
  for (let at = of.prototype; at && at !== Object.prototype && at !== Error.prototype; at = Object.getPrototypeOf(at)) members(at).forEach((key) => found.add(key));
  return found;
}

test('every export has a type, and every typed value is exported', async () => {
  const values = declared.flatMap((node) => {
    if (ts.isVariableStatement(node)) return node.declarationList.declarations.map(({ name }) => name.getText());
    return ts.isClassDeclaration(node) ? [node.name.text] : [];
  });
  const passed = source.statements.filter((node) => ts.isExportDeclaration(node) && node.moduleSpecifier).flatMap((node) => node.exportClause.elements.map(({ name }) => name.text));
  assert.deepEqual([...values, ...passed].sort(), Object.keys(chipid).sort());
  assert.equal(chipid.version, JSON.parse(await readFile(join(out, 'package/package.json'), 'utf8')).version);
});

test('every class has the members of its type, and no other', () => {
  for (const node of classes) {
    const of = chipid[node.name.text];
    const instance = new Set(inherited(of));
    // What an error tells stands in the error itself.
    if (of.prototype instanceof Error) ['code', 'file', 'offset', 'statusWord', 'triesLeft', 'cause'].forEach((key) => instance.add(key));
    if (of === chipid.TransportError) instance.add('kind');
    const typed = node.members.filter((member) => !isStatic(member)).map(shown).filter(Boolean);
    if (of === chipid.TransportError) typed.push(...classes.find(({ name }) => name.text === 'ChipidError').members.map(shown).filter(Boolean));
    assert.deepEqual([...new Set(typed)].sort(), [...instance].sort(), node.name.text);
    const statics = new Set(node.members.filter(isStatic).map(shown));
    const known = members(of).filter((key) => key !== 'name' && typeof of[key] === 'function');
    assert.deepEqual([...statics].sort(), known.sort(), `static members of ${node.name.text}`);
  }
});

test('everything is documented, and nothing is any', () => {
  const text = source.getFullText();
  const bare = [];
  const visit = (node) => {
    if (node.kind === ts.SyntaxKind.AnyKeyword) bare.push(`any in line ${source.getLineAndCharacterOfPosition(node.pos).line + 1}`);
    ts.forEachChild(node, visit);
  };
  visit(source);
  for (const node of declared) {
    if (ts.getJSDocCommentsAndTags(node).length === 0) bare.push(node.getText().slice(0, 60));
    if (!ts.isClassDeclaration(node)) continue;
    const told = new Set(['close', '[Symbol.dispose]', 'name', 'signature']);
    for (const member of node.members) {
      const name = shown(member);
      if (name && !told.has(name) && ts.getJSDocCommentsAndTags(member).length === 0) bare.push(`${node.name.text}.${name}`);
    }
  }
  assert.deepEqual(bare, []);
  assert.ok(text.length > 1000);
});

/** The strings of a union. */
function union(type) {
  if (ts.isUnionTypeNode(type)) return type.types.flatMap(union);
  return ts.isLiteralTypeNode(type) && ts.isStringLiteral(type.literal) ? [type.literal.text] : [];
}

const alias = (name) => union(declared.find((node) => ts.isTypeAliasDeclaration(node) && node.name.text === name).type);
const member = (name, key) => {
  const of = declared.find((node) => ts.isInterfaceDeclaration(node) && node.name.text === name);
  return union(of.members.find((one) => shown(one) === key).type);
};
const { checks, grounds, holder, differences, verdict } = schema.properties;
const own = (check, key) => checks.properties[check].properties[key].enum.filter((word) => word !== null);

test('the words of the types are those of the report\'s schema', () => {
  const same = (typed, words, what) => assert.deepEqual([...typed].sort(), [...words].sort(), what);
  same(alias('Answer'), verdict.enum, 'Answer');
  same(alias('Severity'), grounds.items.properties.severity.enum, 'Severity');
  same(alias('Status'), schema.$defs.status.enum, 'Status');
  same(alias('Capture'), own('face', 'capture'), 'Capture');
  same(alias('Missing'), holder.properties.missing.additionalProperties.enum, 'Missing');
  same(alias('Field'), Object.keys(holder.properties).filter((key) => !['trust', 'missing', 'derived'].includes(key)), 'Field');
  same(member('Difference', 'subject'), differences.items.properties.subject.enum, 'Difference.subject');
  for (const [name, check] of [['AccessCheck', 'access'], ['PassiveAuthenticationCheck', 'passive_authentication'], ['ChipGenuineCheck', 'chip_genuine']]) {
    for (const [key, value] of Object.entries(checks.properties[check].properties)) {
      if (value.enum) same(member(name, key), own(check, key), `${name}.${key}`);
    }
  }
  const typed = (name) => declared.find((node) => ts.isInterfaceDeclaration(node) && node.name.text === name).members.map(shown);
  same(typed('Checks'), Object.keys(checks.properties), 'Checks');
  const of = { AccessCheck: 'access', PassiveAuthenticationCheck: 'passive_authentication', ChipGenuineCheck: 'chip_genuine', ValidityCheck: 'document_validity', FaceCheck: 'face', LivenessCheck: 'liveness', OnlineCheck: 'online' };
  for (const [name, check] of Object.entries(of)) same(typed(name), Object.keys(checks.properties[check].properties), name);
});
