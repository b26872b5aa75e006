// A warning outside of training, in the words and the colour that it has there.
import type { LossWarning } from '@mapping-networks/core';
import type { Output } from './output.ts';
import { progress } from './progress/progress.ts';

/** One line, where there is something to say. */
export const sayWarning = (output: Output, warning: LossWarning | undefined): void => {
  if (warning) progress(output)({ type: 'warning', ...warning });
};
