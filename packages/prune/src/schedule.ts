// Gradual pruning (Zhu & Gupta 2017): many weights go while the network can still make up for them, few at the end.

/**
 * The sparsity after each of `steps` stages: s_t = s_f + (s_i − s_f)·(1 − t / n)³, the last exactly `final`. A network that
 * is sparser already stays as it is.
 */
export const cubicSparsities = (initial: number, final: number, steps: number): readonly number[] =>
  Array.from({ length: steps }, (_, index) =>
    index === steps - 1 ? final : final + Math.min(0, initial - final) * (1 - (index + 1) / steps) ** 3,
  );
