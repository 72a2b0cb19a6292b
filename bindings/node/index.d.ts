/// <reference lib="esnext.disposable" />

/**
 * chipid for Node.js: reads the chip of a passport or identity card, proves data and chip genuine, compares the portrait
 * with a live face, and gives one verdict with its grounds.
 *
 * What speaks of a person goes in and comes out as bytes, which can be overwritten; a string cannot. Objects that hold
 * something have `close()`, which wipes it, and can stand behind `using`. What is logged, inspected or written as JSON by
 * mistake shows no value of anybody's.
 *
 * @packageDocumentation
 */

import type { TransportErrorKind } from './lib/error_code.cjs';

export { ErrorCode } from './lib/error_code.cjs';
export type { TransportErrorKind };

/** The version of the library. */
export const version: string;

/** The answer. Whatever is not clearly `accept` or `reject` is `undecided`. */
export type Answer = 'accept' | 'reject' | 'undecided';

/** What a ground does to the answer. */
export type Severity = 'fatal' | 'doubt' | 'note';

/** How a check ended. */
export type Status = 'passed' | 'failed' | 'not_performed';

/** Where live images come from, by the application's word: policies ask for it. */
export type Capture = 'file' | 'camera' | 'station' | 'external';

/** The name of a data group. */
export type DataGroupName =
  | 'DG1' | 'DG2' | 'DG3' | 'DG4' | 'DG5' | 'DG6' | 'DG7' | 'DG8'
  | 'DG9' | 'DG10' | 'DG11' | 'DG12' | 'DG13' | 'DG14' | 'DG15' | 'DG16';

/** The name of a file on the chip. */
export type FileName = DataGroupName | 'EF_COM' | 'EF_SOD' | 'EF_CardAccess' | 'EF_CardSecurity' | 'EF_ATR' | 'EF_DIR';

/** The number of a data group. */
export type DataGroup = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10 | 11 | 12 | 13 | 14 | 15 | 16;

/** Something that holds what is to be wiped. */
interface Closeable {
  /** Wipes what it holds. Whatever is done with it afterwards fails with 8902; what was asked of it before is done with what it was then. Closing
   * twice is closing once. */
  close(): void;
  /** The same, for `using`. */
  [Symbol.dispose](): void;
}

/** Work that could not be done. What is wrong with a document is never an error: see the grounds of a verdict. */
export class ChipidError extends Error {
  protected constructor(message: string, facts: { code: number }, options?: ErrorOptions);
  readonly name: string;
  /** The permanent code, one of {@link ErrorCode}. 9999 says that chipid has a fault. */
  readonly code: number;
  /** The file that it is about, where it is about one. */
  readonly file?: FileName;
  /** The offset of the trouble in the file, in bytes. */
  readonly offset?: number;
  /** The chip's answer, SW1 and SW2 as one number. */
  readonly statusWord?: number;
  /** How many tries the chip says are left. */
  readonly triesLeft?: number;
  /** What the caller's `transmit` threw, or why its signal was aborted. */
  readonly cause?: unknown;
}

/** What a `transmit` throws to say why there is no response. Anything else that it throws counts as `transport_failed`. */
export class TransportError extends ChipidError {
  constructor(kind: TransportErrorKind, options?: ErrorOptions);
  /** What happened. */
  readonly kind: TransportErrorKind;
}

/** What opens a chip, with what came along: a QR code or a zone says more than the key in it, and is compared later. */
export class Keys implements Closeable {
  private constructor();
  #private;
  /** The six digits printed on the card. */
  static can(digits: Uint8Array): Keys;
  /** The holder's PIN. A few wrong ones block it. */
  static pin(digits: Uint8Array): Keys;
  /** The number that unblocks the PIN. */
  static puk(digits: Uint8Array): Keys;
  /** The text of a machine readable zone. What a camera confuses is put right where check digits prove it. */
  static mrz(zone: Uint8Array): Keys;
  /** The QR code of a Vietnamese card: its text in any encoding, or a picture of it (JPEG, PNG). */
  static qr(code: Uint8Array): Promise<Keys>;
  /** The twelve digits of a Vietnamese card. They open chips that have PACE. */
  static number(digits: Uint8Array): Keys;
  /** Document number, birth and last day of validity as the zone has them, the days as `YYMMDD`. */
  static document(zone: { number: Uint8Array; birth: Uint8Array; expiry: Uint8Array }): Keys;
  /** The number with the days of birth and issue (`YYYYMMDD`): for chips without PACE. */
  static numberAndDays(given: { number: Uint8Array; birth: Uint8Array; issued: Uint8Array }): Keys;
  close(): void;
  [Symbol.dispose](): void;
}

