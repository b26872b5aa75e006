// Steps by function and signature: compiling the same step for the same shapes and constants again costs nothing.
import type { Step, StepSignature } from '@mapping-networks/core';

export interface StepCache<T> {
  /** What `make` made for this step and signature the first time. Each `take` needs its own `release`. */
  take(step: Step, signature: StepSignature, make: () => T): Shared<T>;
}

export interface Shared<T> {
  readonly value: T;
  /** Whether this was the last user. */
  release(): boolean;
}

export const createStepCache = <T>(): StepCache<T> => {
  const bySignature = new WeakMap<Step, Map<string, { readonly value: T; users: number }>>();
  const keyOf = signatureKeys();
  return {
    take: (step, signature, make) => {
      const known = bySignature.get(step) ?? new Map<string, { readonly value: T; users: number }>();
      bySignature.set(step, known);
      const key = keyOf(signature);
      const entry = known.get(key) ?? { value: make(), users: 0 };
      known.set(key, entry);
      entry.users++;
      return {
        value: entry.value,
        release: () => {
          if (--entry.users > 0) return false;
          known.delete(key);
          return true;
        },
      };
    },
  };
};

/** Shapes and types by value, constants by identity: they are not held, and not looked through. */
const signatureKeys = (): ((signature: StepSignature) => string) => {
  const numbers = new WeakMap<object, number>();
  let next = 0;
  const numberOf = (data: object): number => {
    const number = numbers.get(data) ?? next++;
    numbers.set(data, number);
    return number;
  };
  return ({ frozen, inputs }) =>
    JSON.stringify([
      Object.entries(inputs).map(([name, { shape, dtype }]) => [name, shape, dtype]),
      Object.entries(frozen).map(([name, { shape, dtype, data }]) => [name, shape, dtype, numberOf(data)]),
    ]);
};
