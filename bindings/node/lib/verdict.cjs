'use strict';
// Policies, and the one answer.

const { inspect } = require('node:util');
const native = require('./native.cjs');
const { Assessment, decided } = require('./assessment.cjs');
const { call, misuse } = require('./errors.cjs');
const { bytes, list, text } = require('./given.cjs');
const { Held, INSIDE, nativeOf } = require('./held.cjs');

/** The longest policy. */
const LONGEST = 65_536;

class Policy extends Held {
  static builtIn(name) {
    return new Policy(INSIDE, call(() => native.Policy.builtIn(text(name, 'the name'))));
  }

  static fromToml(toml) {
    const given = typeof toml === 'string' ? new TextEncoder().encode(text(toml, 'the policy', LONGEST)) : bytes(toml, 'the policy', LONGEST);
    return new Policy(INSIDE, call(() => native.Policy.fromToml(given)));
  }

  get name() {
    const policy = nativeOf(this, Policy, 'the policy');
    return call(() => policy.name());
  }

  decide(assessment) {
    const policy = nativeOf(this, Policy, 'the policy');
    const assessed = nativeOf(assessment, Assessment, 'the assessment');
    return new Verdict(INSIDE, call(() => policy.decide(assessed)), assessment);
  }
}

class Verdict extends Held {
  /** What the verdict says of no person; nothing once it is closed. */
  #said;
  #letGo;

  constructor(token, made, assessment) {
    super(token, made);
    this.#said = parsed(call(() => made.summary()));
    this.#letGo = decided(assessment, this);
    Object.freeze(this);
  }

  get answer() {
    const answer = this.#said?.verdict;
    return answer === 'accept' || answer === 'reject' ? answer : 'undecided';
  }

  get grounds() {
    return this.#open().grounds;
  }

  get checks() {
    return this.#open().checks;
  }

  get policy() {
    return this.#open().policy;
  }

  holder(fields) {
    const values = this.#part('holder', fields);
    return values === null ? null : new Holder(isNone(fields) ? { trust: values.trust } : values);
  }

  differences(fields) {
    const found = this.#part('differences', fields);
    return (isNone(fields) ? found.map(valueless) : found).map((difference) => new Difference(difference));
  }

  json(fields) {
    const verdict = nativeOf(this, Verdict, 'the verdict');
    const asked = names(fields);
    const json = call(() => verdict.json(asked));
    return isNone(fields) ? ofNobody(json) : json;
  }

  close() {
    super.close();
    this.#said = undefined;
    this.#letGo();
  }

  toJSON() {
    return { answer: this.answer };
  }

  [inspect.custom](_depth, style) {
    const grounds = this.#said?.grounds.map(({ code }) => code) ?? [];
    return `Verdict ${inspect({ answer: this.answer, grounds }, style)}`;
  }

  #open() {
    if (this.#said === undefined) throw misuse('foreign', 'the verdict was closed');
    return this.#said;
  }

  #part(name, fields) {
    const verdict = nativeOf(this, Verdict, 'the verdict');
    const asked = names(fields);
    return parsed(call(() => verdict.part(name, asked)));
  }
}

/** What is asked for by name can be read; what is logged or written as a whole shows no value. */
class Hidden {
  #values;

  constructor(values) {
    this.#values = values;
    // Not enumerable, and no data: what walks over an object, or looks into it, finds names alone.
    for (const name of Object.keys(values)) Object.defineProperty(this, name, { get: () => this.#values[name] });
    Object.freeze(this);
  }

  [inspect.custom](_depth, style) {
    return `${this.constructor.name} ${inspect(this.toJSON(), style)}`;
  }
}

/** What a holder has beside fields. */
const ABOUT = ['trust', 'missing', 'derived'];

class Holder extends Hidden {
  toJSON() {
    return { trust: this.trust, fields: Object.getOwnPropertyNames(this).filter((name) => !ABOUT.includes(name)) };
  }
}

class Difference extends Hidden {
  toJSON() {
    return { subject: this.subject, code: this.code, between: this.between.map(({ source }) => source) };
  }
}

/** What the library is asked for. To it an empty list is none: who asks for nothing asks for what says least of anybody, and is not given that either. */
const names = (fields) => {
  if (fields === undefined) return [];
  const asked = list(fields, 'the fields').map((name) => text(name, 'a field'));
  return asked.length === 0 ? ['card_title'] : asked;
};
const isNone = (fields) => fields !== undefined && fields.length === 0;
const valueless = ({ between, ...told }) => ({ ...told, between: between.map((side) => ({ ...side, value: null })) });

/** The report without a field of the holder. */
function ofNobody(json) {
  const report = { ...parsed(json) };
  if (report.holder) report.holder = { trust: report.holder.trust };
  if (report.differences) report.differences = report.differences.map(valueless);
  return new TextEncoder().encode(JSON.stringify(report));
}

/** JSON as a value that nobody changes; the bytes are wiped. */
function parsed(json) {
  try {
    return frozen(JSON.parse(new TextDecoder().decode(json)));
  } finally {
    json.fill(0);
  }
}

function frozen(value) {
  if (typeof value === 'object' && value !== null) Object.values(Object.freeze(value)).forEach(frozen);
  return value;
}

module.exports = { Difference, Holder, Policy, Verdict };
