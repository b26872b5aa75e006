// A network as a list of layers, as a plugin: what was made smaller, or built by hand, is stored and loaded by its
// options like any other target.
import { definePlugin, type Layer, type Plugin, type Shape } from '@mapping-networks/core';
import { z } from 'zod';
import { side } from './image-options.ts';
import { layerSchema } from './layer-schema.ts';
import { sequential } from './sequential.ts';

/** The whole options of `feedForward`. */
export interface FeedForwardOptions {
  /** Shape of one input, without the batch dimension: `[height, width, channels]` for images. */
  readonly input: Shape;
  /** 1 to 1,000 of them, from input to output. */
  readonly layers: readonly Layer[];
}

/**
 * A network of any layers of `sequential`, one after the other; plain data, so that it can be recorded and loaded again.
 *
 * @throws CORE_INVALID_OPTIONS, CORE_UNKNOWN_OPTION; what `sequential` throws for layers that do not fit together
 * @example
 * ```ts
 * import { feedForward } from '@mapping-networks/targets';
 * const target = feedForward({
 *   input: [8, 8, 1],
 *   layers: [
 *     { type: 'conv2d', name: 'conv', filters: 4, kernelSize: 3 },
 *     { type: 'relu' },
 *     { type: 'globalAvgPool2d' },
 *     { type: 'dense', name: 'fc', units: 10 },
 *   ],
 * });
 * console.log(target.impl.parameters.size, target.impl.outputShape); // 90 [10]
 * ```
 */
export const feedForward: Plugin<'target', 'feedForward', FeedForwardOptions, FeedForwardOptions> =
  definePlugin({
    kind: 'target',
    name: 'feedForward',
    summary: 'Layers one after the other, given as a list.',
    options: z.strictObject({
      input: z.array(side).min(1).max(8).describe('Shape of one input.'),
      layers: z.array(layerSchema).min(1).max(1000).describe('From input to output.'),
    }),
    slots: {},
    create: sequential,
  });
