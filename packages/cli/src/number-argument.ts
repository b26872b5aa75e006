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
