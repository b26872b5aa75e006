// The training step: one pure function from trainables, state, a batch and randomness to the next trainables and
// state. It is all that an engine sees of training, and it knows no plugin by name.
//
// Inputs and outputs are told apart by prefixes: `model.` and `loss.` (trainables), `optimizer.`, `buffer.`,
// `mask.`, `noise.`, `batch.` (x and y), `frozen.`, and the scalars `learningRate` and `step`. Outputs have besides
// `objective`, `term.` and `score.`.
import * as tf from '@tensorflow/tfjs-core';
import {
  prefixed,
  unprefixed,
  type Loss,
  type Metric,
  type NamedTensors,
  type Optimizer,
  type ParameterMap,
  type Step,
  type Target,
  type TargetOutput,
} from '@mapping-networks/core';
import { missingEntry } from '../errors.ts';
import { entry, mapNamed, startingWith } from '../named.ts';
import { mapFrozen, regularizerFrozen } from './frozen.ts';
import { scorersOf } from './scores.ts';
import { valueAndGradients, type Differentiated } from './value-and-gradients.ts';

/** The implementations that a training step is made of. */
export interface StepParts {
  readonly target: Target;
  readonly map: ParameterMap;
  readonly loss: Loss;
  readonly optimizer: Optimizer;
  readonly metrics: Readonly<Record<string, Metric>>;
}

/** The training step of the parts. */
export const buildStep = (parts: StepParts): Step => {
  const scorers = scorersOf(parts.loss, parts.metrics);
  return (inputs) => {
    const joint = { ...startingWith('model.', inputs), ...startingWith('loss.', inputs) };
    const { value, aux, gradients } = valueAndGradients((xs) => objective(parts, inputs, xs), joint);
    const { updates, state } = parts.optimizer.update(gradients, unprefixed('optimizer.', inputs), {
      trainables: joint,
      learningRate: tf.reshape(entry(inputs, 'learningRate'), []),
      step: tf.reshape(entry(inputs, 'step'), []),
    });
    const output = entry(aux, 'output');
    return {
      ...mapNamed(joint, (tensor, name) => tf.add(tensor, entry(updates, name))),
      ...prefixed('optimizer.', state),
      ...startingWith('buffer.', aux),
      ...startingWith('term.', aux),
      ...prefixed(
        'score.',
        mapNamed(scorers, (score) => tf.mean(score(output, entry(inputs, 'batch.y')))),
      ),
      objective: value,
    };
  };
};

/** Parameters → output → loss, for trainables `xs`; everything else is taken from `inputs`. */
const objective = (
  { target, map, loss }: StepParts,
  inputs: NamedTensors,
  xs: NamedTensors,
): Differentiated => {
  const x = entry(inputs, 'batch.x');
  const buffers = unprefixed('buffer.', inputs);
  const context = { training: true, masks: unprefixed('mask.', inputs) };
  const forward = (trainables: NamedTensors): TargetOutput =>
    target.apply(map.materialize(trainables, mapFrozen(inputs)), buffers, x, context);

  const trainables = unprefixed('model.', xs);
  const { output, buffers: updated } = forward(trainables);
  const { total, terms } = loss.evaluate({
    output,
    labels: entry(inputs, 'batch.y'),
    trainables,
    weights: unprefixed('loss.', xs),
    noise: unprefixed('noise.', inputs),
    forward: (others) => forward(others).output,
    regularizer: (name) => {
      const regularizer = map.regularizers[name];
      if (!regularizer) throw missingEntry(name, Object.keys(map.regularizers));
      return regularizer.evaluate(trainables, regularizerFrozen(inputs, name));
    },
  });
  return { value: total, aux: { output, ...prefixed('buffer.', updated), ...prefixed('term.', terms) } };
};
