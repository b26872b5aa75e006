// Ranges of activations, seen while inputs go through the model in float32, as grids of eight bits.
import type { ArrayTensor } from '@mapping-networks/core';
import {
  activationNames,
  encodeModel,
  withOutputs,
  type ActivationScale,
  type PortableModel,
} from '@mapping-networks/graph';
import { createObserver, gridOf, type ObserverOptions } from '@mapping-networks/quantize';
import { examples } from '../measure/examples.ts';
import { openOnnx } from './run-onnx.ts';

const BATCH = 64;

/** Zero has a code in every grid, and is most of what a relu gives: a range is chosen for the others. */
const withoutZeros = ({ data }: ArrayTensor): Float32Array => {
  const others = Float32Array.from(data).filter((value) => value !== 0);
  return others.length > 0 ? others : new Float32Array(1);
};

/** A grid for each activation that `toQdq` quantizes. @throws EXPORT_NO_ONNX_RUNTIME */
export const activationScales = async (
  model: PortableModel,
  options: ObserverOptions,
  inputs: ArrayTensor,
): Promise<Readonly<Record<string, ActivationScale>>> => {
  const names = activationNames(model);
  const observing = withOutputs(model, names);
  const nameOf = new Map(observing.outputs.map(({ name, result }) => [result, name]));
  // What goes in has no tail to be cut off, but often one value, the background, more than all others.
  const inputNames = new Set(model.inputs.map(({ name }) => name));
  const observers = names.map((name) => ({
    name,
    observer: createObserver(inputNames.has(name) ? { type: 'minMax' } : options),
  }));
  const session = await openOnnx(encodeModel(observing));
  try {
    const total = inputs.shape[0] ?? 0;
    for (let start = 0; start < total; start += BATCH) {
      const outputs = await session.run(examples(inputs, start, Math.min(BATCH, total - start)));
      for (const { name, observer } of observers) {
        const seen = outputs[nameOf.get(name) ?? name];
        if (seen !== undefined) observer.observe(withoutZeros(seen));
      }
    }
  } finally {
    session.dispose();
  }
  const grid = (observer: (typeof observers)[number]['observer']): ActivationScale => {
    const { min, max } = observer.range();
    return gridOf(min, max, { type: 'uint8' });
  };
  return Object.fromEntries(observers.map(({ name, observer }) => [name, grid(observer)]));
};
