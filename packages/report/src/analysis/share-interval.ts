// How far an observed share may be from the true one: few examples say little, and a chart should not hide that.
import { requireArgument, requireWhole } from '@mapping-networks/core';

/**
 * The 95 % score interval of a share of `count` examples (Wilson 1927): the true shares from which the observed one is
 * less than 1.96 standard deviations away. All of [0, 1] for no examples.
 *
 * @example
 * ```ts
 * import { shareInterval } from '@mapping-networks/report';
 * const [low, high] = shareInterval(0.5, 10);
 * console.log(low.toFixed(3), high.toFixed(3)); // 0.237 0.763
 * ```
 */
export const shareInterval = (share: number, count: number): readonly [low: number, high: number] => {
  requireArgument(
    count === 0 || (share >= 0 && share <= 1),
    'shareInterval',
    'share',
    'a number of 0 to 1',
    share,
  );
  requireWhole('shareInterval', 'count', count, 0, Number.MAX_SAFE_INTEGER);
  if (count === 0) return [0, 1];
  const z = 1.959964;
  const scale = 1 + z ** 2 / count;
  const middle = (share + z ** 2 / (2 * count)) / scale;
  const half = (z * Math.sqrt((share * (1 - share)) / count + z ** 2 / (4 * count ** 2))) / scale;
  return [Math.max(0, middle - half), Math.min(1, middle + half)];
};
