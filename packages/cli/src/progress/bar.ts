// The bar: how much of a run is done, in characters.

const styles = { unicode: ['━', '─'], ascii: ['#', '-'] } as const;

/** A bar of `width` characters, `done` (0 to 1) of them filled. */
export const bar = (done: number, width: number, unicode: boolean): string => {
  const [full, empty] = unicode ? styles.unicode : styles.ascii;
  const filled = Math.round(Math.min(1, Math.max(0, done)) * width);
  return `${full.repeat(filled)}${empty.repeat(width - filled)}`;
};
