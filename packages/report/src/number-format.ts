// Numbers as people read them, the same on every page: thousands separated, few digits, no false certainty.

const space = '\u00A0';

/** With a true minus sign, as wide as a digit. */
export const signed = (text: string): string => text.replaceAll('-', '\u2212');

/** 108618 is `108,618`. */
export const count = (value: number): string => value.toLocaleString('en-US');

/** 0.9137 is `91.4 %`. */
export const percent = (share: number, digits = 1): string =>
  signed(`${(share * 100).toFixed(digits)}${space}%`);

/** Three significant digits, no exponent for everyday sizes: 0.01234 is `0.0123`, 5120.3 is `5,120`. */
export const figure = (value: number): string => {
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-4 || size >= 1e6)) return signed(value.toExponential(1).replace('e+', 'e'));
  return signed(size >= 1000 ? count(Math.round(value)) : String(Number(value.toPrecision(3))));
};

/** Per cents of one prediction. No network is certain: what rounds to 100 is not called so. */
export const confidence = (probability: number): string =>
  probability >= 0.9995 ? `>99.9${space}%` : percent(probability);

/** Mean and standard deviation, both to the second digit of the deviation: `0.11 ± 0.65`. */
export const plusMinus = (mean: number, std: number): string => {
  const place = 1 - Math.floor(Math.log10(std > 0 ? std : Math.abs(mean) || 1));
  if (place > 6 || place < 0) return `${figure(mean)} ± ${figure(std)}`;
  const middle = mean.toFixed(place).replace(/^-(?=[0.]*$)/, '');
  return signed(`${middle} ± ${std.toFixed(place)}`);
};
