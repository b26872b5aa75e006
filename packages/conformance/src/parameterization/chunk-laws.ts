// θ made chunk by chunk is θ: whatever the size of the chunks, whatever was computed with the same arrays before.
import type { MapChunks, NamedArrays } from '@mapping-networks/core';
import { expectClose, expectSpecs } from '../checks/arrays.ts';
import { expectSameArrays } from '../checks/named.ts';
import { expectNoLeak, onTensors } from '../checks/tensors.ts';
import { wrongNames } from '../errors.ts';
import { law, type Law } from '../law.ts';
import { movedTrainables, type MapCase } from './map-laws.ts';

export const chunkLaws = ({ seed, map }: MapCase): readonly Law[] => {
  const { size } = map().space;
  const cuts = (): readonly (readonly MapChunks[])[] =>
    [1, Math.ceil(size / 3), 2 * size].flatMap((most) => {
      const chunks = map().chunks?.(most);
      return chunks ? [chunks] : [];
    });
  if (cuts().length === 0) return [];
  return [
    law('the chunks together are all of θ, to 1e-5', () => {
      const trainables = movedTrainables(map(), seed);
      const expected = map().generate(trainables);
      for (const cut of cuts()) {
        const theta = new Float32Array(size).fill(Number.NaN);
        for (const chunks of cut) fill(chunks, trainables, theta);
        expectClose('θ in chunks', theta, expected, 1e-5);
      }
    }),
    law('inputs of chunks have the same names and shapes, and leave the trainables alone', () => {
      const trainables = movedTrainables(map(), seed);
      for (const chunks of cuts().flat()) {
        const [first, shared] = [chunks.inputs(0, trainables), chunks.frozen()];
        const both = Object.keys(shared).filter((name) => Object.hasOwn(first, name));
        if (both.length > 0) throw wrongNames('names in both frozen() and inputs(k)', [], both);
        const specs = Object.entries(first).map(([name, { shape }]) => ({ name, shape }));
        let reuse: NamedArrays | undefined;
        for (let k = 0; k < chunks.count; k++) {
          reuse = chunks.inputs(k, trainables, reuse);
          expectSpecs(`inputs(${k})`, reuse, specs);
          expectSameArrays(`inputs(${k}) with reuse`, reuse, chunks.inputs(k, trainables));
        }
      }
      expectSameArrays('trainables', trainables, movedTrainables(map(), seed));
    }),
    law('no tensor of a chunk is kept, none of the caller’s disposed', () => {
      for (const chunks of cuts().flat()) {
        const inputs = { ...chunks.frozen(), ...chunks.inputs(0, movedTrainables(map(), seed)) };
        expectNoLeak('forward of chunk 0', inputs, (tensors) => chunks.forward(tensors));
      }
    }),
  ];
};

const fill = (chunks: MapChunks, trainables: NamedArrays, theta: Float32Array): void => {
  const frozen = chunks.frozen();
  let reuse: NamedArrays | undefined;
  for (let k = 0; k < chunks.count; k++) {
    reuse = chunks.inputs(k, trainables, reuse);
    const { values } = onTensors({ ...frozen, ...reuse }, (tensors) => ({ values: chunks.forward(tensors) }));
    if (values?.dtype === 'float32') chunks.place(k, values.data, theta);
  }
};
