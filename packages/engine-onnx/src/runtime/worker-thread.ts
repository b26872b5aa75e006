// ONNX Runtime in a thread beside: JavaScript goes on while a step runs. Inputs are copied into one buffer that travels
// to the thread and back, so that the caller's arrays stay his and nothing is allocated; outputs are moved, not copied.
import { sizeOf, type ArrayTensor } from '@mapping-networks/core';
import type { OnnxTensor, OnnxValue } from '@mapping-networks/graph';
import { createChannel, type Channel } from './channel.ts';
import type { AddedArray, KeyedConstant, Place } from './messages.ts';
import type { LoadedModel, Runtime, RuntimeModel } from './runtime.ts';
import { sharedArrays, type SharedArrays } from './shared-arrays.ts';

export const workerThread = (): Runtime => {
  const channel = createChannel();
  const shared = sharedArrays();
  let models = 0;
  return {
    load: (model) => load(channel, shared, models++, model),
    close: () => channel.close(),
  };
};

const load = async (
  channel: Channel,
  shared: SharedArrays,
  model: number,
  { bytes, options, inputs, constants, outputs }: RuntimeModel,
): Promise<LoadedModel> => {
  const { places, size } = arrange(inputs);
  const { keyed, added } = take(shared, constants);
  const release = async (): Promise<void> => {
    const dropped = shared.release(keyed.map(({ key }) => key));
    await channel.ask({ task: 'release', model, dropped });
  };
  try {
    const given = [bytes.buffer, ...added.map(({ data }) => data.buffer)];
    const contents = { bytes, options, inputs: places, constants: keyed, outputs, added };
    await channel.ask({ task: 'load', model, ...contents }, given);
  } catch (cause) {
    release().catch(() => {});
    throw cause;
  }
  const free: ArrayBuffer[] = [];
  return {
    run: async (arrays) => {
      const buffer = free.pop() ?? new ArrayBuffer(size);
      places.forEach(({ offset }, i) => fill(buffer, offset, arrays[i]));
      const answer = await channel.ask({ task: 'run', model, buffer }, [buffer]);
      if (answer.buffer) free.push(answer.buffer);
      return answer.data ?? [];
    },
    release,
  };
};

/** Inputs begin at multiples of this many bytes, as vector instructions like it. */
const ALIGNMENT = 64;

const arrange = (
  inputs: readonly OnnxValue[],
): { readonly places: readonly Place[]; readonly size: number } => {
  let size = 0;
  const places = inputs.map(({ name, dtype, shape }) => {
    const place = { name, dtype, shape, offset: size, length: sizeOf(shape) };
    size = Math.ceil((size + 4 * place.length) / ALIGNMENT) * ALIGNMENT;
    return place;
  });
  return { places, size };
};

const fill = (buffer: ArrayBuffer, offset: number, data: ArrayTensor['data'] | undefined): void => {
  if (data instanceof Float32Array) new Float32Array(buffer, offset, data.length).set(data);
  else if (data) new Int32Array(buffer, offset, data.length).set(data);
};

/** Constants by number, with copies of those that the thread does not have yet. */
const take = (
  shared: SharedArrays,
  constants: readonly OnnxTensor[],
): {
  readonly keyed: readonly KeyedConstant[];
  readonly added: readonly AddedArray[];
} => {
  const added: AddedArray[] = [];
  const keyed = constants.map(({ name, dtype, shape, data }) => {
    const { key, fresh } = shared.take(data);
    if (fresh) added.push({ key, data: data.slice() });
    return { name, dtype, shape, key };
  });
  return { keyed, added };
};
