// How much of each layer can go before the network suffers: one layer is pruned at a time, all others stay whole.
import {
  checkArgument,
  modelTheta,
  requireModel,
  type Model,
  type PassContext,
  type Scores,
} from '@mapping-networks/core';
import { z } from 'zod';
import { pruneStretch } from './choose/weights.ts';
import { countKept } from './mask.ts';
import { keptOf, withMask } from './masked-model.ts';

/** What `sensitivity` tries. */
export interface SensitivityOptions {
  /** 1 to 100 of them, each in [0, 1). Default 0.25, 0.5, 0.75, 0.9, 0.95. */
  readonly sparsities?: readonly number[];
  /** What is pruned at a time; default `layer`. */
  readonly scope?: 'layer' | 'tensor';
}

/** One layer, or one tensor, at one sparsity. */
export interface SensitivityPoint {
  readonly sparsity: number;
  /** How many of its parameters are left. */
  readonly kept: number;
  /** What `evaluate` says of the network then. */
  readonly scores: Scores;
}

/** What a scan found. Plain data. */
export interface Sensitivity {
  /** The scores of the network as it came. */
  readonly baseline: Scores;
  readonly layers: readonly {
    /** Of the layer, or of the tensor. */
    readonly name: string;
    readonly size: number;
    /** From little to much. */
    readonly points: readonly SensitivityPoint[];
  }[];
}

const schema = z.strictObject({
  sparsities: z.array(z.number().min(0).lt(1)).min(1).max(100).default([0.25, 0.5, 0.75, 0.9, 0.95]),
  scope: z.enum(['layer', 'tensor']).default('layer'),
});

/**
 * Scores of a network with one layer pruned at a time, by magnitude and without training on: which layers can spare
 * weights, and which cannot. Takes one evaluation for each layer and sparsity.
 *
 * @throws CORE_INVALID_ARGUMENT
 * @example
 * ```ts
 * import { direct, modelMap, modelTheta, type Model } from '@mapping-networks/core';
 * import { sensitivity } from '@mapping-networks/prune';
 * import { mlp } from '@mapping-networks/targets';
 * const parts = { target: mlp({ inputShape: [4], hidden: [8], classes: 2 }), parameterization: direct() };
 * const network = { ...parts, trainables: modelMap(parts).init(0), buffers: {} };
 * // In place of a validation split: how many weights are zero.
 * const evaluate = (model: Model) =>
 *   Promise.resolve({ loss: modelTheta(model).filter((weight) => weight === 0).length });
 * const { layers } = await sensitivity(network, { evaluate }, { sparsities: [0.5] });
 * console.log(layers.map(({ name, points }) => `${name} ${points[0]?.scores.loss}`)); // ['fc1 20', 'fc2 9']
 * ```
 */
export const sensitivity = async (
  model: Model,
  context: Pick<PassContext, 'evaluate' | 'say'>,
  options: SensitivityOptions = {},
): Promise<Sensitivity> => {
  requireModel('sensitivity', model);
  const { sparsities, scope } = checkArgument('sensitivity', 'options', schema, options);
  const { layers: spans, parameters } = model.target.impl.parameters;
  const stretches =
    scope === 'layer' ? spans.map(({ layer, ...span }) => ({ ...span, name: layer })) : parameters;
  const [theta, kept] = [modelTheta(model), keptOf(model)];
  const baseline = await context.evaluate(model);
  const layers: Sensitivity['layers'][number][] = [];
  for (const { name, offset, size } of stretches) {
    const points: SensitivityPoint[] = [];
    for (const sparsity of sparsities.toSorted((a, b) => a - b)) {
      const left = pruneStretch(theta, kept, { offset, size }, sparsity);
      const scores = await context.evaluate(withMask(model, left));
      points.push({ sparsity, kept: countKept(left, offset, offset + size), scores });
    }
    layers.push({ name, size, points });
    context.say?.(
      `${name}: pruned to ${points.map((point) => point.kept).join(', ')} of ${size} parameters.`,
    );
  }
  return { baseline, layers };
};
