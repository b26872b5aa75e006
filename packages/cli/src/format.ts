// Numbers as people read them.

/** `1 h 02 min`, `2 min 05 s`, `12 s`, `3.4 s`; the last as `3 s` where tenths say nothing. */
export const duration = (seconds: number, precision: 'tenths' | 'whole' = 'tenths'): string => {
  if (!Number.isFinite(seconds)) return 'unknown';
  if (seconds < 59.5) return `${seconds.toFixed(seconds < 9.95 && precision === 'tenths' ? 1 : 0)} s`;
  const whole = Math.round(seconds);
  const two = (value: number): string => String(value).padStart(2, '0');
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${two(whole % 60)} s`;
  return `${Math.floor(whole / 3600)} h ${two(Math.floor((whole % 3600) / 60))} min`;
};

/** `108,618`. */
export const count = (value: number): string => value.toLocaleString('en-US');

/** `53.0 to 1`, `1,590 to 1`. */
export const ratio = (value: number): string =>
  `${value < 99.95 ? value.toFixed(1) : count(Math.round(value))} to 1`;

/** `9.2 KB` (1 KB = 1,024 bytes). */
export const bytes = (size: number): string => {
  if (size < 1024) return `${size} bytes`;
  if (size < 1024 ** 2) return `${(size / 1024).toFixed(1)} KB`;
  const megabytes = size / 1024 ** 2;
  return `${megabytes.toFixed(megabytes < 100 ? 2 : 0)} MB`;
};

/** `94.62 %`. */
export const percent = (share: number, digits = 2): string => `${(share * 100).toFixed(digits)} %`;

/** A loss: four digits that say something. */
export const loss = (value: number): string =>
  value === 0 || (Math.abs(value) >= 1e-3 && Math.abs(value) < 1e4)
    ? value.toFixed(4)
    : value.toExponential(2);

/** The value of a score: accuracies as per cent, everything else as it is. */
export const scoreValue = (name: string, value: number): string =>
  name === 'accuracy' ? percent(value) : loss(value);

/** One score under its name. */
export const score = (name: string, value: number): string => `${name} ${scoreValue(name, value)}`;

/** All scores of a split on one line. */
export const scores = (values: Readonly<Record<string, number>>): string =>
  Object.entries(values)
    .map(([name, value]) => score(name, value))
    .join(', ');
