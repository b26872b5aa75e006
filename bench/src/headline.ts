// The sentence of the repository's README, between two marks.
import { betweenMarks } from '../../tools/src/between-marks.ts';
import type { Results } from './results.ts';

/** `readme` with what was measured. @throws Error when the marks are not there */
export const withHeadline = (readme: string, { machine, ratios }: Results): string => {
  const times = (network: string): string => {
    const ratio = ratios[`${network}: onnx / torch-plain`];
    return ratio === undefined ? '(not measured)' : `${ratio.toFixed(2)} ×`;
  };
  const text = `On ${machine.cores} cores a training step through a latent takes ${times('cnn2')} the time of a step of the plain network in
PyTorch for CNN2, ${times('cnn1')} for CNN1 ([figures](bench/README.md)).`;
  return betweenMarks(readme, { name: 'bench', by: 'npm run bench' }, text);
};
