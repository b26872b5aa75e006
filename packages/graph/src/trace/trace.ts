// From a step to its graph: the step is called on tensors that record what is done with them.
import * as tf from '@tensorflow/tfjs-core';
import type { NamedTensors, Step, StepSignature } from '@mapping-networks/core';
import { nameTwice, notPureStep, outputNames, unsupportedKernel } from '../errors.ts';
import { createBuilder, type Builder } from '../ir/builder.ts';
import type { Graph } from '../ir/graph.ts';
import type { InputNode, Node } from '../ir/node.ts';
import { differenceOf } from './difference.ts';
import type { Recorder } from './recorder.ts';
import { recording } from './recording-backend.ts';

type Nodes = Readonly<Record<string, Node>>;

/**
 * The graph of a step: forward pass, gradients and updates, whatever it does with tensors. Frozen arrays become
 * constants around the caller's own arrays; outputs that are bools become int32. The step is called twice, to see that
 * it is a pure function. Gradients must have been loaded (`loadGradients`).
 *
 * @throws GRAPH_DATA_READ when the step reads numbers; GRAPH_NOT_PURE when the two calls differ, or when it reads a
 *   `tf.Variable`, whose numbers would stay those of this moment;
 *   GRAPH_UNSUPPORTED_KERNEL, GRAPH_UNSUPPORTED_TYPE when it uses what cannot be recorded;
 *   GRAPH_NAME_TWICE when a name is both frozen and an input
 * @example
 * ```ts
 * import * as tf from '@tensorflow/tfjs-core';
 * import { trace } from '@mapping-networks/graph';
 * const graph = trace(({ x }) => ({ y: tf.mul(x!, 2) }), {
 *   frozen: {},
 *   inputs: { x: { shape: [3], dtype: 'float32' } },
 * });
 * console.log(graph.outputs['y']?.kind); // binary
 * ```
 */
export const trace = (step: Step, signature: StepSignature): Graph => {
  const builder = createBuilder();
  const { inputs, given } = givenNodes(builder, signature);
  return recording(builder, (recorder) => {
    const outputs = recordOnce(builder, recorder, step, given);
    // Nodes of one builder are the same where they say the same.
    requireEqual(outputs, recordOnce(builder, recorder, step, given));
    return { inputs, outputs };
  });
};

const givenNodes = (
  b: Builder,
  { frozen, inputs: specs }: StepSignature,
): { readonly inputs: readonly InputNode[]; readonly given: Nodes } => {
  const twice = Object.keys(specs).find((name) => Object.hasOwn(frozen, name));
  if (twice !== undefined) throw nameTwice(twice);
  const inputs = Object.entries(specs).map(([name, { shape, dtype }]) => b.input(name, { shape, dtype }));
  const constants = Object.entries(frozen).map(([name, { data, shape }]): [string, Node] => [
    name,
    b.constant(data, shape),
  ]);
  const fed = inputs.map((node): [string, Node] => [node.name, node]);
  return { inputs, given: Object.fromEntries([...constants, ...fed]) };
};

/** All tensors of the step are disposed of when it returns, and when it throws. */
const recordOnce = (b: Builder, recorder: Recorder, step: Step, given: Nodes): Nodes => {
  const outputs: Record<string, Node> = {};
  tf.tidy(() => {
    const tensors: Record<string, tf.Tensor> = {};
    for (const [name, node] of Object.entries(given)) {
      tensors[name] = tf.engine().makeTensorFromTensorInfo(recorder.tensorOf(node), recorder);
    }
    for (const [name, tensor] of Object.entries(explained(step, tensors))) {
      const node = recorder.nodeOf(tensor);
      outputs[name] = node.type.dtype === 'bool' ? b.cast(node, 'int32') : node;
    }
  });
  return outputs;
};

const requireEqual = (first: Nodes, second: Nodes): void => {
  const names = Object.keys(first);
  const others = Object.keys(second);
  if (names.join() !== others.join()) throw outputNames(names, others);
  for (const [name, node] of Object.entries(first)) {
    const other = second[name];
    if (other !== undefined && other !== node) throw notPureStep(name, differenceOf(node, other));
  }
};

const KERNEL = /Kernel '(\w+)' not registered for backend/;

const explained = (step: Step, inputs: NamedTensors): NamedTensors => {
  try {
    return step(inputs);
  } catch (cause) {
    const kernel = cause instanceof Error ? KERNEL.exec(cause.message)?.[1] : undefined;
    throw kernel === undefined ? cause : unsupportedKernel(kernel, cause);
  }
};
