// The learning rate as it is.
import { definePlugin, type Plugin } from '@mapping-networks/core';
import { z } from 'zod';

/** A constant schedule has no options. */
export type ConstantOptions = Readonly<Record<never, never>>;

/** The peak learning rate at every step: factor 1. */
export const constant: Plugin<'schedule', 'constant', ConstantOptions, ConstantOptions> = definePlugin({
  kind: 'schedule',
  name: 'constant',
  summary: 'The same learning rate at every step.',
  options: z.strictObject({}),
  slots: {},
  create: () => ({ factor: () => 1 }),
});
