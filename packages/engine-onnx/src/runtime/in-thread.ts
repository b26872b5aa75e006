// ONNX Runtime in the thread that asks: a run keeps JavaScript waiting until it is over.
import type { OnnxTensor } from '@mapping-networks/graph';
import type { OnnxValue, Tensor } from 'onnxruntime-common';
import type { Onnxruntime } from './onnxruntime.ts';
import type { LoadedModel, Runtime, RuntimeModel } from './runtime.ts';

export const inThread = (ort: Onnxruntime): Runtime => ({
  load: async ({ bytes, options, inputs, constants, outputs }: RuntimeModel): Promise<LoadedModel> => {
    const session = await ort.InferenceSession.create(bytes, options);
    // Tensors are views of the arrays: nothing is copied.
    const tensor = ({ dtype, shape }: OnnxTensor | RuntimeModel['inputs'][number], data: unknown): Tensor =>
      new ort.Tensor(dtype, data as Float32Array, shape);
    const held = Object.fromEntries(
      constants.map((constant) => [constant.name, tensor(constant, constant.data)]),
    );
    return {
      run: async (arrays) => {
        const feeds: Record<string, OnnxValue> = { ...held };
        inputs.forEach((input, i) => (feeds[input.name] = tensor(input, arrays[i])));
        const results = await session.run(feeds);
        return outputs.map((name) => (results[name] as Tensor).data);
      },
      release: () => session.release(),
    };
  },
  close: () => {},
});
