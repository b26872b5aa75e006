// Axes that show what is there: logarithmic where values lie decades apart, round ticks, few of them, short numbers.
import { signed } from '../number-format.ts';

/** The least and the greatest of any number of values: as arguments of one call, those of a long run overflow the stack. */
export const extent = (values: readonly number[]): readonly [least: number, most: number] => {
  let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of values) {
    least = Math.min(least, value);
    most = Math.max(most, value);
  }
  return [least, most];
};

/** Whether values lie so far apart that a linear axis shows the small ones as one flat line. */
export const spansDecades = (values: readonly number[]): boolean => {
  const [least, most] = extent(values);
  return least > 0 && most / least > 30;
};

/** Round numbers for a logarithmic axis: powers of ten, and their doubles and halves where those are few. */
export const decadeTicks = (values: readonly number[]): number[] => {
  const [least, most] = extent(values);
  const first = Math.floor(Math.log10(least));
  const powers = Array.from({ length: Math.ceil(Math.log10(most)) - first + 1 }, (_, i) => first + i);
  const ticks = (factors: readonly number[]): number[] =>
    powers
      .flatMap((power) => factors.map((factor) => Number(`${factor}e${power}`)))
      .filter((tick) => tick >= least && tick <= most);
  const whole = ticks([1]);
  if (whole.length < 3) return ticks([1, 2, 5]);
  const every = Math.ceil(whole.length / 6);
  return whole.filter((_, index) => index % every === 0);
};

/** A number in few signs, for ticks: 12000 is `12k`, 0.00015 is `1.5e−4`. */
export const tickNumber = (value: number): string => {
  const size = Math.abs(value);
  if (size >= 1e6 || (size > 0 && size < 1e-3))
    return signed(Number(value.toPrecision(3)).toExponential().replace('e+', 'e'));
  if (size >= 1e4) return signed(`${Number((value / 1000).toPrecision(4))}k`);
  return signed(String(Number(value.toPrecision(4))));
};

/** A share as per cent. */
export const tickShare = (value: number): string => `${tickNumber(value * 100)} %`;
