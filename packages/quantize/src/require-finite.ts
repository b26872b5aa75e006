// What is rounded must be numbers: a grid has no code for NaN, and would hide it.
import type { Model } from '@mapping-networks/core';
import { notFinite } from './errors.ts';

/** @throws QUANTIZE_NOT_FINITE */
export const requireFinite = ({ trainables }: Model): void => {
  for (const [name, { data }] of Object.entries(trainables)) {
    const flaw = data.find((value) => !Number.isFinite(value));
    if (flaw !== undefined) throw notFinite(name, flaw);
  }
};
