// What the element-wise functions make of one number, where a unit gives the same number whatever its input is.
import type { ActivationName } from '@mapping-networks/core';

const FUNCTIONS: Readonly<Record<ActivationName, (x: number) => number>> = {
  relu: (x) => Math.max(x, 0),
  leakyRelu: (x) => (x < 0 ? 0.01 * x : x),
  elu: (x) => (x < 0 ? Math.expm1(x) : x),
  // JavaScript has no error function: of gelu only the value at 0 is known, and a unit with another one stays.
  gelu: (x) => (x === 0 ? 0 : Number.NaN),
  silu: (x) => x / (1 + Math.exp(-x)),
  softplus: (x) => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x))),
  tanh: (x) => Math.tanh(x),
  sigmoid: (x) => 1 / (1 + Math.exp(-x)),
};

/** f(x); NaN for NaN, and where the value is not known. */
export const constantActivation = (name: ActivationName, x: number): number => FUNCTIONS[name](x);
