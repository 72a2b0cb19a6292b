// Blocks of `key=value` lines with a blank line between: how the conformance program and its members speak.

/** Every block as a list of pairs: keys may repeat, and their order counts. */
export function parsed(text) {
  return text
    .split(/\n{2,}/)
    .map((block) => block.split('\n').filter((line) => line !== '').map(pair))
    .filter((block) => block.length > 0);
}

function pair(line) {
  const at = line.indexOf('=');
  const value = line.slice(at + 1).replace(/\\(.)/g, (_, escaped) => (escaped === 'n' ? '\n' : escaped));
  return [line.slice(0, at), value];
}

export function written(blocks) {
  const escaped = (value) => String(value).replaceAll('\\', '\\\\').replaceAll('\n', '\\n');
  return blocks.map((block) => block.map(([key, value]) => `${key}=${escaped(value)}\n`).join('')).join('\n');
}

/** Questions to one block. */
export class Block {
  constructor(pairs) {
    this.pairs = pairs;
  }

  one(key) {
    return this.pairs.find(([name]) => name === key)?.[1];
  }

  all(key) {
    return this.pairs.filter(([name]) => name === key).map(([, value]) => value);
  }

  /** What follows `start` in a key, with the value. */
  under(start) {
    return this.pairs.filter(([name]) => name.startsWith(start)).map(([name, value]) => [name.slice(start.length), value]);
  }
}
