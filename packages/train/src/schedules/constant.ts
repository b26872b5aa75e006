// The learning rate as it is.
import { definePlugin, type Plugin } from '@mapping-networks/core';
import { z } from 'zod';

/**
 * The peak learning rate at every step: factor 1.
 *
 * @example
 * ```ts
 * import { constant } from '@mapping-networks/train';
 * console.log(constant().impl.factor(99, 100)); // 1
 * ```
 */
export const constant: Plugin<'schedule', 'constant', object, object> = definePlugin({
  kind: 'schedule',
  name: 'constant',
  summary: 'The same learning rate at every step.',
  options: z.strictObject({}),
  slots: {},
  create: () => ({ factor: () => 1 }),
});
