// Inputs that do not fit the signature are refused, and do no harm.
import { float32, int32, type NamedArrays, type Part } from '@mapping-networks/core';
import { expectSameArrays } from '../checks/named.ts';
import { notRejected } from '../errors.ts';
import { law, type Law } from '../law.ts';
import { BATCH, INPUTS, inputsOf } from './sample-step.ts';
import { withStep } from './session.ts';

const expectRejected = async (what: string, act: () => Promise<unknown>): Promise<void> => {
  try {
    await act();
  } catch {
    return;
  }
  throw notRejected(what);
};

export const rejectionLaws = (part: Part<'engine'>, seed: number): readonly Law[] => {
  const { x, ...withoutX } = inputsOf(seed);
  const wrong: readonly (readonly [string, NamedArrays])[] = [
    ['a missing input', withoutX],
    ['an input too many', { ...inputsOf(seed), extra: float32(new Float32Array(1)) }],
    [
      'an input of another shape',
      { ...withoutX, x: float32(x?.data.slice() as Float32Array, [INPUTS, BATCH]) },
    ],
    ['an input of another type', { ...withoutX, x: int32(new Int32Array(BATCH * INPUTS), [BATCH, INPUTS]) }],
    ['an input of another size', { ...withoutX, x: float32(new Float32Array(2), [BATCH, INPUTS]) }],
  ];
  return wrong.map(([what, inputs]) =>
    law(`${what} is rejected, and the step goes on`, () =>
      withStep(part, async (compiled) => {
        const before = await compiled.run(inputsOf(seed));
        await expectRejected(what, () => compiled.run(inputs));
        expectSameArrays('outputs afterwards', await compiled.run(inputsOf(seed)), before);
      }),
    ),
  );
};
