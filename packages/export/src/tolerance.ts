// How far an export may be from its source: an option of every exporter, with a default that suits its numbers.
import type { ExportTolerance } from '@mapping-networks/core';
import { z } from 'zod';

const limit = (most: number, what: string): z.ZodExactOptional<z.ZodNumber> =>
  z.number().min(0).max(most).exactOptional().describe(what);

/** The option `tolerance`: what is given replaces all of the default. */
export const toleranceSchema: z.ZodType<ExportTolerance> = z
  .strictObject({
    output: limit(1e6, 'Largest difference of any output, relative to the largest output of the source.'),
    accuracy: limit(1, 'Largest loss of accuracy.'),
  })
  .describe('How far the export may be from its source before it fails.');
