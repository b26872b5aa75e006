// Outputs of a network for inputs, batch after batch, with its parameters as inputs of the compiled step.
import { float32, sizeOf, type EngineSession, type NamedArrays, type Target } from '@mapping-networks/core';
import { inputLength } from '../errors.ts';
import { entry } from '../named.ts';
import { filledBatches } from './filled-batches.ts';
import { forwardStep, weightSignature } from './forward.ts';

/** The outputs of a model for some inputs. */
export interface Prediction {
  /** The number of inputs. */
  readonly size: number;
  /** Shape of one output. */
  readonly outputShape: readonly number[];
  /** `[size, ...outputShape]`, flat; logits for classifiers. */
  readonly outputs: Float32Array;
}

/** The forward pass of a target, compiled for batches of one size. */
export interface Predictor {
  /** `network` as a `Materializer` gives it. @throws TRAIN_INPUT_LENGTH */
  run(network: NamedArrays, inputs: Float32Array): Promise<Prediction>;
  dispose(): void;
}

/** @throws TRAIN_INPUT_LENGTH unless these are whole inputs, at least one */
export const inputCount = ({ inputShape }: Target, inputs: Float32Array): number => {
  const length = sizeOf(inputShape);
  if (inputs.length === 0 || inputs.length % length !== 0) throw inputLength(inputs.length, length);
  return inputs.length / length;
};

export const compilePredictor = (session: EngineSession, target: Target, batchSize: number): Predictor => {
  const { inputShape, outputShape } = target;
  const shape = [batchSize, ...inputShape];
  const [length, outputLength] = [sizeOf(inputShape), sizeOf(outputShape)];
  const compiled = session.compile(
    forwardStep(target, (output) => ({ output })),
    {
      name: 'predict',
      frozen: {},
      inputs: { ...weightSignature(target), 'batch.x': { shape, dtype: 'float32' } },
    },
  );
  return {
    run: async (network, inputs) => {
      const size = inputCount(target, inputs);
      const outputs = new Float32Array(size * outputLength);
      let done = 0;
      for (const { indices, count } of filledBatches(size, batchSize)) {
        const x = new Float32Array(batchSize * length);
        indices.forEach((index, i) =>
          x.set(inputs.subarray(index * length, (index + 1) * length), i * length),
        );
        const { data } = entry(await compiled.run({ ...network, 'batch.x': float32(x, shape) }), 'output');
        outputs.set(data.subarray(0, count * outputLength), done * outputLength);
        done += count;
      }
      return { size, outputShape, outputs };
    },
    dispose: () => compiled.dispose(),
  };
};