/** What an anchor is taken for: anything by its kind; a CSCA for identity cards alone, as Vietnamese cards ask for; a
 * certificate that vouches for the signers of master lists, and for nothing else. */
export type AnchorKind = 'any' | 'identity_cards' | 'list_root';

/** Whom to believe. Filled first and used then: from the call of {@link Assessment.of} on nothing can be added (8903). */
export class Trust implements Closeable {
  constructor();
  #private;
  /** Adds a CSCA certificate, a master list or a revocation list, DER or PEM. `name` says where it is from, for the report.
   * What is added is added in the order of the calls. After an error the store is of no more use. */
  add(data: Uint8Array, about?: { name?: string; kind?: AnchorKind }): Promise<void>;
  close(): void;
  [Symbol.dispose](): void;
}

/** What a reading does: it opens the chip, reads files, has the chip prove itself. More may come. */
export type Phase = 'access' | 'file' | 'chip_authentication' | 'active_authentication' | 'done' | 'other';

/** How far a reading is. */
export interface Progress {
  readonly phase: Phase;
  /** The file, in the phase `file`. */
  readonly file?: FileName;
  /** Bytes of files read so far. */
  readonly bytesDone: number;
  /** Bytes of all files whose length is known so far. */
  readonly bytesKnown: number;
}

/** Carries a command APDU to the chip, and its response back, status word included. Where there is none it throws a {@link TransportError}. */
export type Transmit = (apdu: Uint8Array) => Promise<Uint8Array> | Uint8Array;

/** A reading under way: a promise of the document, and an iteration over its progress, which throws what the promise rejects with.
 * Whoever does not listen misses nothing else; whoever listens late is told the last of each phase and file. */
export interface ReadingRun extends Promise<Document>, AsyncIterable<Progress> {}

/** How a chip is read. */
export interface ReadingOptions {
  /** Only these data groups (and EF.COM, EF.SOD, DG14, DG15). */
  only?: readonly DataGroup[];
  /** Eight bytes for Active Authentication, where a server chose them. */
  challenge?: Uint8Array;
  /** What the way to the card is known to carry, in bytes of a whole APDU, for `run`: on a reader it is the reader that says so. 0 is not known.
   * With commands of less than 46 bytes or responses of less than 52 no chip can be read (8905). */
  limits?: { command?: number; response?: number };
}

/** One reading of one card. Run again after an error, it goes on at the byte where it was, on the same card and no other.
 * A second run while one runs is refused (8903). */
export class Reading implements Closeable {
  constructor(keys: Keys, options?: ReadingOptions);
  #private;
  /** Reads the document with the caller's `transmit`. An aborted signal ends it at once with 1011, whatever it waits for; what `transmit`
   * does then is awaited by nobody. */
  run(transmit: Transmit, options?: { signal?: AbortSignal }): ReadingRun;
  /** Reads the document on a reader of this machine (PC/SC), or on the only one with `name` in its name; without a name, on any
   * contactless reader. `waitMs` says how long to wait for a card; 0, and nothing, not at all. */
  runOnReader(options?: { name?: string; waitMs?: number; signal?: AbortSignal }): ReadingRun;
  /** Wipes it, and ends at once, with 8902, a run that is under way. */
  close(): void;
  [Symbol.dispose](): void;
}

/** A reader of this machine. */
export interface ReaderStatus {
  readonly name: string;
  /** Whether a card lies on it. */
  readonly card: boolean;
}

/** The readers of this machine, through PC/SC. */
export const Readers: {
  list(): Promise<ReaderStatus[]>;
};

/** A challenge, and what the chip answered to it. */
export interface ActiveAuthenticationEvidence {
  /** Eight bytes. */
  challenge: Uint8Array;
  signature: Uint8Array;
}

