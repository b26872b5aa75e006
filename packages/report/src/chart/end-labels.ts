// Names at the ends of lines instead of a legend elsewhere, moved apart where lines end close together.

/** Positions at least `gap` apart, in the given order of size, moved as little as a sweep down and up needs. */
export const spread = (
  positions: readonly number[],
  gap: number,
  { from, to }: { readonly from: number; readonly to: number },
): number[] => {
  const order = positions.map((position, index) => ({ position, index }));
  order.sort((a, b) => a.position - b.position || a.index - b.index);
  const placed: number[] = [];
  for (const { position } of order) placed.push(Math.max(position, (placed.at(-1) ?? from - gap) + gap));
  for (let i = placed.length - 1, limit = to; i >= 0; i -= 1, limit -= gap) {
    placed[i] = Math.min(placed[i] ?? limit, limit);
    limit = placed[i] ?? limit;
  }
  const result = [...positions];
  order.forEach(({ index }, rank) => (result[index] = placed[rank] ?? 0));
  return result;
};
