// A program that ends, or has nothing more to do, in the middle of something.

import { Assessment, Document, Faces, LiveImages, Reading } from 'chipid';
import { assessed, canOf, models, photograph, served } from './world.mjs';

const hanging = () => new Promise(() => {});
const soon = () => setTimeout(() => process.exit(7), 20);

switch (process.env.CHIPID_TEST_WHAT) {
  case 'reading':
    new Reading(canOf('vn')).run(hanging);
    soon();
    break;
  case 'step': {
    // In the middle of a key agreement in the pool.
    let commands = 0;
    const card = served('vn');
    new Reading(canOf('vn')).run(async (command) => {
      commands += 1;
      const response = await card.transmit(command);
      if (commands === 4) setImmediate(() => process.exit(7));
      return response;
    });
    break;
  }
  case 'comparison': {
    const images = new LiveImages('file');
    await images.addFile(await photograph('obama2.jpg'));
    (await assessed('face')).compareFace(await Faces.load(models), images);
    soon();
    break;
  }
  case 'loading':
    Faces.load(models);
    setTimeout(() => process.exit(7), 1);
    break;
  case 'abort': {
    const stop = new AbortController();
    new Reading(canOf('vn')).run(hanging, { signal: stop.signal }).catch(() => process.exit(7));
    stop.abort();
    break;
  }
  default:
    new Reading(canOf('vn')).run(hanging);
    await Document.load('/nowhere').catch(() => {});
    void Assessment;
}
