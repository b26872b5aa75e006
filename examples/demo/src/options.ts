// The flags of the demo, and what each length of it trains.
import { parseArgs } from 'node:util';

export interface DemoOptions {
  /** Also train all parameters of CNN2 directly. */
  readonly compare: boolean;
  /** Fewer examples and epochs, a lower bar: seconds instead of a minute. */
  readonly quick: boolean;
  readonly folder: string;
}

export const readOptions = (args: readonly string[]): DemoOptions => {
  const { values } = parseArgs({
    args: [...args],
    options: {
      compare: { type: 'boolean', default: false },
      quick: { type: 'boolean', default: false },
      out: { type: 'string', default: 'demo-run' },
    },
  });
  return { compare: values.compare, quick: values.quick, folder: values.out };
};

/** How much is trained, and the test accuracy that counts as success. */
export interface Size {
  readonly dataset: {
    readonly use: 'glyphs';
    readonly train: number;
    readonly validation: number;
    readonly test: number;
  };
  readonly epochs: number;
  /** A linear model is quick to train and slow to converge: the rate of 0.3 and these epochs are its best. */
  readonly linearEpochs: number;
  readonly bar: number;
}

export const sizeOf = ({ quick }: DemoOptions): Size =>
  quick
    ? {
        dataset: { use: 'glyphs', train: 4000, validation: 500, test: 1000 },
        epochs: 2,
        linearEpochs: 10,
        bar: 0.6,
      }
    : {
        dataset: { use: 'glyphs', train: 12_000, validation: 2000, test: 2000 },
        epochs: 4,
        linearEpochs: 10,
        bar: 0.9,
      };
