// The mapping loss: a task loss and weighted terms beside it. Terms are losses like any other, and a mapping loss is
// one too.
import {
  definePlugin,
  prefixed,
  unprefixed,
  type Loss,
  type LossContext,
  type Part,
  type Plugin,
} from '@mapping-networks/core';
import * as tf from '@tensorflow/tfjs-core';
import { z } from 'zod';
import { alignment } from './alignment.ts';
import { crossEntropy } from './cross-entropy.ts';
import { smoothness } from './smoothness.ts';
import { stability } from './stability.ts';
import { weigher } from './weigher.ts';
import { weightingSchema, type Weighting, type WeightingInput } from './weighting.ts';

/** The whole options of `mappingLoss`. */
export interface MappingLossOptions {
  /** What the network is for; evaluation averages it. Default `crossEntropy()`. */
  readonly task: Part<'loss'>;
  /** Added to the task. Default `[stability(), smoothness(), alignment()]`. */
  readonly terms: readonly Part<'loss'>[];
  /** Default `{ type: 'fixed' }`, each term with its own `weight`. */
  readonly weighting: Weighting;
}

/** What a user of `mappingLoss` may give; everything left out has a default. */
export interface MappingLossInput {
  readonly task?: Part<'loss'>;
  readonly terms?: readonly Part<'loss'>[];
  /** A weighting, or its bare name. */
  readonly weighting?: WeightingInput;
}

/**
 * L = L_task + λ_stab·L_stab + λ_smooth·L_smooth + λ_align·L_align, or any other terms. The weights λ are fixed,
 * trained as in the paper, or follow from uncertainty: see `Weighting`.
 *
 * Source: Sen & Mukherjee, Mapping Networks, CVPR 2026 (arXiv 2602.19134), Eq. 26.
 *
 * @throws CORE_INVALID_OPTIONS, CORE_INVALID_SLOT, LOSSES_WEIGHT_COUNT, LOSSES_INITIAL_WEIGHT; `check` throws
 * LOSSES_MISSING_REGULARIZER when the map lacks what a term needs
 * @example
 * ```ts
 * import { crossEntropy, mappingLoss, stability } from '@mapping-networks/losses';
 * const loss = mappingLoss({
 *   task: crossEntropy({ labelSmoothing: 0.1 }),
 *   terms: [stability({ sigma: 0.1 })],
 *   weighting: { type: 'fixed', values: [0.5] },
 * });
 * console.log(loss.options.weighting); // { type: 'fixed', values: [0.5] }
 * ```
 */
export const mappingLoss: Plugin<'loss', 'mappingLoss', MappingLossInput, MappingLossOptions> = definePlugin({
  kind: 'loss',
  name: 'mappingLoss',
  summary: 'Task loss with weighted stability, smoothness and alignment terms.',
  options: z.strictObject({
    weighting: weightingSchema
      .default({ type: 'fixed' })
      .describe('How the terms are weighted against the task.'),
  }),
  slots: {
    task: { kind: 'loss', default: () => crossEntropy() },
    terms: { kind: 'loss', many: true, default: () => [stability(), smoothness(), alignment()] },
  },
  create: (options) => combined(options),
});

/** A loss inside this one; its trainables live under `prefix`. */
interface Inner {
  readonly loss: Loss;
  readonly prefix: string;
}

const combined = ({ task, terms, weighting }: MappingLossOptions): Loss => {
  const first: Inner = { loss: task.impl, prefix: 'task/' };
  const others = terms.map(({ impl }, i): Inner => ({ loss: impl, prefix: `${i}/` }));
  const inner = [first, ...others];
  const weights = weigher(
    weighting,
    terms.map(({ name, impl }) => ({ name, weight: impl.weight ?? 1 })),
  );
  return {
    requires: {
      noise: inner.some(({ loss }) => loss.requires.noise),
      regularizers: [...new Set(inner.flatMap(({ loss }) => loss.requires.regularizers))],
    },
    trainables: [
      ...weights.trainables,
      ...inner.flatMap(({ loss, prefix }) =>
        loss.trainables.map(({ name, shape }) => ({ name: prefix + name, shape })),
      ),
    ],
    init: () =>
      Object.assign({}, weights.init(), ...inner.map(({ loss, prefix }) => prefixed(prefix, loss.init()))),
    evaluate: (context) =>
      tf.tidy(() => {
        const task = evaluateInner(first, context);
        const rest = others.map((term) => evaluateInner(term, context));
        const totals = rest.map(({ total }) => total);
        const total = weights.combine(task.total, totals, context.weights);
        return { total, terms: merged([task.terms, ...rest.map((value) => value.terms)]) };
      }),
    ...(task.impl.perExample && { perExample: task.impl.perExample }),
    termWeights: (current) => {
      const factors = [1, ...weights.factors(current)];
      const parts = [task, ...terms].map(({ name, impl }, i) => {
        const own = impl.termWeights?.(unprefixed(inner[i]?.prefix ?? '', current)) ?? { [name]: 1 };
        return Object.fromEntries(
          Object.entries(own).map(([term, w]) => [term, w * (factors[i] ?? Number.NaN)]),
        );
      });
      return merged(parts);
    },
    check: (map) => [...inner.flatMap(({ loss }) => loss.check(map)), ...weights.warnings],
    diagnose: (current) => [
      ...weights.diagnose(current),
      ...inner.flatMap(({ loss, prefix }) => loss.diagnose(unprefixed(prefix, current))),
    ],
  };
};

const evaluateInner = ({ loss, prefix }: Inner, context: LossContext): ReturnType<Loss['evaluate']> =>
  loss.evaluate({ ...context, weights: unprefixed(prefix, context.weights) });

/** All terms by name; the second of a name is `NAME2`. */
const merged = <T>(parts: readonly Readonly<Record<string, T>>[]): Record<string, T> => {
  const all: Record<string, T> = {};
  const counts = new Map<string, number>();
  for (const [name, value] of parts.flatMap((part) => Object.entries(part))) {
    const count = (counts.get(name) ?? 0) + 1;
    counts.set(name, count);
    all[count === 1 ? name : `${name}${count}`] = value;
  }
  return all;
};
