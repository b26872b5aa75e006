// An export loaded again, run on the inputs, and held against its source.
import { float32, sizeOf, type ArrayTensor, type ExportedNetwork } from '@mapping-networks/core';
import { wrongOutputs } from '../errors.ts';
import type { ExportFigures } from '../result.ts';
import { compare } from './compare.ts';
import { examples } from './examples.ts';
import { timed } from './latency.ts';

/** Inputs of one call; the last call has fewer. */
const BATCH = 128;

export interface Measurement {
  readonly inputs: ArrayTensor;
  readonly labels?: ArrayLike<number> | undefined;
  readonly source: ArrayTensor;
  readonly repeats: number;
}

export const measure = async (
  name: string,
  network: ExportedNetwork,
  { inputs, labels, source, repeats }: Measurement,
): Promise<ExportFigures> => {
  const exported = await outputs(name, network, inputs, source.shape);
  const [one, many] = [examples(inputs, 0, 1), examples(inputs, 0, BATCH)];
  return {
    runtime: network.runtime,
    examples: inputs.shape[0] ?? 0,
    ...compare(source, exported, labels),
    latency: {
      single: await timed(() => network.run(one), 4 * repeats),
      batch: await timed(() => network.run(many), repeats),
    },
  };
};

const outputs = async (
  name: string,
  network: ExportedNetwork,
  inputs: ArrayTensor,
  expected: readonly number[],
): Promise<ArrayTensor> => {
  const [total = 0, ...one] = expected;
  const data = new Float32Array(sizeOf(expected));
  for (let start = 0; start < total; start += BATCH) {
    const count = Math.min(BATCH, total - start);
    const batch = await network.run(examples(inputs, start, count));
    const shape = [count, ...one];
    if (batch.shape.join() !== shape.join() || batch.data.length !== sizeOf(shape))
      throw wrongOutputs(name, shape, batch.shape);
    data.set(batch.data, start * sizeOf(one));
  }
  return float32(data, expected);
};
