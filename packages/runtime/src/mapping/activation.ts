// The element-wise σ of a mapping in canonical arithmetic, and the factor that gives σ(u) unit variance for u ~ N(0, 1).
import { exp, sin, tanh } from '../canonical/elementary.ts';
import type { Activation } from './options.ts';

/** √Var tanh(u), u ~ N(0, 1), by quadrature to 16 digits. */
const TANH_STD = 0.6279287303490745;

/** 1 / √Var σ(u) for u ~ N(0, 1). */
export const activationNormalizer = (activation: Activation): number => {
  if (activation.type === 'identity') return 1;
  if (activation.type === 'tanh') return 1 / TANH_STD;
  const { omega } = activation;
  return 1 / Math.sqrt((1 - exp(-2 * omega * omega)) / 2);
};

/** σ of one float32; the caller rounds. */
export const canonicalActivation = (activation: Activation): ((u: number) => number) => {
  if (activation.type === 'sin') return (u) => sin(activation.omega * u);
  return activation.type === 'tanh' ? tanh : (u) => u;
};
