// Logits to probabilities.

/**
 * e^(x_i) / Σ_j e^(x_j): probabilities of logits, summing to 1.
 *
 * @example
 * ```ts
 * import { softmax } from '@mapping-networks/runtime';
 * console.log(softmax(Float32Array.of(0, 0))); // Float32Array [0.5, 0.5]
 * ```
 */
export const softmax = (logits: Float32Array): Float32Array => {
  const greatest = logits.reduce((most, x) => Math.max(most, x), -Infinity);
  const exponentials = logits.map((x) => Math.exp(x - greatest));
  const sum = exponentials.reduce((total, x) => total + x, 0);
  return exponentials.map((x) => x / sum);
};
