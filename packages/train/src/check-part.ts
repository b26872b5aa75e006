// A part in its place, or an error that says what stands there instead.
import { isPart, requireArgument, type Kind } from '@mapping-networks/core';
import { invalidPart, invalidParts } from './errors.ts';

/** @throws TRAIN_INVALID_PART naming `option` */
export const checkPart = (option: string, kind: Kind, value: unknown): void => {
  if (!isPart(value, kind)) throw invalidPart(option, kind, value);
};

/** @throws TRAIN_INVALID_PART naming `option`, unless `values` is a list of such parts */
export const checkParts = (option: string, kind: Kind, values: unknown): void => {
  if (!Array.isArray(values)) throw invalidParts(option, kind, values);
  for (const value of values) checkPart(option, kind, value);
};

/** @throws CORE_INVALID_ARGUMENT unless `options` is an object */
export const requireOptions = (call: string, options: object): void =>
  requireArgument(typeof options === 'object' && options !== null, call, 'options', 'an object', options);