/** A document's files, believed by nobody: {@link Assessment.of} says what they are worth. */
export class Document implements Closeable {
  /** Without files, to be filled with {@link add}. */
  constructor();
  #private;
  /** From a folder that {@link save} or the program wrote. */
  static load(folder: string | URL): Promise<Document>;
  /** Adds a saved file by its identifier (0x0101 for DG1, 0x011E for EF.COM, 0x011D for EF.SOD, 0x3F00011D for EF.CardSecurity), or
   * puts it in the place of an earlier one. What a chip or a folder gave is not added to (8902). */
  add(file: number, data: Uint8Array): this;
  /** Adds what a chip answered to a challenge of Active Authentication. */
  addActiveAuthentication(evidence: ActiveAuthenticationEvidence): this;
  /** What the chip answered to Active Authentication, for keeping it; undefined where there was none. */
  activeAuthentication(): ActiveAuthenticationEvidence | undefined;
  /** Says which challenge of eight bytes the caller itself chose for the Active Authentication that was saved. */
  challengedWith(challenge: Uint8Array): this;
  /** A raw file, for keeping it; undefined where the document has none of that identifier. */
  unverifiedFile(file: number): Uint8Array | undefined;
  /** Saves the raw files, readable by their owner alone, in a folder that is made, or holds no document yet. */
  save(folder: string | URL): Promise<void>;
  close(): void;
  [Symbol.dispose](): void;
}

/** Both face models, loaded. Loading takes a quarter of a second and some 100 MB: do it once. No package of chipid has
 * them: `chipid models fetch`. */
export class Faces implements Closeable {
  private constructor();
  #private;
  /** From a folder, or from the two files' bytes, after checking their digests. */
  static load(models: string | URL | { detector: Uint8Array; recogniser: Uint8Array }): Promise<Faces>;
  close(): void;
  [Symbol.dispose](): void;
}

/** One plane of samples. Without strides its rows and samples lie one behind the other. */
export interface Plane {
  bytes: Uint8Array;
  /** Bytes from one row to the next. */
  rowStride?: number;
  /** Bytes from one sample to the next. */
  pixelStride?: number;
}

/** A frame as a camera gives it. Luminance and chrominance are taken as JFIF has them (BT.601, full range). */
export type Frame = {
  /** Width and height in pixels, as the sensor has them. */
  width: number;
  height: number;
  /** By how much it must be turned clockwise to stand upright. */
  rotation?: 0 | 90 | 180 | 270;
} & (
  | { format: 'rgb' | 'bgra'; planes: readonly [Plane] }
  /** Luminance, then V and U by turns at half the size. */
  | { format: 'nv21'; planes: readonly [Plane, Plane] }
  /** Luminance, U and V, the latter two at half the size. */
  | { format: 'yuv420'; planes: readonly [Plane, Plane, Plane] }
);

/** Live images of one person, decoded. */
export class LiveImages implements Closeable {
  constructor(capture: Capture);
  #private;
  /** Adds a JPEG, PNG or JPEG 2000 file's bytes. */
  addFile(picture: Uint8Array): Promise<void>;
  /** Adds a camera's frame. Its planes are copied before the call returns, so that they may be filled with the next frame at once;
   * that takes a millisecond or two for each megabyte. */
  addFrame(frame: Frame): Promise<void>;
  /** What ties a liveness result to these images: SHA-256 over a file's bytes as they were given; over a frame's upright pixels,
   * after width and height (32 bits each, big-endian). */
  digests(): Uint8Array[];
  close(): void;
  [Symbol.dispose](): void;
}

/** What another maker's liveness check came to: chipid has none. It counts only for the images that it looked at. */
export interface Liveness {
  result: 'passed' | 'failed' | 'uncertain';
  /** Who made the check. */
  vendor: string;
  /** Which version of theirs. */
  version: string;
  /** By what it is known to work: a certificate or test report. */
  basis: string;
  /** Where the images came from; it must be that of the images that were compared. */
  capture: Capture;
  /** When it was made. */
  at: Date;
  /** The images that it looked at, as {@link LiveImages.digests} gives them. */
  images: readonly Uint8Array[];
}

/** What another maker's engine said of the chip's portrait and live images. It counts where the policy names vendor and
 * certificate (`[[face.vendors]]`), and the built-in policies name nobody. */
export interface VendorComparison {
  result: 'match' | 'mismatch' | 'uncertain';
  /** Whose engine. */
  vendor: string;
  /** Which version of theirs. */
  version: string;
  /** By what it is known to work: certificate or test report. */
  certificate: string;
  /** Where the live images came from. */
  capture: Capture;
  /** When it was made. */
  at: Date;
  /** The portrait that was compared, as {@link Assessment.portraitDigest} gives it. */
  portrait: Uint8Array;
  /** The images that it looked at, as {@link LiveImages.digests} gives them. */
  images: readonly Uint8Array[];
}

