// Runs a model for any batch in onnxruntime.
import type { ArrayTensor } from '@mapping-networks/core';
import { encodeModel, type PortableModel } from '@mapping-networks/graph';
import * as ort from 'onnxruntime-node';

const OPTIONS: ort.InferenceSession.SessionOptions = {
  intraOpNumThreads: 1,
  interOpNumThreads: 1,
  logSeverityLevel: 3,
  extra: { session: { intra_op: { allow_spinning: '0' } } },
};

/** The model's first output for each of these values of its only input. */
export const runPortable = async (
  model: PortableModel,
  inputs: readonly ArrayTensor[],
): Promise<readonly Float32Array[]> => {
  const session = await ort.InferenceSession.create(encodeModel(model), OPTIONS);
  try {
    const results: Float32Array[] = [];
    for (const { data, shape } of inputs) {
      const { [model.outputs[0]?.name ?? '']: output } = await session.run({
        [model.inputs[0]?.name ?? '']: new ort.Tensor(data, shape),
      });
      if (!(output?.data instanceof Float32Array)) throw new Error(`no float32 output: ${output?.type}`);
      results.push(output.data);
    }
    return results;
  } finally {
    await session.release();
  }
};

/** Outputs of the model, all of them, by name. */
export const runAll = async (
  model: PortableModel,
  { data, shape }: ArrayTensor,
): Promise<Readonly<Record<string, ort.Tensor>>> => {
  const session = await ort.InferenceSession.create(encodeModel(model), OPTIONS);
  try {
    return await session.run({ [model.inputs[0]?.name ?? '']: new ort.Tensor(data, shape) });
  } finally {
    await session.release();
  }
};
