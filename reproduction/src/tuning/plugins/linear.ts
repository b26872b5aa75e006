// Linear warm-up, then a straight line down to 0.
import { definePlugin, type Plugin } from '@mapping-networks/core';
import { z } from 'zod';

export interface LinearOptions {
  readonly warmupSteps: number;
}

export const linear: Plugin<'schedule', 'linear', Partial<LinearOptions>, LinearOptions> = definePlugin({
  kind: 'schedule',
  name: 'linear',
  summary: 'Linear warm-up, then linear decay.',
  options: z.strictObject({ warmupSteps: z.int().min(0).default(200) }),
  slots: {},
  create: ({ warmupSteps }) => ({
    factor: (step, steps) => {
      const warmup = Math.min(warmupSteps, Math.floor(0.1 * steps));
      return step < warmup ? (step + 1) / warmup : 1 - (step - warmup) / (steps - warmup);
    },
  }),
});