/** What may be sent to a confirmation service, part by part. One question has one answer: what took it is used up. */
export class ConfirmationRequest implements Closeable {
  private constructor();
  #private;
  /** Whether `signature` signs `data` under the key of the service's certificate (DER or PEM), over SHA-256. Whether that
   * certificate is the service's is the caller's to know. */
  static isSigned(answer: { certificate: Uint8Array; data: Uint8Array; signature: Uint8Array }): boolean;
  /** The personal number; on documents without one the document number. */
  readonly number: Uint8Array;
  /** Sixteen bytes, with which the answer must come back. */
  readonly nonce: Uint8Array;
  /** The document signer's certificate, DER. */
  readonly signer: Uint8Array | undefined;
  /** SHA-256 over it. */
  readonly signerSha256: Uint8Array | undefined;
  /** The challenge of Active Authentication, and the chip's signature over it. */
  readonly challenge: Uint8Array | undefined;
  readonly signature: Uint8Array | undefined;
  /** The caller's name for the holder's consent. */
  readonly consent: string | undefined;
  /** When it was made. */
  readonly madeAt: Date;
  /** A file, verbatim: EF.COM, EF.SOD, DG1, DG2, DG13, DG14, DG15, as far as they were read. */
  file(file: number): Uint8Array | undefined;
  /** The digest of a data group, by the algorithm of EF.SOD. */
  digest(file: number): Uint8Array | undefined;
  close(): void;
  [Symbol.dispose](): void;
}

/** What became of asking. What binds an answer to its question must be what the service says, never what was asked. */
export type ConfirmationAnswer =
  | {
      outcome: 'confirmed' | 'denied';
      /** Who says so. */
      service: string;
      /** The service's own number for its answer. */
      transaction?: string;
      /** The number that it says it was asked about. */
      number: Uint8Array;
      /** The signer's digest that it says it was asked about. */
      signerSha256: Uint8Array;
      /** The nonce that it says it was asked with. */
      nonce: Uint8Array;
      /** When it answered, by its clock. */
      answeredAt: Date;
    }
  /** There was no answer, or none that is the service's. */
  | { outcome: 'no_connection' | 'timed_out' | 'refused' | 'unreadable' | 'not_authentic' };

/** Everything that is known of one document and one person. It is changed by one call at a time, and not while a verdict over
 * it is open (8903): close that first. */
export class Assessment implements Closeable {
  private constructor();
  #private;
  /** Verifies a document, now or at a given time, and compares what came with its key with the signed data. Document and store count as they
   * are when it is called: what was added is in it, awaited or not, and what is done to either afterwards is not. */
  static of(document: Document, trust: Trust, options?: { at?: Date }): Promise<Assessment>;
  /** Compares what came with a key with the signed data: for a document that was not opened with that key. */
  compareKeys(keys: Keys): this;
  /** Compares what was typed or is in a record with the signed data, as UTF-8; the birth as `YYYYMMDD` or `YYYY-MM-DD`. What is not there is not
   * compared, and what is there and empty agrees with nobody's. */
  compareTyped(typed: { name?: Uint8Array; number?: Uint8Array; birth?: Uint8Array }): this;
  /** Compares the chip's portrait, where it is proven, with live images. Several images of one moment belong into one call: every
   * further call counts as another attempt of a person who did not match. Images that were added before are waited for, and those that are added
   * afterwards are not in it; the assessment cannot be changed or judged (8903) until the promise has settled. */
  compareFace(faces: Faces, images: LiveImages): Promise<void>;
  /** Takes another maker's liveness check. */
  addLiveness(liveness: Liveness): this;
  /** Takes another maker's comparison, as of now. */
  addVendorComparison(comparison: VendorComparison): this;
  /** What ties such a comparison to this document's portrait: 32 bytes; undefined where no portrait is proven. */
  portraitDigest(): Uint8Array | undefined;
  /** Gathers what a confirmation service may ask for, where the document's digests and signature hold (else 8204). `nonce` is sixteen
   * bytes that the service gave; without it new ones are made. `consent` is the caller's name for the holder's consent. */
  confirmationRequest(about?: { nonce?: Uint8Array; consent?: string }): ConfirmationRequest;
  /** Takes what a service answered, as of now. It counts where it is bound to this document's number and signer, to the request's
   * nonce, and to the time. */
  addConfirmation(request: ConfirmationRequest, answer: ConfirmationAnswer): this;
  /** Says how many comparisons this session has seen, this one included, how many before it did not match, and how many seconds
   * ago it began. "This one" is the first that will be made on this object or, where there was one, the last; every further one on this
   * object is added to both numbers, and they only grow. */
  setAttempts(attempts: { made: number; failedBefore?: number; sessionSeconds?: number }): this;
  /** The portrait as the chip has it (JPEG or JPEG 2000); undefined where its issuer is not verified: anybody can sign one. */
  portrait(): Uint8Array | undefined;
  close(): void;
  [Symbol.dispose](): void;
}

