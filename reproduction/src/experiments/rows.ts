// A row of a table of the paper, and the experiments that it stands for: one a dataset, all with the same defaults.
import type { Compressed, Experiment, Json, Published } from './experiment.ts';

/** Paper, then the best independent reproduction: test accuracy in per cent. */
type Figures = readonly [paper: number, reproduction: number] | 'unpublished';

export interface Row {
  /** Of the name, such as `slvt-2048`. */
  readonly trained: string;
  readonly parameterization: string | Json;
  readonly seeds: number;
  readonly mnist?: Figures;
  readonly fashionMnist?: Figures;
  /** The row that trains the network, and what is done to it then. */
  readonly compressed?: Compressed;
}

export type Sets = Pick<Row, 'mnist' | 'fashionMnist'>;

/** What another table of the paper says of the same row. */
const elsewhere: Readonly<Record<string, number>> = {
  'mnist-cnn2-lwt-2688': 99.28,
  'fashion-mnist-cnn2-lwt-2688': 94.08,
};

const prefixes = { mnist: 'mnist', fashionMnist: 'fashion-mnist' } as const;

const published = (name: string, figures: Figures): Published | undefined => {
  if (figures === 'unpublished') return undefined;
  const [paper, reproduction] = figures;
  const other = elsewhere[name];
  return { paper, reproduction, ...(other !== undefined && { paperElsewhere: other }) };
};

/** The experiments of some rows with a target: all of MNIST's, then all of Fashion-MNIST's. */
export const experimentsOf = (target: string, epochs: number, rows: readonly Row[]): readonly Experiment[] =>
  (['mnist', 'fashionMnist'] as const).flatMap((dataset) =>
    rows.flatMap(
      ({ trained, parameterization, seeds, compressed, [dataset]: figures }): readonly Experiment[] => {
        if (figures === undefined) return [];
        const name = `${prefixes[dataset]}-${target}-${trained}`;
        const said = published(name, figures);
        return [
          {
            name,
            config: { target, dataset: { use: dataset, validation: 0 }, parameterization, epochs },
            seeds: Array.from({ length: seeds }, (_, seed) => seed),
            ...(said && { published: said }),
            ...(compressed && {
              compressed: { ...compressed, of: `${prefixes[dataset]}-${target}-${compressed.of}` },
            }),
          },
        ];
      },
    ),
  );
