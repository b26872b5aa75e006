// The law suite of engines.
import { float32, type Part } from '@mapping-networks/core';
import * as tf from '@tensorflow/tfjs-core';
import { expectClose, expectShape, expectSpecs } from './checks/arrays.ts';
import { expectSameArrays } from './checks/named.ts';
import { rejectionLaws } from './engine/rejection-laws.ts';
import { expectedOf, inputsOf, OUTPUT_SPECS, signature, step } from './engine/sample-step.ts';
import { withSession, withStep } from './engine/session.ts';
import { tensorLeak, wrongValue } from './errors.ts';
import { law, type Law } from './law.ts';

/** How exact `engineLaws` wants an engine to be, and the seed of its inputs. */
export interface EngineLawOptions {
  /** Allowed difference from plain loops, relative to the largest value. Default 1e-5. */
  readonly tolerance?: number;
  /** Seed of the inputs. Default 0. */
  readonly seed?: number;
}

/**
 * What every engine must keep: values and gradients as plain loops give them; the same bits every time; constants and
 * inputs untouched, outputs the caller's own; steps side by side; inputs outside of the signature rejected; nothing
 * left behind.
 *
 * @example
 * ```ts
 * import { engineLaws } from '@mapping-networks/conformance';
 * import { cpu } from '@mapping-networks/engine-eager';
 * for (const law of engineLaws(cpu())) await law.check();
 * ```
 */
export const engineLaws = (
  part: Part<'engine'>,
  { tolerance = 1e-5, seed = 0 }: EngineLawOptions = {},
): readonly Law[] => [
  law('values and gradients are those of plain loops', () =>
    withStep(part, async (compiled) => {
      for (const n of [0, 1]) {
        const inputs = inputsOf(seed + n);
        const outputs = await compiled.run(inputs);
        const { value, gradient, product, largest } = expectedOf(inputs);
        expectSpecs('outputs', outputs, OUTPUT_SPECS);
        expectClose('value', outputs['value']?.data ?? [], [value], tolerance);
        expectClose('gradient', outputs['gradient']?.data ?? [], gradient, tolerance);
        expectClose('product', outputs['product']?.data ?? [], product, tolerance);
        expectClose('largest', outputs['largest']?.data ?? [], largest, 0);
        expectSameArrays(
          'labels',
          { labels: outputs['labels'] ?? float32(new Float32Array(0)) },
          { labels: inputs['labels'] ?? float32(new Float32Array(0)) },
        );
      }
    }),
  ),
  law('the same inputs give the same bits, in one session and in another', () =>
    withStep(part, async (compiled) => {
      const first = await compiled.run(inputsOf(seed));
      await compiled.run(inputsOf(seed + 1));
      expectSameArrays('outputs', await compiled.run(inputsOf(seed)), first);
      await withStep(part, async (other) =>
        expectSameArrays('outputs', await other.run(inputsOf(seed)), first),
      );
    }),
  ),
  law('inputs stay as they are, and outputs are the caller’s own', () =>
    withStep(part, async (compiled) => {
      const inputs = inputsOf(seed);
      const first = await compiled.run(inputs);
      expectSameArrays('inputs after a run', inputs, inputsOf(seed));
      const kept = structuredClone(first);
      for (const { data } of Object.values(first)) data.fill(7);
      expectSameArrays('outputs after a change of others', await compiled.run(inputs), kept);
    }),
  ),
  law('steps of other signatures live side by side', () =>
    withSession(part, async (session) => {
      const one = session.compile(step, signature);
      const sum = session.compile(({ a }) => ({ sum: tf.sum(a as tf.Tensor) }), {
        frozen: {},
        inputs: { a: { shape: [2], dtype: 'float32' } },
      });
      const before = await one.run(inputsOf(seed));
      const { sum: total } = await sum.run({ a: float32(Float32Array.of(2, 3)) });
      expectShape('sum', total?.shape ?? [Number.NaN], []);
      expectClose('sum', total?.data ?? [], [5], tolerance);
      sum.dispose();
      expectSameArrays('outputs after another step was disposed of', await one.run(inputsOf(seed)), before);
    }),
  ),
  ...rejectionLaws(part, seed),
  law('nothing is left behind', async () => {
    const use = (): Promise<void> =>
      withStep(part, async (compiled) => void (await compiled.run(inputsOf(seed))));
    await use();
    const before = tf.memory().numTensors;
    await use();
    const kept = tf.memory().numTensors - before;
    if (kept !== 0) throw tensorLeak('a session from open to dispose', kept);
  }),
  law('the session says what it is', () =>
    withSession(part, async ({ description }) => {
      if (description.trim() === '')
        throw wrongValue('description', 'words for people', description, 'Name engine and device.');
    }),
  ),
  law('the threads of the session, where it knows them, are a whole number of at least 1', () =>
    withSession(part, async ({ threads }) => {
      const sound = threads === undefined || (Number.isSafeInteger(threads) && threads >= 1);
      if (!sound)
        throw wrongValue(
          'threads',
          'a whole number from 1',
          threads,
          'Leave out what the engine does not know.',
        );
    }),
  ),
];
