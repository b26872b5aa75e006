// The networks of the benchmark with all that a step of them needs: batch, loss, latent, and examples drawn from a seed.
import {
  integers,
  normal,
  randomKey,
  sizeOf,
  type Dataset,
  type DatasetInfo,
  type Part,
} from '@mapping-networks/core';
import { arraySplit } from '@mapping-networks/datasets';
import { crossEntropy, mse } from '@mapping-networks/losses';
import { cnn1, cnn2 } from '@mapping-networks/targets';
import { convStack } from './fixtures/conv-stack.ts';
import { lstm } from './fixtures/lstm.ts';

export type NetworkName = 'cnn1' | 'cnn2' | 'conv-stack' | 'lstm';

export interface Network {
  readonly target: Part<'target'>;
  readonly loss: Part<'loss'>;
  readonly batchSize: number;
  readonly latentDim: number;
}

const NETWORKS: Readonly<Record<NetworkName, () => Network>> = {
  cnn1: () => ({ target: cnn1(), loss: crossEntropy(), batchSize: 128, latentDim: 2072 }),
  cnn2: () => ({ target: cnn2(), loss: crossEntropy(), batchSize: 128, latentDim: 2048 }),
  'conv-stack': () => ({ target: convStack(), loss: crossEntropy(), batchSize: 64, latentDim: 2048 }),
  lstm: () => ({ target: lstm(), loss: mse(), batchSize: 128, latentDim: 1024 }),
};

export const networkOf = (name: NetworkName): Network => NETWORKS[name]();

const CLASSES = 10;

/** Normal inputs; labels are classes, or values where the network has one output. */
export const examplesOf = (
  { target: { impl } }: Network,
  count: number,
): { readonly inputs: Float32Array; readonly labels: Int32Array | Float32Array } => {
  const inputs = normal(randomKey(0, 'bench', 'inputs'), count * sizeOf(impl.inputShape));
  const key = randomKey(0, 'bench', 'labels');
  return { inputs, labels: impl.outputShape[0] === 1 ? normal(key, count) : integers(key, count, CLASSES) };
};

const infoOf = ({ target: { impl } }: Network): DatasetInfo => {
  const classifies = impl.outputShape[0] !== 1;
  return {
    name: 'bench',
    title: 'Random numbers',
    inputShape: impl.inputShape,
    task: classifies ? 'classification' : 'regression',
    classes: classifies ? Array.from({ length: CLASSES }, (_, index) => String(index)) : [],
    normalization: { scale: 1, mean: 0, std: 1 },
    source: { title: 'drawn from a seed', url: '', licence: 'Apache-2.0' },
  };
};

/** A dataset of `count` examples; its three splits are the same. */
export const datasetOf = (network: Network, count: number): Part<'dataset'> => {
  const info = infoOf(network);
  const impl: Dataset = {
    info,
    load: async () => {
      const split = arraySplit(info, examplesOf(network, count));
      return { info, train: split, validation: split, test: split };
    },
  };
  return Object.freeze({ kind: 'dataset', name: info.name, options: Object.freeze({}), impl });
};
