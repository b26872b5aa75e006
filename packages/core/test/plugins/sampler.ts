// What a stranger's package looks like: a new kind of plugin, two plugins of it, and one of an old kind. Nothing of
// the library is edited.
import { definePlugin, type Part, type Plugin } from '@mapping-networks/core';
import { z } from 'zod';

/** Chooses which examples a step sees. */
export interface Sampler {
  sample(size: number): Int32Array;
}

declare module '@mapping-networks/core' {
  interface Contracts {
    sampler: Sampler;
  }
}

export interface StrideOptions {
  /** Distance of the examples. */
  readonly stride: number;
  readonly weights: readonly number[];
  readonly window: { readonly from: number; readonly to?: number | undefined };
}

export const stride: Plugin<'sampler', 'stride', Partial<StrideOptions>, StrideOptions> = definePlugin({
  kind: 'sampler',
  name: 'stride',
  summary: 'Every n-th example.',
  options: z.strictObject({
    stride: z.int().min(1).default(2),
    weights: z.array(z.number()).default([1, 2]),
    window: z.strictObject({ from: z.number(), to: z.number().optional() }).default({ from: 0 }),
  }),
  slots: {},
  create: ({ stride }) => ({
    sample: (size) => Int32Array.from({ length: Math.ceil(size / stride) }, (_, i) => i * stride),
  }),
});

export interface FirstOptions {
  readonly count: number;
}

/** An option without a default: the call needs it. */
export const first: Plugin<'sampler', 'first', FirstOptions, FirstOptions> = definePlugin({
  kind: 'sampler',
  name: 'first',
  summary: 'The first few examples.',
  options: z.strictObject({ count: z.int().min(1) }),
  slots: {},
  create: ({ count }) => ({
    sample: (size) => Int32Array.from({ length: Math.min(count, size) }, (_, i) => i),
  }),
});

/** No options at all. */
export const everything: Plugin<'sampler', 'everything', object, object> = definePlugin({
  kind: 'sampler',
  name: 'everything',
  summary: 'All examples in order.',
  options: z.strictObject({}),
  slots: {},
  create: () => ({ sample: (size) => Int32Array.from({ length: size }, (_, i) => i) }),
});

export interface PipelineOptions {
  readonly sampler: Part<'sampler'>;
  readonly warmup: Part<'schedule'>;
  readonly stages: readonly Part<'schedule'>[];
  readonly label: string;
}

export interface PipelineInput {
  readonly sampler: Part<'sampler'>;
  readonly warmup?: Part<'schedule'>;
  readonly stages?: readonly Part<'schedule'>[];
  readonly label?: string;
}

export interface RampOptions {
  readonly start: number;
}

export const ramp: Plugin<'schedule', 'ramp', Partial<RampOptions>, RampOptions> = definePlugin({
  kind: 'schedule',
  name: 'ramp',
  summary: 'From a start to the peak.',
  options: z.strictObject({ start: z.number().min(0).max(1).default(0.5) }),
  slots: {},
  create: ({ start }) => ({ factor: (step, steps) => start + ((1 - start) * (step + 1)) / steps }),
});

/** A required slot, a slot with a default, and a list of parts. */
export const pipeline: Plugin<'schedule', 'pipeline', PipelineInput, PipelineOptions> = definePlugin({
  kind: 'schedule',
  name: 'pipeline',
  summary: 'Schedules one after another.',
  options: z.strictObject({ label: z.string().default('run') }),
  slots: {
    sampler: { kind: 'sampler' },
    warmup: { kind: 'schedule', default: () => ramp() },
    stages: { kind: 'schedule', many: true, default: () => [] },
  },
  create: ({ warmup }) => warmup.impl,
});
