// JSON that keeps every number: NaN, the infinities and −0, which JSON has no words for, are written as texts.
import { z } from 'zod';

const WORDS = ['NaN', 'Infinity', '-Infinity', '-0'] as const;

const wordOf = (value: number): string | number => {
  if (Object.is(value, -0)) return '-0';
  return Number.isFinite(value) ? value : String(value);
};

/** A value whose numbers `exactNumber` reads back with the same bits. */
export const exactJson = (value: unknown): string =>
  JSON.stringify(value, (_key, each: unknown) => (typeof each === 'number' ? wordOf(each) : each));

/** A number, or the word that stands for it. */
export const exactNumber: z.ZodType<number> = z.union([z.number(), z.enum(WORDS).transform(Number)]);
