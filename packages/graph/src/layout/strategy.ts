// Which way each convolution is computed; convolution.ts has the two ways. A correlation is the quicker one where it is
// possible (`packages/engine-onnx/bench/layouts.ts`), also where the filter gradient needs the columns anyway. Columns
// remain for horizontal strides, which would tear the batch apart, and for gradients whose padding a correlation cannot
// have.
import type { NodeOf } from '../ir/node.ts';
import { correlates, correlatesBack } from './convolution.ts';

/**
 * How a convolution, or its gradient in x, is computed. `correlation`: ONNX's Conv over all images side by side.
 * `columns`: the windows gathered side by side, then a matrix product.
 */
export type Strategy = 'columns' | 'correlation';

/** How a layout is chosen. */
export interface LayoutOptions {
  /** How convolutions and their gradients in x are computed where both ways are open. Default `correlation`. */
  readonly convolution?: Strategy;
}

export const strategyOf = (
  { kind, window }: NodeOf<'conv2d' | 'conv2dInputGradient'>,
  { convolution = 'correlation' }: LayoutOptions,
): Strategy => {
  const possible = kind === 'conv2d' ? correlates(window) : correlatesBack(window);
  return possible ? convolution : 'columns';
};
