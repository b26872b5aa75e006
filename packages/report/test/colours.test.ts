// Every colour that words are written in, held against what it is written on: WCAG 2.2, success criterion 1.4.3 (4.5 : 1)
// for text and 1.4.11 (3 : 1) for lines.
import { describe, expect, it } from 'vitest';
import { colours, dark, fullestHeat, light, type ColourName } from '../src/style/colours.ts';

const channels = (hex: string): number[] =>
  [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255);

const luminance = (rgb: readonly number[]): number =>
  rgb
    .map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4))
    .reduce((sum, value, index) => sum + value * ([0.2126, 0.7152, 0.0722][index] ?? 0), 0);

const contrast = (a: readonly number[], b: readonly number[]): number => {
  const [low = 0, high = 0] = [luminance(a), luminance(b)].toSorted((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
};

const mixed = (over: string, under: string, share: number): number[] =>
  channels(over).map((value, index) => value * share + (channels(under)[index] ?? 0) * (1 - share));

const written: readonly ColourName[] = [
  'text',
  'muted',
  'training',
  'validation',
  'right',
  'wrong',
  'one',
  'two',
  'three',
  'four',
  'five',
];

describe.each([
  ['light', light, fullestHeat.light],
  ['dark', dark, fullestHeat.dark],
] as const)('the %s scheme', (_, scheme, heat) => {
  it.each(written)('%s can be read on page and card', (name) => {
    for (const ground of [scheme.page, scheme.card]) {
      expect(contrast(channels(scheme[name]), channels(ground))).toBeGreaterThanOrEqual(4.5);
    }
  });

  it.each(['right', 'wrong'] as const)('numbers can be read on the fullest heat of %s', (name) => {
    const ground = mixed(scheme[name], scheme.card, heat);
    expect(contrast(channels(scheme.text), ground)).toBeGreaterThanOrEqual(4.5);
  });

  it('has the way of the latent run from faint to strong', () => {
    const [start, end] = [scheme.start, scheme.end].map((hex) =>
      contrast(channels(hex), channels(scheme.card)),
    );
    expect(start).toBeGreaterThanOrEqual(2);
    expect(end).toBeGreaterThanOrEqual((3 * (start ?? 1)) / 2);
  });
});

describe('colours', () => {
  it('defines every variable for both schemes', () => {
    for (const name of Object.keys(light)) {
      expect(colours.match(new RegExp(`--${name}:#`, 'g'))?.length).toBeGreaterThanOrEqual(2);
    }
    expect(Object.keys(dark)).toEqual(Object.keys(light));
  });
});