/** The name of a built-in policy: `counter`, `one-stop` with a clerk and a live face; `transfer` without a clerk, with another maker's liveness check;
 * `document-only` for the document alone, which is no copy, whoever holds it; `data-cleaning`, `reading-only` for the data alone, whoever holds the
 * card, and be it a copy; `demo` for demonstrations with test cards. */
export type PolicyName = 'counter' | 'transfer' | 'one-stop' | 'document-only' | 'data-cleaning' | 'reading-only' | 'demo';

/** By what a document and a face are judged. */
export class Policy implements Closeable {
  private constructor();
  #private;
  /** A built-in policy. */
  static builtIn(name: PolicyName): Policy;
  /** A policy of one's own, as text or as a file's bytes. */
  static fromToml(toml: string | Uint8Array): Policy;
  readonly name: string;
  /** Decides. */
  decide(assessment: Assessment): Verdict;
  close(): void;
  [Symbol.dispose](): void;
}

/** One reason of a verdict. */
export interface Ground {
  /** What was noticed, as a permanent name: docs/verdict.md of chipid's sources has them all. */
  readonly code: string;
  readonly severity: Severity;
  readonly file: FileName | null;
  /** More of it, as a permanent word. */
  readonly detail: string | null;
}

/** How a check ended. */
export interface Check {
  readonly status: Status;
  /** Why it did not pass, as a permanent name. */
  readonly reason: string | null;
}

/** How the chip was opened. */
export interface AccessCheck extends Check {
  readonly protocol: 'pace' | 'bac' | 'none' | null;
  readonly mapping: 'gm' | 'im' | 'cam' | null;
  readonly cipher: '3des' | 'aes-128' | 'aes-192' | 'aes-256' | null;
  readonly group: string | null;
  readonly password: 'can' | 'mrz' | 'pin' | 'puk' | null;
  readonly attempts: number | null;
  readonly offered: readonly string[] | null;
  readonly offered_groups: readonly string[] | null;
  readonly passed_over: readonly string[] | null;
}

/** Whether the data are those that were signed, and by whom. */
export interface PassiveAuthenticationCheck extends Check {
  /** By the number of the data group. */
  readonly data_groups: Readonly<Partial<Record<`${DataGroup}`, 'match' | 'mismatch' | 'protected' | 'not_read' | 'not_in_sod'>>>;
  readonly digest: 'sha-1' | 'sha-224' | 'sha-256' | 'sha-384' | 'sha-512' | null;
  readonly signature: string | null;
  readonly signature_state: 'valid' | 'invalid' | 'unreadable';
  readonly signed_at: string | null;
  readonly document_signer: {
    readonly subject: string;
    readonly issuer: string;
    readonly serial: string;
    readonly not_before: string;
    readonly not_after: string;
    readonly key: string | null;
    readonly parameters: 'named' | 'explicit' | null;
  } | null;
  readonly csca: { readonly subject: string; readonly sha256: string; readonly source: string } | null;
}

/** Whether the chip is the one that the state made. */
export interface ChipGenuineCheck extends Check {
  readonly by: 'ca' | 'aa' | 'cam' | null;
  readonly chip_authentication: Status;
  readonly active_authentication: Status;
  readonly chip_authentication_mapping: Status;
}

/** Whether the document runs. */
export interface ValidityCheck extends Check {
  /** `YYYY-MM-DD`, or `never`. */
  readonly expires: string | null;
}

