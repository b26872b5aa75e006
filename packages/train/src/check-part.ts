// A part in its place, or an error that says what stands there instead.
import { isPart, type Kind } from '@mapping-networks/core';
import { invalidPart } from './errors.ts';

/** @throws TRAIN_INVALID_PART naming `option` */
export const checkPart = (option: string, kind: Kind, value: unknown): void => {
  if (!isPart(value, kind)) throw invalidPart(option, kind, value);
};
