// Recording of small steps: one input `x`, one output `y`.
import type * as tf from '@tensorflow/tfjs-core';
import type { NamedTensors, Step, StepSignature } from '@mapping-networks/core';
import { topological, trace, type Graph, type Node } from '@mapping-networks/graph';

export const signature: StepSignature = { frozen: {}, inputs: { x: { shape: [2, 3], dtype: 'float32' } } };

const missing = (name: string): never => {
  throw new Error(`no ${name}`);
};

export const at = (inputs: NamedTensors, name = 'x'): tf.Tensor => inputs[name] ?? missing(name);

export const ofX =
  (f: (x: tf.Tensor) => tf.Tensor): Step =>
  (inputs) => ({ y: f(at(inputs)) });

export const record = (f: (x: tf.Tensor) => tf.Tensor): Graph => trace(ofX(f), signature);

export const output = (graph: Graph, name = 'y'): Node => graph.outputs[name] ?? missing(name);

export const nodesOf = (graph: Graph): readonly Node[] => topological(Object.values(graph.outputs));
