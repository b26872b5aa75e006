// The dataset that needs no download: handwritten-looking digits, drawn from a seed when it is loaded.
import {
  childKey,
  definePlugin,
  randomKey,
  type Dataset,
  type DatasetInfo,
  type LoadContext,
  type Plugin,
  type RandomKey,
} from '@mapping-networks/core';
import { z } from 'zod';
import { arraySplit, type Examples } from '../array-split.ts';
import { augmentationSchema, type Augmentation } from '../augmentation.ts';
import { alphabet, draw, SIDE, type Alphabet } from './draw.ts';

/** The whole options of `glyphs`. Sizes are 1 … 1,000,000, that of validation also 0. */
export interface GlyphsOptions {
  /** Training examples. Default 12,000. */
  readonly train: number;
  /** Validation examples. 0: none. Default 2,000. */
  readonly validation: number;
  /** Test examples. Default 2,000. */
  readonly test: number;
  /** The seed of all pictures. Default 0. */
  readonly seed: number;
  /** Scales all that varies from glyph to glyph: 0 is print, 1 (the default) handwriting. 0 … 2. */
  readonly difficulty: number;
  /** Random changes of training images. Default `{ shift: 0 }`: none. */
  readonly augment: Augmentation;
}

const info: DatasetInfo = Object.freeze({
  name: 'glyphs',
  title: 'Glyphs',
  inputShape: [SIDE, SIDE, 1],
  task: 'classification',
  classes: ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'],
  normalization: { scale: 255, mean: 0.5, std: 0.5 },
  source: {
    title: 'Procedural digits, drawn by this package',
    url: 'https://www.npmjs.com/package/@mapping-networks/datasets',
    licence: 'Apache-2.0',
  },
});

/** Glyphs drawn between two turns of the event loop. */
const SLICE = 500;

/**
 * Procedural digits: pen strokes in several ways of writing, with elastic and affine jitter, pressure and grain;
 * 28 × 28 × 1, ten balanced classes, inputs in [−1, 1]. The same seed gives the same bytes everywhere, and glyph i of
 * a split does not depend on the sizes.
 *
 * @throws CORE_INVALID_OPTIONS
 * @example
 * ```ts
 * import { glyphs } from '@mapping-networks/datasets';
 * const { train } = await glyphs({ train: 100, validation: 10, test: 10 }).impl.load();
 * console.log(train.batch([0, 1]).x.length); // 1568
 * ```
 */
export const glyphs: Plugin<'dataset', 'glyphs', Partial<GlyphsOptions>, GlyphsOptions> = definePlugin({
  kind: 'dataset',
  name: 'glyphs',
  summary: 'Procedural handwritten digits, 28 x 28, ten classes; drawn from a seed, no download.',
  options: z.strictObject({
    train: z.int().min(1).max(1_000_000).default(12_000).describe('Training examples.'),
    validation: z.int().min(0).max(1_000_000).default(2_000).describe('Validation examples; 0: none.'),
    test: z.int().min(1).max(1_000_000).default(2_000).describe('Test examples.'),
    seed: z.int().min(0).default(0).describe('The seed of all pictures.'),
    difficulty: z.number().min(0).max(2).default(1).describe('0 is print, 1 handwriting.'),
    augment: augmentationSchema,
  }),
  slots: {},
  create: (options): Dataset => ({
    info,
    load: async (context = {}) => {
      const { seed, augment } = options;
      const ways = alphabet();
      const examples = (split: 'train' | 'validation' | 'test'): Promise<Examples> =>
        drawAll(ways, options[split], randomKey(seed, 'glyphs', split), options.difficulty, context);
      return {
        info,
        train: arraySplit(info, await examples('train'), { augment }),
        validation: arraySplit(info, await examples('validation')),
        test: arraySplit(info, await examples('test')),
      };
    },
  }),
});

/** Example i is the digit i mod 10, drawn from the key's child i. */
const drawAll = async (
  ways: Alphabet,
  count: number,
  key: RandomKey,
  difficulty: number,
  { signal }: LoadContext,
): Promise<Examples> => {
  const inputs = new Uint8Array(count * SIDE * SIDE);
  const labels = Uint8Array.from({ length: count }, (_, i) => i % 10);
  for (let i = 0; i < count; i++) {
    if (i % SLICE === 0) await new Promise((resolve) => setTimeout(resolve));
    signal?.throwIfAborted();
    draw(ways, i % 10, childKey(key, i), difficulty, inputs.subarray(i * SIDE * SIDE, (i + 1) * SIDE * SIDE));
  }
  return { inputs, labels };
};
