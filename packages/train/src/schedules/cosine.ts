// Linear warm-up, then half a cosine down: the default of `train`.
import { definePlugin, type Plugin } from '@mapping-networks/core';
import { z } from 'zod';

/** The whole options of `cosine`. */
export interface CosineOptions {
  /** Steps until the peak, 0 … 10⁹. Default 200. */
  readonly warmupSteps: number;
  /** The largest share of the run that warm-up may take, in [0, 1), so that short runs are not all warm-up. Default 0.1. */
  readonly maxWarmup: number;
  /** The factor at the end, in [0, 1]. Default 0. */
  readonly floor: number;
}

/**
 * Cosine decay with linear warm-up (Loshchilov & Hutter 2017, SGDR, without restarts). With
 * w = min(warmupSteps, ⌊maxWarmup·steps⌋): (step + 1) / w for step < w, then
 * floor + (1 − floor)·(1 + cos(π·(step − w) / (steps − w))) / 2.
 *
 * @example
 * ```ts
 * import { cosine } from '@mapping-networks/train';
 * const { impl } = cosine({ warmupSteps: 10 });
 * console.log(impl.factor(0, 100), impl.factor(10, 100), impl.factor(55, 100)); // 0.1 1 0.5
 * ```
 */
export const cosine: Plugin<'schedule', 'cosine', Partial<CosineOptions>, CosineOptions> = definePlugin({
  kind: 'schedule',
  name: 'cosine',
  summary: 'Linear warm-up, then half a cosine down.',
  options: z.strictObject({
    warmupSteps: z.int().min(0).max(1e9).default(200).describe('Steps until the peak.'),
    maxWarmup: z.number().min(0).lt(1).default(0.1).describe('Largest share of the run for warm-up.'),
    floor: z.number().min(0).max(1).default(0).describe('Factor at the end.'),
  }),
  slots: {},
  create: ({ warmupSteps, maxWarmup, floor }) => ({
    factor: (step, steps) => {
      const warmup = Math.min(warmupSteps, Math.floor(maxWarmup * steps));
      if (step < warmup) return (step + 1) / warmup;
      const progress = Math.min(1, (step - warmup) / (steps - warmup));
      return floor + ((1 - floor) * (1 + Math.cos(Math.PI * progress))) / 2;
    },
  }),
});
