// The loss of a whole run in little memory: a thousand means of equally many steps, and the sparkline drawn from them.

export interface Curve {
  add(value: number): void;
  /** Means over at most `width` equal stretches of what was added; NaN for a stretch without a finite number. */
  bins(width: number): readonly number[];
}

interface Sum {
  readonly sum: number;
  readonly count: number;
}

const nothing: Sum = { sum: 0, count: 0 };
const joined = (a: Sum, b: Sum = nothing): Sum => ({ sum: a.sum + b.sum, count: a.count + b.count });
const total = (sums: readonly Sum[]): Sum => sums.reduce((all, one) => joined(all, one), nothing);

/** A curve that keeps at most `most` sums. When they are full, two become one and stand for twice as many steps. */
export const curve = (most = 1024): Curve => {
  let whole: Sum[] = [];
  let open = nothing;
  let inOpen = 0;
  let stride = 1;
  return {
    add(value) {
      open = Number.isFinite(value) ? joined(open, { sum: value, count: 1 }) : open;
      inOpen += 1;
      if (inOpen < stride) return;
      whole.push(open);
      [open, inOpen] = [nothing, 0];
      if (whole.length < most) return;
      whole = Array.from({ length: Math.ceil(most / 2) }, (_, index) =>
        joined(whole[2 * index] ?? nothing, whole[2 * index + 1]),
      );
      stride *= 2;
    },
    bins(width) {
      const sums = inOpen > 0 ? [...whole, open] : whole;
      const many = Math.max(0, Math.min(width, sums.length));
      return Array.from({ length: many }, (_, index) => {
        const [from, to] = [index, index + 1].map((edge) => Math.floor((edge * sums.length) / many));
        const { sum, count } = total(sums.slice(from, to));
        return sum / count;
      });
    },
  };
};

/** Eight heights, each one character of one code unit. */
const blocks = '▁▂▃▄▅▆▇█';
const ascii = '_.:-=+*#';

/** Values as heights, one character each, from their least to their greatest; on a logarithmic scale where all are positive. */
export const sparkline = (values: readonly number[], unicode: boolean): string => {
  const levels = unicode ? blocks : ascii;
  const finite = values.filter((value) => Number.isFinite(value));
  const scaled = Math.min(...finite) > 0 ? Math.log : (value: number): number => value;
  const low = scaled(Math.min(...finite));
  const span = scaled(Math.max(...finite)) - low;
  const level = (value: number): number =>
    span > 0 ? Math.round(((scaled(value) - low) / span) * (levels.length - 1)) : 0;
  return values.map((value) => (Number.isFinite(value) ? (levels[level(value)] ?? '') : ' ')).join('');
};
