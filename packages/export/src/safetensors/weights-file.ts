// Weights as a safetensors file. The metadata says how each tensor is stored and which network it belongs to; a checksum
// covers every byte.
import {
  encodeSafetensors,
  prefixed,
  toSpec,
  type Model,
  type NamedArrays,
  type StoredArray,
  type WeightFormat,
} from '@mapping-networks/core';
import { NO_CHECKSUM, setChecksum } from './checksum.ts';
import { storeTensor } from './store-tensor.ts';

export interface WeightsToWrite {
  readonly model: Model;
  readonly parameters: NamedArrays;
  /** By name; those without one are stored in float32. */
  readonly formats: Readonly<Record<string, WeightFormat>>;
  /** Whether zeros may be left out where that is smaller. */
  readonly sparse: boolean;
}

export const FORMAT = 'mapping-networks-weights';
export const VERSION = 1;

/** Begins the names of buffers. */
export const BUFFER = 'buffer/';

export const writeWeights = ({ model, parameters, formats, sparse }: WeightsToWrite): Uint8Array => {
  const names = Object.keys(parameters);
  const stored = Object.entries(parameters).map(([name, array]) => {
    // Names of the arrays beside a tensor begin with its own: where another tensor's does, it is stored alone.
    const alone = names.some((other) => other.startsWith(`${name}.`));
    return [name, storeTensor(name, array, alone ? undefined : formats[name], sparse && !alone)] as const;
  });
  const arrays: Record<string, StoredArray> = Object.assign(
    {},
    ...stored.map(([, each]) => each.arrays),
    prefixed(BUFFER, model.buffers),
  );
  const tensors = Object.fromEntries(stored.map(([name, { tensor }]) => [name, tensor]));
  const { target, data } = model;
  const file = encodeSafetensors(arrays, {
    // First, so that it stands at the same place in every file.
    sha256: NO_CHECKSUM,
    format: FORMAT,
    version: String(VERSION),
    network: JSON.stringify({ target: toSpec(target), tensors, ...(data && { data }) }),
  });
  setChecksum(file);
  return file;
};
