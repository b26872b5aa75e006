// The pass: chooses what goes, masks it, and trains the latent on under the mask; at once, or stage by stage.
import {
  definePlugin,
  modelTheta,
  requireModel,
  type Model,
  type PassContext,
  type PassResult,
  type Plugin,
} from '@mapping-networks/core';
import { chooserFor } from './choose/chooser-for.ts';
import type { Chooser } from './choose/chooser.ts';
import { cannotFineTune } from './errors.ts';
import { countKept } from './mask.ts';
import { keptOf, withMask } from './masked-model.ts';
import { pruneSchema, type PruneInput, type PruneOptions } from './options.ts';
import { cubicSparsities } from './schedule.ts';

const sparsitiesOf = ({ sparsity, schedule }: PruneOptions, present: number): readonly number[] =>
  schedule.type === 'oneShot' ? [sparsity] : cubicSparsities(present, sparsity, schedule.steps);

const detailsOf = (model: Model, chooser: Chooser): NonNullable<PassResult['details']> => {
  const kept = keptOf(model);
  const { layers, size } = model.target.impl.parameters;
  const count = countKept(kept);
  return {
    kept: count,
    parameters: size,
    sparsity: (size - count) / size,
    ...Object.fromEntries(
      layers.map(({ layer, offset, size: own }) => [
        `sparsity ${layer}`,
        (own - countKept(kept, offset, offset + own)) / own,
      ]),
    ),
    ...chooser.details?.(kept),
  };
};

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

const pruneModel = async (options: PruneOptions, model: Model, context: PassContext): Promise<PassResult> => {
  requireModel('prune', model);
  const { fineTune } = options;
  if (fineTune && !context.fineTune) throw cannotFineTune();
  const chooser = chooserFor(options, model.target);
  const stages = sparsitiesOf(options, chooser.present(keptOf(model)));
  let current = model;
  for (const [stage, sparsity] of stages.entries()) {
    const kept = chooser.choose(modelTheta(current), keptOf(current), sparsity);
    current = withMask(current, kept);
    const which = stages.length > 1 ? `Stage ${stage + 1} of ${stages.length}: ` : '';
    const share = percent(1 - countKept(kept) / kept.length);
    context.say?.(`${which}${countKept(kept).toLocaleString('en')} parameters are kept, ${share} are zero.`);
    if (!fineTune || !context.fineTune) continue;
    const { epochs, ...rest } = fineTune;
    const decay = stage === stages.length - 1 ? 'cosine' : 'constant';
    current = await context.fineTune(current, { ...rest, epochs: epochs / stages.length, decay });
  }
  return { model: current, details: detailsOf(current, chooser) };
};

/**
 * Prunes a trained network by magnitude: its parameterization becomes `masked({ inner })` with the lowest weights at zero,
 * and `fineTune` trains the latent on under that mask. A network that is masked already loses more within its mask.
 *
 * - `scope`: the lowest |θ_i| of the whole network, of each layer, or of each tensor; exactly round(P·sparsity) of each.
 *   Of equal ones the first goes.
 * - `structure`: single weights; N:M, the n largest of every m in a row along the fan-in of kernels (height · width · in,
 *   the channels of one place side by side: hardware that multiplies 2:4 takes these as they are where their number is a
 *   multiple of m); or `filters`, whole filters and units with the lowest norm, relative to those of their layer. `shrink`
 *   makes a smaller network of these.
 * - `schedule`: at once, or `cubic` (Zhu & Gupta 2017, arXiv 1710.01878): s_t = s_f + (s_i − s_f)·(1 − t/n)³.
 *
 * @throws CORE_INVALID_OPTIONS, CORE_UNKNOWN_OPTION; `apply` rejects with PRUNE_NO_LAYERS, PRUNE_NO_UNITS and
 * PRUNE_CANNOT_FINE_TUNE
 * @example
 * ```ts
 * import { direct, modelMap, modelTheta } from '@mapping-networks/core';
 * import { prune } from '@mapping-networks/prune';
 * import { mlp } from '@mapping-networks/targets';
 * const parts = { target: mlp({ inputShape: [4], hidden: [8], classes: 2 }), parameterization: direct() };
 * const network = { ...parts, trainables: modelMap(parts).init(0), buffers: {} };
 * const unused = () => Promise.reject(new Error('one shot, nothing is measured'));
 * const { model } = await prune({ sparsity: 0.75 }).impl.apply(network, { evaluate: unused, outputs: unused });
 * console.log(modelTheta(model).filter((weight) => weight !== 0).length); // 14
 * ```
 */
export const prune: Plugin<'pass', 'prune', PruneInput, PruneOptions> = definePlugin({
  kind: 'pass',
  name: 'prune',
  summary: 'The lowest weights, or whole filters, become zero; the latent is trained on.',
  options: pruneSchema,
  slots: {},
  create: (options) => ({
    stage: 'prune',
    apply: (model, context) => pruneModel(options, model, context),
  }),
});
