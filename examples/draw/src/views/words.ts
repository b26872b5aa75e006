// Numbers in words, the same everywhere on the page.

/** 12345 → `12,345`. */
export const count = (value: number): string => value.toLocaleString('en');

/** `12,345 B`. */
export const bytes = (value: number): string => `${count(value)} B`;

/** 0.987 → `98.7 %`. */
export const percent = (value: number): string => `${(value * 100).toFixed(1)} %`;

/** `4.2 ms`. */
export const milliseconds = (value: number): string => `${value.toFixed(value < 10 ? 1 : 0)} ms`;
