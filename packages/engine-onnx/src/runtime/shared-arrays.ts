// Which large constants the thread has, and how many models use each: a training step and an evaluation step hold the
// constants of a map once.

export interface SharedArrays {
  /** The number of the array, and whether the thread has still to be sent it. Each `take` needs its own `release`. */
  take(array: ArrayBufferView): { readonly key: number; readonly fresh: boolean };
  /** The numbers of those that no model uses any more. */
  release(keys: readonly number[]): readonly number[];
}

export const sharedArrays = (): SharedArrays => {
  // Weak: the host's copy is free to go as soon as its owner drops it.
  const keys = new WeakMap<ArrayBufferView, number>();
  const users = new Map<number, number>();
  let next = 0;
  return {
    take: (array) => {
      const known = keys.get(array);
      const used = known === undefined ? undefined : users.get(known);
      if (known !== undefined && used !== undefined) {
        users.set(known, used + 1);
        return { key: known, fresh: false };
      }
      const key = next++;
      keys.set(array, key);
      users.set(key, 1);
      return { key, fresh: true };
    },
    release: (released) =>
      released.filter((key) => {
        const left = (users.get(key) ?? 0) - 1;
        if (left > 0) users.set(key, left);
        else users.delete(key);
        return left === 0;
      }),
  };
};
