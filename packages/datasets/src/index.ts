// The contract of @mapping-networks/datasets: everything public, nothing else.
export { arraySplit, type ArraySplitOptions, type Examples, type Layout } from './array-split.ts';
export type { Augmentation } from './augmentation.ts';
export { defineDataset, type DatasetArrays, type DatasetDefinition } from './define-dataset.ts';
export { fashionMnist } from './fashion-mnist.ts';
export { glyphs, type GlyphsOptions } from './glyphs/glyphs.ts';
export { holdOut, type HeldOut } from './hold-out.ts';
export type { ImageSetOptions } from './idx/image-set-dataset.ts';
export { parseIdx, type IdxArray } from './idx/parse.ts';
export { mnist } from './mnist.ts';
