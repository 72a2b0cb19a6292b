// What is wrong by the types. A line below that compiles is an error.

import { ChipidError, Document, Keys, LiveImages, Policy, Reading, TransportError, Trust, Verdict, type Answer, type Holder } from 'chipid';

declare const verdict: Verdict;
declare const holder: Holder;
declare const bytes: Uint8Array;
const reading = new Reading(Keys.can(bytes));

// @ts-expect-error a string cannot be wiped
Keys.can('000017');
// @ts-expect-error keys are made by what they are
new Keys();
// @ts-expect-error only a policy makes a verdict
new Verdict();
// @ts-expect-error an error of a transport says what happened
new ChipidError('mine', { code: 1 });
// @ts-expect-error such a kind there is not
new TransportError('bad_luck');
// @ts-expect-error a store is no key
new Reading(new Trust());
// @ts-expect-error what looks like keys is none
new Reading({ close() {}, [Symbol.dispose]() {} });
// @ts-expect-error there are sixteen data groups
new Reading(Keys.can(bytes), { only: [17] });
// @ts-expect-error a response is bytes
reading.run(async () => 'response');
// @ts-expect-error a picture comes from somewhere
new LiveImages('webcam');
// @ts-expect-error a frame has as many planes as its format
void new LiveImages('camera').addFrame({ format: 'nv21', width: 2, height: 2, planes: [{ bytes }] });
// @ts-expect-error such a policy is not built in
Policy.builtIn('lenient');
// @ts-expect-error an answer cannot be set
verdict.answer = 'accept';
// @ts-expect-error nor can a check
verdict.checks.face.status = 'passed';
// @ts-expect-error nor what a holder is called
holder.name = 'x';
// @ts-expect-error such a field there is not
verdict.holder(['shoe_size']);
// @ts-expect-error an answer is one of three words
export const answer: Answer = 'yes';
// @ts-expect-error a missing name is to be reckoned with
export const name: string = verdict.holder()!.name;
// @ts-expect-error an anchor is taken for something
void new Trust().add(bytes, { kind: 'whatever' });
// @ts-expect-error files have numbers
new Document().add('DG1', bytes);
