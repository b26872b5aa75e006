// The rows of the paper (Sen & Mukherjee, Mapping Networks, CVPR 2026, arXiv 2602.19134) that are reproduced: target,
// what is trained, dataset, with all of its training images. Nothing else is set, so that every row has the same
// defaults.
import type { Experiment } from './experiment.ts';
import { experimentsOf, type Row, type Sets } from './rows.ts';

const direct = (seeds: number, sets: Sets): Row => ({
  trained: 'direct',
  parameterization: 'direct',
  seeds,
  ...sets,
});

const slvt = (latentDim: number, seeds: number, sets: Sets): Row => ({
  trained: `slvt-${latentDim}`,
  parameterization: { use: 'mapping', latentDim },
  seeds,
  ...sets,
});

const lwt = (latentDim: number, seeds: number, sets: Sets): Row => ({
  trained: `lwt-${latentDim}`,
  parameterization: { use: 'mapping', latentDim, strategy: 'layerwise' },
  seeds,
  ...sets,
});

const cnn2: readonly Row[] = [
  direct(3, { mnist: [98.69, 99.06], fashionMnist: [90.4, 91.19] }),
  slvt(1024, 3, { mnist: [97.88, 97.1], fashionMnist: [89.49, 85.04] }),
  slvt(2048, 3, { mnist: [98.66, 98.08], fashionMnist: [91.88, 86.82] }),
  lwt(1872, 3, { mnist: [98.98, 96.6], fashionMnist: [92.84, 87.25] }),
  lwt(2688, 3, { mnist: [99.18, 98.35], fashionMnist: [93.35, 87.38] }),
];

const cnn1: readonly Row[] = [
  direct(1, { fashionMnist: [92.89, 92.29] }),
  slvt(1024, 1, { fashionMnist: [93.02, 83.4] }),
  slvt(2072, 3, { fashionMnist: [93.91, 86.21] }),
  lwt(4078, 1, { fashionMnist: [94.83, 88.62] }),
];

/** CNN2 for 20 epochs, CNN1 for 12. */
export const paperRows: readonly Experiment[] = [
  ...experimentsOf('cnn2', 20, cnn2),
  ...experimentsOf('cnn1', 12, cnn1),
];