/** Whether the live face is the portrait's. */
export interface FaceCheck extends Check {
  /** In [-1, 1], to four digits. */
  readonly similarity: number | null;
  readonly threshold: number;
  readonly reject_threshold: number;
  /** Over all attempts of the session. */
  readonly false_match_rate: number;
  readonly false_match_rate_basis: string;
  readonly attempts: number;
  readonly capture: Capture | null;
  readonly model: string;
  /** What to do now, as a permanent word. */
  readonly advice: string | null;
  /** What another maker's engine said. */
  readonly vendor: {
    readonly result: VendorComparison['result'];
    readonly vendor: string;
    readonly version: string;
    readonly certificate: string;
    readonly capture: Capture;
    readonly at: string;
  } | null;
}

/** How another maker's liveness check was judged. */
export interface LivenessCheck extends Check {
  readonly result: Liveness['result'] | null;
  readonly vendor: string | null;
  readonly version: string | null;
  readonly basis: string | null;
  readonly capture: Capture | null;
  readonly at: string | null;
}

/** How an online confirmation was judged. */
export interface OnlineCheck extends Check {
  readonly service: string | null;
  readonly transaction: string | null;
  readonly answered_at: string | null;
}

/** Every check by its permanent name. Names and words are those of the report (`Verdict.json`). */
export interface Checks {
  readonly access: AccessCheck;
  readonly passive_authentication: PassiveAuthenticationCheck;
  readonly chip_genuine: ChipGenuineCheck;
  readonly document_validity: ValidityCheck;
  readonly consistency: Check;
  readonly face: FaceCheck;
  readonly capture: Check;
  readonly liveness: LivenessCheck;
  readonly online: OnlineCheck;
}

/** A field of the holder. */
export type Field =
  | 'personal_number' | 'name' | 'name_mrz' | 'birth' | 'sex' | 'nationality' | 'document_number' | 'document_type'
  | 'other_name' | 'issued' | 'expiry' | 'origin' | 'residence' | 'old_number' | 'generation' | 'card_title'
  | 'issuing_authority' | 'ethnicity' | 'religion' | 'features' | 'father' | 'mother' | 'spouse' | 'serial';

/** Why a field has no value. */
export type Missing = 'empty' | 'absent' | 'not_on_this_generation' | 'unreadable' | 'not_on_this_document';

/** What signed data say of the holder: the fields that were asked for, by their names. No value is enumerable: nothing logs or copies it, and
 * `JSON.stringify` gives the names of the fields alone: `Verdict.json` is for that. */
export type Holder = Readonly<Partial<Record<Field, string | null>>> & {
  /** Whether the signer is traced to a trusted state, or somebody signed. */
  readonly trust: 'issuer_verified' | 'signature_only';
  /** Why a field is null. */
  readonly missing?: Readonly<Partial<Record<Field, Missing>>>;
  /** Fields that are concluded from others and stand nowhere on the chip. */
  readonly derived?: readonly Field[];
  /** Which fields there are, without a value. */
  toJSON(): { trust: 'issuer_verified' | 'signature_only'; fields: Field[] };
};

/** Where two sources contradict each other. Hidden from logs as {@link Holder} is. */
export interface Difference {
  readonly subject: 'number' | 'old_number' | 'name' | 'birth' | 'sex' | 'issue' | 'expiry';
  readonly code: string;
  readonly between: readonly {
    readonly source: 'dg1' | 'dg13' | 'chip' | 'number_digits' | 'qr' | 'typed';
    /** Only where the field is among those asked for. */
    readonly value: string | null;
  }[];
}

/** The one answer, with its grounds. */
export class Verdict implements Closeable {
  private constructor();
  #private;
  /** The answer; of a closed verdict `undecided`. */
  readonly answer: Answer;
  /** Everything that led to it, the worst first. */
  readonly grounds: readonly Ground[];
  /** Every check by its name. */
  readonly checks: Checks;
  /** By what was judged: name, and SHA-256 over the text. */
  readonly policy: { readonly name: string; readonly sha256: string };
  /** What signed data say of the holder: these fields (of an empty list: none), or those that are given unasked; null where nothing is proven. */
  holder(fields?: readonly Field[]): Holder | null;
  /** Where two sources contradict each other, with the values of these fields. */
  differences(fields?: readonly Field[]): Difference[];
  /** The whole report, JSON in UTF-8, as the program `chipid verify --json` writes it (test-vectors/schemas/verify.schema.json of chipid's sources). */
  json(fields?: readonly Field[]): Uint8Array;
  close(): void;
  [Symbol.dispose](): void;
}

export {};
