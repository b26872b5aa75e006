// Numbers on the command line, refused at once when they are none.
import { InvalidArgumentError } from 'commander';

/** A whole number of at least `min`, and at most `max` where there is one. */
export const whole =
  (min: number, max?: number) =>
  (text: string): number => {
    const value = Number(text);
    if (text.trim() === '' || !Number.isSafeInteger(value) || value < min || value > (max ?? Infinity)) {
      const range = max === undefined ? `at least ${min}` : `${min} to ${max.toLocaleString('en-US')}`;
      throw new InvalidArgumentError(`Expected a whole number of ${range}.`);
    }
    return value;
  };

/** A positive number. */
export const positive = (text: string): number => {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value) || value <= 0) {
    throw new InvalidArgumentError('Expected a positive number.');
  }
  return value;
};
