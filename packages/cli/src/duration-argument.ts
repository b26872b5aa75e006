// Durations on the command line: seconds, or hours, minutes and seconds.
import { InvalidArgumentError } from 'commander';

const PATTERN = /^(?:(?<h>\d{1,5})h)?(?:(?<m>\d{1,7})m)?(?:(?<s>\d{1,8}(?:\.\d{1,3})?)s?)?$/;

/** 1,000 days. */
const MOST_SECONDS = 86_400_000;

/** `90`, `90s`, `15m`, `1h30m` in seconds. @throws InvalidArgumentError outside 1 second … 1,000 days */
export const seconds = (text: string): number => {
  const { h = 0, m = 0, s = 0 } = PATTERN.exec(text)?.groups ?? {};
  const value = 3600 * Number(h) + 60 * Number(m) + Number(s);
  if (value >= 1 && value <= MOST_SECONDS) return value;
  throw new InvalidArgumentError(
    'Expected a duration of 1 second to 1,000 days, such as 90, 90s, 15m or 1h30m.',
  );
};
