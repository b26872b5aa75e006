// The sentence of the repository's README, between two marks.
import { betweenMarks } from '../../tools/src/between-marks.ts';
import { isBusy } from './machine.ts';
import type { Results } from './results.ts';

/**
 * `readme` with what was measured; as it is where there is no PyTorch to compare with, and where the machine was busy.
 *
 * @throws Error when the marks are not there
 */
export const withHeadline = (readme: string, { machine, ratios }: Results): string => {
  const [cnn2, cnn1] = ['cnn2', 'cnn1'].map((network) =>
    ratios[`${network}: onnx / torch-plain`]?.toFixed(2),
  );
  if (cnn2 === undefined || cnn1 === undefined || isBusy(machine)) return readme;
  const text = `With two threads a training step through a latent takes ${cnn2} × the time of a step of the plain network in
PyTorch for CNN2, ${cnn1} × for CNN1 ([figures](bench/README.md)).`;
  return betweenMarks(readme, { name: 'bench', by: 'npm run bench' }, text);
};
