// What is right by the types.

import {
  Assessment, ChipidError, Document, ErrorCode, Faces, Keys, LiveImages, Policy, Readers, Reading, TransportError, Trust, Verdict, version,
  type Answer, type Capture, type Checks, type Field, type FileName, type Frame, type Ground, type Holder, type Progress, type Severity, type Status,
  type Transmit,
} from 'chipid';

type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
const same = <A, B>(_: Same<A, B>): void => {};

same<Answer, 'accept' | 'reject' | 'undecided'>(true);
same<Verdict['answer'], Answer>(true);
same<Ground['severity'], Severity>(true);
same<Checks['face']['status'], Status>(true);
same<Checks['face']['capture'], Capture | null>(true);
same<ReturnType<Verdict['holder']>, Holder | null>(true);
same<Holder['name'], string | null | undefined>(true);
same<ChipidError['file'], FileName | undefined>(true);
same<typeof ErrorCode.CARD_REMOVED, 1001>(true);
same<Awaited<ReturnType<Reading['run']>>, Document>(true);

export async function all(bytes: Uint8Array, folder: URL, signal: AbortSignal): Promise<Answer> {
  using keys = Keys.can(Buffer.from('000017'));
  const scanned: Keys = await Keys.qr(bytes);
  const transmit: Transmit = async (apdu) => {
    if (apdu.length > 261) throw new TransportError('apdu_too_long', { cause: version });
    return bytes;
  };
  using reading = new Reading(keys, { only: [1, 2, 13], challenge: new Uint8Array(8), limits: { command: 261 } });
  const run = reading.run(transmit, { signal });
  for await (const progress of run) {
    const { phase, file, bytesDone }: Progress = progress;
    if (phase === 'file') console.log(file ?? '', bytesDone.toFixed());
  }
  const document = await run.catch((error: unknown) => {
    if (error instanceof ChipidError && error.code === ErrorCode.CARD_REMOVED) return reading.runOnReader({ name: 'x', waitMs: 10 });
    throw error;
  });
  document.add(0x0101, bytes).challengedWith(bytes);
  const raw: Uint8Array | undefined = document.unverifiedFile(0x0101);
  await document.save(folder);

  const trust = new Trust();
  await trust.add(raw ?? bytes, { name: 'csca', kind: 'identity_cards' });
  const assessment = await Assessment.of(await Document.load(folder), trust, { at: new Date() });
  assessment.compareKeys(scanned).compareTyped({ number: bytes });
  const images = new LiveImages('camera');
  const frame: Frame = { format: 'nv21', width: 2, height: 2, rotation: 90, planes: [{ bytes }, { bytes, rowStride: 2 }] };
  await images.addFrame(frame);
  await assessment.compareFace(await Faces.load({ detector: bytes, recogniser: bytes }), images);
  assessment.addLiveness({ result: 'passed', vendor: 'a', version: '1', basis: 'b', capture: 'camera', at: new Date(), images: images.digests() });
  const request = assessment.confirmationRequest();
  assessment.addConfirmation(request, { outcome: 'timed_out' });

  const verdict = Policy.builtIn('counter').decide(assessment);
  const fields = ['name', 'birth'] as const satisfies readonly Field[];
  const name: string | null | undefined = verdict.holder(fields)?.name;
  const [first] = verdict.grounds;
  console.log(name, first?.code, verdict.checks.passive_authentication.data_groups['1'] === 'match', (await Readers.list())[0]?.card);
  switch (verdict.answer) {
    case 'accept':
    case 'reject':
    case 'undecided':
      return verdict.answer;
    default:
      return verdict.answer satisfies never;
  }
}
