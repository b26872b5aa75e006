// Lookahead: another optimizer explores, slow weights follow it every few steps.
import * as tf from '@tensorflow/tfjs-core';
import {
  definePlugin,
  prefixed,
  unprefixed,
  type Optimizer,
  type Part,
  type Plugin,
} from '@mapping-networks/core';
import { z } from 'zod';
import { entry, mapNamed } from '../named.ts';
import { adam } from './adam.ts';
import { zerosLike } from './transforms/transformation.ts';

/** How often, and how far, slow weights follow fast ones. */
export interface LookaheadPace {
  /** k, the steps between two synchronisations, 1 … 1,000,000. */
  readonly period: number;
  /** α, how far the slow weights go towards the fast ones, in (0, 1]. */
  readonly blend: number;
}

/**
 * Every `period` steps: slow ← slow + α(fast − slow), fast ← slow (Zhang et al. 2019, Algorithm 1). The slow weights
 * start at the trainables of the first step.
 */
export const lookaheadOf = (inner: Optimizer, { period, blend }: LookaheadPace): Optimizer => ({
  init: (trainables) => ({
    ...prefixed('fast.', inner.init(trainables)),
    ...zerosLike('slow', trainables),
  }),
  update: (gradients, state, context) => {
    const { trainables, step } = context;
    const { updates, state: fastState } = inner.update(gradients, unprefixed('fast.', state), context);
    const first = tf.cast(tf.equal(step, 1), 'float32');
    const sync = tf.cast(tf.equal(tf.mod(step, period), 0), 'float32');
    const slow = mapNamed(updates, (update, name) => {
      const current = entry(trainables, name);
      const before = entry(state, `slow.${name}`);
      const start = tf.add(before, tf.mul(first, tf.sub(current, before)));
      return tf.add(start, tf.mul(tf.mul(sync, blend), tf.sub(tf.add(current, update), start)));
    });
    const jump = (update: tf.Tensor, name: string): tf.Tensor => {
      const fast = tf.add(entry(trainables, name), update);
      return tf.add(update, tf.mul(sync, tf.sub(entry(slow, name), fast)));
    };
    return {
      updates: mapNamed(updates, jump),
      state: { ...prefixed('fast.', fastState), ...prefixed('slow.', slow) },
    };
  },
});

/** The whole options of `lookahead`. */
export interface LookaheadOptions extends LookaheadPace {
  /** The fast optimizer. Default `adam()`. */
  readonly optimizer: Part<'optimizer'>;
}

export const period = (steps: number): z.ZodDefault<z.ZodInt> =>
  z.int().min(1).max(1_000_000).default(steps).describe('Steps between two synchronisations.');

export const blend: z.ZodDefault<z.ZodNumber> = z
  .number()
  .gt(0)
  .max(1)
  .default(0.5)
  .describe('How far slow weights go towards fast ones.');

/** Options of `lookahead` that a schema can check. Period 5 and blend 0.5 by default, as in the paper. */
const pace = z.strictObject({
  period: period(5),
  blend,
});

/**
 * Lookahead (Zhang et al. 2019) around another optimizer.
 *
 * @example
 * ```ts
 * import { lookahead, sgd } from '@mapping-networks/train';
 * const part = lookahead({ optimizer: sgd({ momentum: 0.9 }), period: 6 });
 * console.log(part.options.blend); // 0.5
 * ```
 */
export const lookahead: Plugin<
  'optimizer',
  'lookahead',
  Partial<LookaheadOptions>,
  LookaheadOptions
> = definePlugin({
  kind: 'optimizer',
  name: 'lookahead',
  summary: 'Slow weights that follow another optimizer every few steps.',
  options: pace,
  slots: { optimizer: { kind: 'optimizer', default: () => adam() } },
  create: ({ optimizer, ...options }) => lookaheadOf(optimizer.impl, options),
});
