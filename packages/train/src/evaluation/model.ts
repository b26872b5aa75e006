// What evaluation needs to know of a trained model.
import type { NamedArrays, Part } from '@mapping-networks/core';

export interface TrainedModel {
  readonly target: Part<'target'>;
  readonly parameterization: Part<'parameterization'>;
  readonly trainables: NamedArrays;
  readonly buffers: NamedArrays;
}
