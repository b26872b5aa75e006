// The law suite of losses.
import {
  mapping,
  type ArrayTensor,
  type Loss,
  type LossWarning,
  type NamedArrays,
  type NamedTensors,
  type Part,
} from '@mapping-networks/core';
import * as tf from '@tensorflow/tfjs-core';
import { expectClose, expectFinite, expectShape, expectSpecs } from './checks/arrays.ts';
import { expectGradient } from './checks/gradient.ts';
import { withMembers, type Members } from './checks/members.ts';
import { expectFiniteArrays, expectSameArrays } from './checks/named.ts';
import { expectNoLeak, expectNoTensors, onTensors } from './checks/tensors.ts';
import { wrongNames, wrongValue } from './errors.ts';
import { law, type Law } from './law.ts';
import {
  classificationSample,
  evaluated,
  inputsOf,
  outputOf,
  type LossCase,
  type LossSample,
} from './loss/loss-case.ts';
import { sampleSpace } from './parameterization/sample-space.ts';

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
 * task loss, and examples do not see each other; term weights for exactly its terms, where it tells them; no finding
 * about fresh weights; no leaks.
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
    () => [...valueLaws(lossCase), ...perExampleLaws(lossCase), ...reportLaws(lossCase)],
  );
};

const MEMBERS: Members<Loss> = {
  requires: 'object',
  trainables: 'array',
  init: 'function',
  evaluate: 'function',
  check: 'function',
  diagnose: 'function',
};

const valuesOf = (lossCase: LossCase): NamedArrays =>
  onTensors(inputsOf(lossCase), (tensors) => {
    const { total, terms } = evaluated(lossCase, tensors);
    const named = Object.entries(terms).map(([name, term]) => [`term ${name}`, term] as const);
    return { total, ...Object.fromEntries(named) };
  });

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

const reportLaws = (lossCase: LossCase): readonly Law[] => [
  ...findingLaws(lossCase),
  ...(lossCase.loss.termWeights ? [weightLaw(lossCase)] : []),
];

const weightLaw = (lossCase: LossCase): Law =>
  law('term weights are finite numbers, one for each term', () => {
    const { loss } = lossCase;
    const weights = loss.termWeights?.(loss.init()) ?? {};
    const terms = Object.keys(valuesOf(lossCase)).filter((name) => name.startsWith('term '));
    const [expected, named] = [terms.map((name) => name.slice('term '.length)), Object.keys(weights)];
    if (expected.toSorted().join() !== named.toSorted().join())
      throw wrongNames('termWeights', expected, named);
    expectFinite('termWeights', Object.values(weights));
  });

const findingLaws = ({ loss }: LossCase): readonly Law[] => [
  law('findings have a code and a message', () => {
    const map = mapping({ latentDim: 8 }).impl.bind(sampleSpace());
    for (const finding of [...loss.check(map), ...loss.diagnose(loss.init())]) expectFinding(finding);
  }),
  law('fresh weights have not collapsed', () => {
    const [finding] = loss.diagnose(loss.init());
    if (finding)
      throw wrongValue(
        'findings about fresh weights',
        [],
        finding,
        'Report weights that training has moved to nothing.',
      );
  }),
];

const expectFinding = ({ code, message }: LossWarning): void => {
  const sound = /^[A-Z0-9_]+$/.test(code) && message.trim() !== '';
  if (!sound)
    throw wrongValue(
      'finding',
      'an upper-case code and a message',
      { code, message },
      'Codes are matched, messages read.',
    );
};
