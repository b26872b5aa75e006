// `npm run bench -- --check`: loss, gradients of all parameters and running statistics on our engines, compared with
// PyTorch's in float64 from the same parameters and batch.
import {
  cut,
  direct,
  float32,
  initialBuffers,
  int32,
  prefixed,
  unprefixed,
  type ArrayTensor,
  type EngineSession,
  type NamedArrays,
  type Step,
} from '@mapping-networks/core';
import * as tf from '@tensorflow/tfjs-core';
import { valueAndGradients } from '../../packages/train/src/step/value-and-gradients.ts';
import { engineNames, engineOf, type EngineName } from './engines.ts';
import { examplesOf, networkOf, type Network, type NetworkName } from './networks.ts';
import { worst } from './relative-error.ts';
import { throughPython } from './through-python.ts';

/** The most that anything may be off, relative to its length as a vector. */
const TOLERANCE = 1e-4;

interface Problem {
  readonly name: NetworkName;
  readonly network: Network;
  readonly batchSize: number;
  /** Which of the results are compared. */
  readonly compared: (result: string) => boolean;
  readonly parameters: NamedArrays;
  readonly x: ArrayTensor;
  readonly labels: ArrayTensor;
}

const problemOf = (
  name: NetworkName,
  batchSize: number = networkOf(name).batchSize,
  compared: Problem['compared'] = () => true,
): Problem => {
  const network = networkOf(name);
  const { target } = network;
  const map = direct().impl.bind(target.impl.parameters);
  const { inputs, labels } = examplesOf(network, batchSize);
  return {
    name,
    network,
    batchSize,
    compared,
    parameters: cut(map.space, map.generate(map.init(0))),
    x: float32(inputs, [batchSize, ...target.impl.inputShape]),
    labels: labels instanceof Int32Array ? int32(labels) : float32(labels, [batchSize, 1]),
  };
};

/**
 * A batch of 64 has 12 million rectifier inputs in the conv stack, some of them within rounding error of 0, where the
 * derivative jumps: PyTorch's own float32 gradients are 8e-3 away from its float64 ones. All gradients are therefore
 * compared for a batch of 2, and for the whole batch what lies before or behind all rectifiers.
 */
const PROBLEMS: readonly (() => Problem)[] = [
  () => problemOf('cnn1'),
  () => problemOf('cnn2'),
  () => problemOf('lstm'),
  () => problemOf('conv-stack', 2),
  () => problemOf('conv-stack', 64, (result) => !/^gradient\.st(em|age)/.test(result)),
];

/** Loss, gradients and buffers of a network in training. */
const stepOf =
  ({ target: { impl }, loss }: Network): Step =>
  (inputs) => {
    const { x, labels } = inputs as { x: tf.Tensor; labels: tf.Tensor };
    const { value, aux, gradients } = valueAndGradients(
      (parameters) => {
        const context = { training: true, masks: {} };
        const { output, buffers } = impl.apply(parameters, unprefixed('buffer.', inputs), x, context);
        return { value: lossOf(loss.impl.perExample, output, labels), aux: prefixed('buffer.', buffers) };
      },
      unprefixed('parameter.', inputs),
    );
    return { loss: value, ...prefixed('gradient.', gradients), ...aux };
  };

const lossOf = (
  perExample: Network['loss']['impl']['perExample'],
  output: tf.Tensor,
  labels: tf.Tensor,
): tf.Scalar => {
  if (perExample === undefined) throw new Error('Expected a task loss.');
  return tf.mean(perExample(output, labels));
};

const onSession = async (session: EngineSession, problem: Problem): Promise<NamedArrays> => {
  const { network, parameters, x, labels } = problem;
  const inputs = {
    ...prefixed('parameter.', parameters),
    ...prefixed('buffer.', initialBuffers(network.target.impl)),
    x,
    labels,
  };
  try {
    const specs = Object.entries(inputs).map(([name, { shape, dtype }]) => [name, { shape, dtype }]);
    const step = session.compile(stepOf(network), { frozen: {}, inputs: Object.fromEntries(specs) });
    return await step.run(inputs);
  } finally {
    session.dispose();
  }
};

/** In PyTorch: what is called `float64/…` and `float32/…`. */
const inTorch = async (python: string, problem: Problem): Promise<NamedArrays> => {
  const { name, parameters, x, labels } = problem;
  const found = await throughPython(python, 'gradients.py', name, { ...parameters, x, labels });
  return named(found, problem);
};

/** PyTorch numbers the running statistics; here they have names. */
const named = (arrays: NamedArrays, { network }: Problem): NamedArrays => {
  const { buffers } = network.target.impl;
  const nameOf = (_: string, index: string): string => `buffer.${buffers[Number(index)]?.name}`;
  return Object.fromEntries(
    Object.entries(arrays).map(([name, array]) => [name.replace(/buffer\.(\d+)$/, nameOf), array]),
  );
};

/** A session of the engine, or undefined and a line about what stands in the way. */
const opened = async (engine: EngineName): Promise<EngineSession | undefined> => {
  try {
    return await (await engineOf(engine, 2)).impl.open();
  } catch (error) {
    console.error(`left out: ${engine}: ${error instanceof Error ? error.message : String(error)}`);
    return undefined;
  }
};

/** Prints the largest error of each network and engine. @returns whether all are within the tolerance */
export const againstTorch = async (python: string, only: string | undefined): Promise<boolean> => {
  const rows: object[] = [];
  let fine = true;
  for (const make of PROBLEMS) {
    const problem = make();
    if (only !== undefined && problem.name !== only) continue;
    const torch = await inTorch(python, problem);
    const compare = (engine: string, results: NamedArrays): boolean => {
      const { name, error } = worst(results, selected(unprefixed('float64/', torch), problem));
      const { name: network, batchSize: batch } = problem;
      rows.push({ network, batch, engine, 'largest relative error': error.toExponential(1), in: name });
      return error <= TOLERANCE;
    };
    compare('torch, float32', unprefixed('float32/', torch));
    for (const engine of engineNames) {
      const session = await opened(engine);
      if (session) fine = compare(engine, await onSession(session, problem)) && fine;
    }
  }
  console.table(rows);
  console.log(`${fine ? 'All' : 'Not all'} of ours are within ${TOLERANCE}.`);
  return fine;
};

const selected = (arrays: NamedArrays, { compared }: Problem): NamedArrays =>
  Object.fromEntries(Object.entries(arrays).filter(([name]) => compared(name)));
