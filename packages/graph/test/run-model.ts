// Runs a model in onnxruntime and gives its results as the interpreter does.
import type { ArrayTensor, NamedArrays } from '@mapping-networks/core';
import * as ort from 'onnxruntime-node';
import { encodeModel } from '../src/onnx/encode.ts';
import type { OnnxModel } from '../src/onnx/model.ts';

const OPTIONS: ort.InferenceSession.SessionOptions = {
  intraOpNumThreads: 1,
  interOpNumThreads: 1,
  logSeverityLevel: 3,
  extra: { session: { intra_op: { allow_spinning: '0' } } },
};

export const runModel = async (model: OnnxModel, inputs: NamedArrays): Promise<NamedArrays> => {
  const session = await ort.InferenceSession.create(encodeModel(model), OPTIONS);
  try {
    const feeds = model.inputs.map(({ name, shape }): [string, ort.Tensor] => {
      const given = inputs[name];
      if (given === undefined) throw new Error(`no array for ${name}`);
      return [name, new ort.Tensor(given.data, shape)];
    });
    const outputs = await session.run(Object.fromEntries(feeds));
    return Object.fromEntries(
      model.outputs.map(({ name, result }): [string, ArrayTensor] => {
        const tensor = outputs[name];
        const { data } = tensor ?? {};
        const shape = [...(tensor?.dims ?? [])];
        if (data instanceof Float32Array) return [result, { dtype: 'float32', shape, data }];
        if (data instanceof Int32Array) return [result, { dtype: 'int32', shape, data }];
        throw new Error(`${name} is of type ${tensor?.type}`);
      }),
    );
  } finally {
    await session.release();
  }
};
