// The law suite of losses.
import { type ArrayTensor, type Loss, type NamedTensors, type Part } from '@mapping-networks/core';
import * as tf from '@tensorflow/tfjs-core';
import { expectClose, expectFinite, expectShape, expectSpecs } from './checks/arrays.ts';
import { expectGradient } from './checks/gradient.ts';
import { withMembers, type Members } from './checks/members.ts';
import { expectFiniteArrays, expectSameArrays } from './checks/named.ts';
import { expectNoLeak, expectNoTensors, onTensors } from './checks/tensors.ts';
import { wrongNames } from './errors.ts';
import { law, type Law } from './law.ts';
import {
  classificationSample,
  evaluated,
  inputsOf,
  outputOf,
  valuesOf,
  type LossCase,
  type LossSample,
} from './loss/loss-case.ts';
import { findingLaws } from './loss/finding-laws.ts';
import { weightLaws } from './loss/weight-laws.ts';

/** The outputs and labels on which `lossLaws` evaluates, and the seed of everything around them. */
export interface LossLawOptions {
  /** Outputs and labels as the loss takes them. Default: logits of ten classes and class indices, batch 6. */
  readonly sample?: LossSample;
  /** Seed of the surroundings. Default 0. */
  readonly seed?: number;
}

/**
 * What every loss must keep: a finite scalar, the same every time; gradients against finite differences in the
 * trainables of the map and in its own; exactly what it requires is used; the mean of `perExample` is the total of a
 * task loss, and examples do not see each other; no finding about fresh weights; no leaks. Where it tells term weights,
 * they are the total's derivatives in exactly its terms.
 *
 * @example
 * ```ts
 * import { lossLaws } from '@mapping-networks/conformance';
 * import { crossEntropy } from '@mapping-networks/losses';
 * console.log(lossLaws(crossEntropy()).map(({ name }) => name));
 * ```
 */
export const lossLaws = (
  { impl: loss }: Part<'loss'>,
  { sample, seed = 0 }: LossLawOptions = {},
): readonly Law[] => {
  const lossCase: LossCase = { loss, sample: sample ?? classificationSample(seed), seed };
  return withMembers(
    'the loss',
    () => loss,
    MEMBERS,
    () => [
      ...valueLaws(lossCase),
      ...perExampleLaws(lossCase),
      ...findingLaws(lossCase),
      ...weightLaws(lossCase),
    ],
  );
};

const MEMBERS: Members<Loss> = {
  requires: 'object',
  trainables: 'array',
  init: 'function',
  evaluate: 'function',
  check: 'function',
  diagnose: 'function',
  weight: 'number?',
  perExample: 'function?',
  termWeights: 'function?',
};

const valueLaws = (lossCase: LossCase): readonly Law[] => {
  const { loss, seed } = lossCase;
  return [
    law('init gives exactly the trainables of the loss, finite, the same every time', () => {
      expectSpecs('init()', loss.init(), loss.trainables);
      expectFiniteArrays('init()', loss.init());
      expectSameArrays('init()', loss.init(), loss.init());
    }),
    law('total and terms are finite scalars', () => {
      const values = valuesOf(lossCase);
      for (const [name, { shape }] of Object.entries(values)) expectShape(name, shape, []);
      expectFiniteArrays('value', values);
      if (Object.keys(values).length < 2) throw wrongNames('terms', ['at least one'], []);
    }),
    law('the same inputs give the same value', () => {
      expectSameArrays('value', valuesOf(lossCase), valuesOf(lossCase));
    }),
    law('the gradient in the trainables meets finite differences', () => {
      const entries = Object.entries(inputsOf(lossCase));
      const isVariable = (name: string): boolean => name === 'z' || name.startsWith('weights/');
      const at = Object.fromEntries(entries.filter(([name]) => isVariable(name)));
      const constants = Object.fromEntries(entries.filter(([name]) => !isVariable(name)));
      const compute = (tensors: NamedTensors): tf.Tensor => evaluated(lossCase, tensors).total;
      expectGradient('total', { at, constants, compute }, { tolerance: 2e-2, seed });
    }),
    law('no tensor is kept, none of the caller’s disposed', () => {
      expectNoTensors('init', () => loss.init());
      expectNoLeak('evaluate', inputsOf(lossCase), (tensors) => evaluated(lossCase, tensors));
    }),
  ];
};

const perExampleLaws = (lossCase: LossCase): readonly Law[] => {
  const { loss } = lossCase;
  const { perExample } = loss;
  if (!perExample) return [];
  const [batch = 0] = lossCase.sample.output.shape;
  const each = (from = 0, to = batch): ArrayTensor['data'] =>
    onTensors(inputsOf(lossCase), (tensors) => ({
      losses: perExample(part(outputOf(tensors), from, to), part(tensors['labels'] as tf.Tensor, from, to)),
    }))['losses']?.data ?? new Float32Array(0);
  const isTask =
    !loss.requires.noise && loss.requires.regularizers.length === 0 && loss.trainables.length === 0;
  return [
    law('perExample gives one finite loss for each example', () => {
      expectShape('perExample', [each().length], [batch]);
      expectFinite('perExample', each());
    }),
    law('perExample of an example does not depend on the others', () => {
      const alone = Array.from({ length: batch }, (_, i) => each(i, i + 1)[0] ?? Number.NaN);
      expectClose('perExample one by one', alone, each(), 1e-5, 1e-3);
    }),
    ...(isTask
      ? [
          law('the total of a task loss is the mean of perExample', () => {
            const mean = Array.from(each()).reduce((sum, value) => sum + value, 0) / batch;
            expectClose('total', valuesOf(lossCase)['total']?.data ?? [], [mean], 1e-5);
          }),
        ]
      : []),
  ];
};

const part = (tensor: tf.Tensor, from: number, to: number): tf.Tensor =>
  tf.slice(tensor, [from], [to - from]);
