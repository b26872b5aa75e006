// The files of a model for TensorFlow.js: model.json with the weights manifest, and the weights in shards.
import type { ArrayTensor } from '@mapping-networks/core';
import { concatenated } from '../bytes.ts';
import type { EncodedWeight } from './encode-weight.ts';

/** An entry of the weights manifest and its bytes. */
export interface StoredWeight extends EncodedWeight {
  readonly name: string;
  readonly shape: ArrayTensor['shape'];
  readonly dtype: 'float32' | 'int32';
}

export type Files = Readonly<Record<string, Uint8Array>>;

/** `topology` is what model.json says beside the weights; shards are `group1-shardIofN.bin`, as TensorFlow.js names them. */
export const modelFiles = (
  format: 'layers-model' | 'graph-model',
  topology: object,
  weights: readonly StoredWeight[],
  shardBytes: number,
): Files => {
  const shards = cutInto(concatenated(weights.map(({ bytes }) => bytes)), shardBytes);
  const specs = weights.map(({ name, shape, dtype, quantization }) => ({
    name,
    shape,
    dtype,
    ...(quantization && { quantization }),
  }));
  const json = {
    format,
    generatedBy: '@mapping-networks/export',
    convertedBy: null,
    ...topology,
    weightsManifest: [{ paths: Object.keys(shards), weights: specs }],
  };
  return { 'model.json': new TextEncoder().encode(JSON.stringify(json)), ...shards };
};

const cutInto = (bytes: Uint8Array, size: number): Record<string, Uint8Array> => {
  const count = Math.max(1, Math.ceil(bytes.length / size));
  const shard = (i: number): [string, Uint8Array] => [
    `group1-shard${i + 1}of${count}.bin`,
    bytes.slice(i * size, (i + 1) * size),
  ];
  return Object.fromEntries(Array.from({ length: count }, (_, i) => shard(i)));
};
