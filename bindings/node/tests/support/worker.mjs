// What a worker thread does in the tests.

import { parentPort, workerData } from 'node:worker_threads';
import { Assessment, Faces, LiveImages, Policy, Reading } from 'chipid';
import { assessed, canOf, cleaning, models, photograph, read, trustIn } from './world.mjs';

async function compared() {
  const images = new LiveImages('camera');
  await images.addFile(await photograph('obama2.jpg'));
  const assessment = await assessed('face');
  const faces = await Faces.load(models);
  return { assessment, done: assessment.compareFace(faces, images) };
}

switch (workerData) {
  case 'reading':
    parentPort.postMessage(cleaning().decide(await Assessment.of(await read('vn'), await trustIn('vn'))).answer);
    break;
  case 'comparison': {
    const { assessment, done } = await compared();
    await done;
    parentPort.postMessage(Policy.builtIn('counter').decide(assessment).checks.face.status);
    break;
  }
  case 'hanging':
    new Reading(canOf('vn')).run(() => {
      parentPort.postMessage('begun');
      return new Promise(() => {});
    });
    setInterval(() => {}, 1000);
    break;
  default:
    await compared();
    parentPort.postMessage('begun');
}
