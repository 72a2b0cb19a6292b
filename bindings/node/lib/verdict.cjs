'use strict';
// Policies, and the one answer.

const { inspect } = require('node:util');
const native = require('./native.cjs');
const { Assessment, decided } = require('./assessment.cjs');
const { call, misuse } = require('./errors.cjs');
const { bytes, list, text } = require('./given.cjs');
const { Held, INSIDE, nativeOf } = require('./held.cjs');

class Policy extends Held {
  static builtIn(name) {
    return new Policy(INSIDE, call(() => native.Policy.builtIn(text(name, 'the name'))));
  }

  static fromToml(toml) {
    return new Policy(INSIDE, call(() => native.Policy.fromToml(typeof toml === 'string' ? Buffer.from(toml) : bytes(toml, 'the policy'))));
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
    return values === null ? null : new Holder(values);
  }

  differences(fields) {
    return this.#part('differences', fields).map((difference) => new Difference(difference));
  }

  json(fields) {
    const verdict = nativeOf(this, Verdict, 'the verdict');
    return call(() => verdict.json(names(fields)));
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
    return parsed(call(() => verdict.part(name, names(fields))));
  }
}

/** What is asked for by name can be read; what is logged or written as a whole shows no value. */
class Hidden {
  constructor(values) {
    Object.assign(this, values);
    Object.freeze(this);
  }

  [inspect.custom](_depth, style) {
    return `${this.constructor.name} ${inspect(this.toJSON(), style)}`;
  }
}

class Holder extends Hidden {
  toJSON() {
    const { trust, missing, derived, ...values } = this;
    return { trust, fields: Object.keys(values) };
  }
}

class Difference extends Hidden {
  toJSON() {
    return { subject: this.subject, code: this.code, between: this.between.map(({ source }) => source) };
  }
}

const names = (fields) => (fields === undefined ? [] : list(fields, 'the fields').map((name) => text(name, 'a field')));

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
