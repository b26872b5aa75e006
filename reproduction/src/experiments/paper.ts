// The rows of the paper (Sen & Mukherjee, Mapping Networks, CVPR 2026, arXiv 2602.19134) that are reproduced: target,
// what is trained, dataset, with all of its training images. Nothing else is set, so that every row has the same
// defaults.
import type { Experiment, Json, Published } from './experiment.ts';

/** Paper, then the best independent reproduction: test accuracy in per cent. */
type Figures = readonly [paper: number, reproduction: number];

interface Row {
  /** Of the name, such as `slvt-2048`. */
  readonly trained: string;
  readonly parameterization: string | Json;
  readonly seeds: number;
  readonly mnist?: Figures;
  readonly fashionMnist?: Figures;
}

type Sets = Pick<Row, 'mnist' | 'fashionMnist'>;

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

/** What another table of the paper says of the same row. */
const elsewhere: Readonly<Record<string, number>> = {
  'mnist-cnn2-lwt-2688': 99.28,
  'fashion-mnist-cnn2-lwt-2688': 94.08,
};

const prefixes = { mnist: 'mnist', fashionMnist: 'fashion-mnist' } as const;

const published = (name: string, [paper, reproduction]: Figures): Published => {
  const other = elsewhere[name];
  return { paper, reproduction, ...(other !== undefined && { paperElsewhere: other }) };
};

const experimentsOf = (target: string, epochs: number, rows: readonly Row[]): readonly Experiment[] =>
  (['mnist', 'fashionMnist'] as const).flatMap((dataset) =>
    rows.flatMap(({ trained, parameterization, seeds, [dataset]: figures }): readonly Experiment[] => {
      if (figures === undefined) return [];
      const name = `${prefixes[dataset]}-${target}-${trained}`;
      return [
        {
          name,
          config: { target, dataset: { use: dataset, validation: 0 }, parameterization, epochs },
          seeds: Array.from({ length: seeds }, (_, seed) => seed),
          published: published(name, figures),
        },
      ];
    }),
  );

/** CNN2 for 20 epochs, CNN1 for 12. */
export const paperRows: readonly Experiment[] = [
  ...experimentsOf('cnn2', 20, cnn2),
  ...experimentsOf('cnn1', 12, cnn1),
];
