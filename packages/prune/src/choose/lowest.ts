// The lowest of many scores, exactly as many as asked: of equal ones those with the lower index go first.

/** 0 at the `count` lowest scores, 1 elsewhere. */
export const dropLowest = (scores: Float32Array, count: number): Uint8Array => {
  const kept = new Uint8Array(scores.length).fill(1);
  if (count <= 0) return kept;
  const threshold = scores.toSorted()[count - 1] as number;
  let ties = count;
  for (let i = 0; i < scores.length; i++) {
    if ((scores[i] as number) < threshold) {
      kept[i] = 0;
      ties--;
    }
  }
  for (let i = 0; i < scores.length && ties > 0; i++) {
    if (scores[i] === threshold) {
      kept[i] = 0;
      ties--;
    }
  }
  return kept;
};
