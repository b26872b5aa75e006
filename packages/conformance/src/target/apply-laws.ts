// What a target computes: a pure function of parameters, buffers, masks and a batch.
import type { Target } from '@mapping-networks/core';
import { expectClose, expectFinite, expectShape, expectSpecs } from '../checks/arrays.ts';
import { expectDifferentArrays, expectSameArrays } from '../checks/named.ts';
import { expectNoLeak } from '../checks/tensors.ts';
import { law, type Law } from '../law.ts';
import {
  applied,
  applyFlat,
  evaluationInputs,
  examples,
  flattened,
  masksOf,
  trainingInputs,
  type TargetInputs,
} from './target-case.ts';

export const applyLaws = (target: Target, seed: number): readonly Law[] => {
  const modes = (batch: number): readonly TargetInputs[] => [
    evaluationInputs(target, batch, seed),
    trainingInputs(target, batch, seed),
  ];
  return [
    law('the output is [batch, ...outputShape], finite, for every batch size', () => {
      for (const inputs of [...modes(2), ...modes(3), evaluationInputs(target, 1, seed)]) {
        const { output } = applied(target, inputs);
        expectShape('output', output.shape, [inputs.x.shape[0] ?? 0, ...target.outputShape]);
        expectFinite('output', output.data);
      }
    }),
    law('all buffers come back, in their shapes', () => {
      for (const inputs of modes(2)) expectSpecs('buffers', applied(target, inputs).buffers, target.buffers);
    }),
    law('the same arguments give the same output and buffers', () => {
      for (const inputs of modes(2)) {
        const [first, second] = [applied(target, inputs), applied(target, inputs)];
        expectSameArrays('output', { output: second.output }, { output: first.output });
        expectSameArrays('buffers', second.buffers, first.buffers);
      }
    }),
    law('out of training buffers stay as they are', () => {
      const inputs = evaluationInputs(target, 2, seed);
      expectSameArrays('buffers', applied(target, inputs).buffers, inputs.buffers);
    }),
    law('out of training examples do not see each other', () => {
      const inputs = evaluationInputs(target, 3, seed);
      const { output } = applied(target, inputs);
      for (let i = 0; i < 3; i++) {
        const alone = applied(target, { ...inputs, x: examples(inputs.x, i, i + 1) });
        expectClose(`output of example ${i} alone`, alone.output.data, examples(output, i, i + 1).data, 1e-5);
      }
    }),
    ...trainingLaws(target, seed),
    law('no tensor is kept, none of the caller’s disposed', () => {
      for (const inputs of modes(2)) {
        expectNoLeak('apply', flattened(inputs), (tensors) => applyFlat(target, tensors, inputs.training));
      }
    }),
  ];
};

const trainingLaws = (target: Target, seed: number): readonly Law[] => [
  ...(target.buffers.length === 0
    ? []
    : [
        law('training updates buffers, with finite values', () => {
          const inputs = trainingInputs(target, 3, seed);
          const { buffers } = applied(target, inputs);
          expectDifferentArrays('buffers after a training step', buffers, inputs.buffers);
          for (const [name, { data }] of Object.entries(buffers)) expectFinite(`buffer '${name}'`, data);
        }),
      ]),
  ...(target.masks.some(({ rate }) => rate > 0)
    ? [
        law('training applies the masks', () => {
          const inputs = trainingInputs(target, 3, seed);
          const kept = { ...inputs, masks: masksOf(target, 3, seed, true) };
          expectDifferentArrays(
            'output with other masks',
            { output: applied(target, inputs).output },
            { output: applied(target, kept).output },
          );
        }),
      ]
    : []),
  ...(target.buffers.length > 0
    ? []
    : [
        law('with masks that keep everything, training computes what evaluation does', () => {
          const training = { ...trainingInputs(target, 2, seed), masks: masksOf(target, 2, seed, true) };
          const expected = applied(target, evaluationInputs(target, 2, seed)).output.data;
          expectClose('output', applied(target, training).output.data, expected, 1e-5);
        }),
      ]),
];
