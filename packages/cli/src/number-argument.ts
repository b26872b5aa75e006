// Numbers on the command line, refused at once when they are none.
import { InvalidArgumentError } from 'commander';

const EXACT = Number.MAX_SAFE_INTEGER;

/** A whole number of `min` to `max`, in the words that configs are refused with. */
export const whole =
  (min: number, max: number = EXACT) =>
  (text: string): number => {
    const value = Number(text);
    if (text.trim() === '' || !Number.isInteger(value) || value < min || value > max) {
      const most = max === EXACT ? '2^53 - 1' : max.toLocaleString('en-US');
      throw new InvalidArgumentError(`Expected a whole number of ${min} to ${most}.`);
    }
    return value;
  };

/** A number above 0, and at most `max`. */
export const positive =
  (max: number) =>
  (text: string): number => {
    const value = Number(text);
    if (text.trim() === '' || !(value > 0 && value <= max)) {
      throw new InvalidArgumentError(`Expected a number above 0 and at most ${max}.`);
    }
    return value;
  };

/** A number above 0 and below `end`. */
export const below =
  (end: number) =>
  (text: string): number => {
    const value = Number(text);
    if (text.trim() === '' || !(value > 0 && value < end))
      throw new InvalidArgumentError(`Expected a number above 0 and below ${end}.`);
    return value;
  };

/** Below 1 a part of the energy, else a rank. */
export const rankOrEnergy = (text: string): { readonly rank: number } | { readonly energy: number } => {
  const value = Number(text);
  if (text.trim() !== '' && value > 0 && value < 1) return { energy: value };
  if (text.trim() !== '' && Number.isInteger(value) && value >= 1 && value <= 32_768) return { rank: value };
  throw new InvalidArgumentError('Expected a whole number of 1 to 32,768, or a number above 0 and below 1.');
};

/** Up to `most` numbers of 0 and more and below 1, with commas between them; each counts once. */
export const shares =
  (most: number) =>
  (text: string): readonly number[] => {
    const parts = text.split(',');
    const values = parts.map((part) => (part.trim() === '' ? Number.NaN : Number(part)));
    if (parts.length > most || !values.every((value) => value >= 0 && value < 1))
      throw new InvalidArgumentError(
        `Expected 1 to ${most} numbers of 0 and more and below 1, such as 0.5,0.9.`,
      );
    return [...new Set(values)];
  };
