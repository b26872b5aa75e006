// tuning/README.md: every sweep that has been run, as a table.
import { comparisonTable } from './comparison.ts';
import { readRecords } from './records.ts';
import type { Sweep } from './sweep.ts';

/** What README.md of `folder` has to be. */
export const tuningPage = async (folder: string, sweeps: readonly Sweep[]): Promise<string> => {
  const sections: string[] = [];
  const waiting: string[] = [];
  for (const sweep of sweeps) {
    const records = await readRecords(folder, sweep.name);
    if (records.length === 0) waiting.push(sweep.name);
    else sections.push(`## ${sweep.name}\n\n${sweep.question}\n\n${comparisonTable(sweep, records)}\n`);
  }
  return `# What the defaults were chosen from

Written by \`npm run tune\` from the files beside it. Each sweep changes one thing of the defaults of its time. Scores are
those of the last epoch on 10,000 training images that are held out for validation: accuracy in per cent and, in brackets,
loss. No test split is ever scored here, and no seed of a published run is used. **gain**: mean difference in accuracy to
the first row, trial by trial (same bench, same seed), ± its standard error. A bench that stands there twice was run under
two sets of defaults. Rounding alone moves a run: the default of five epochs and seed 100 came to 87.95 on one day and
88.07 on another, by other kernels of the same engine, so that 0.2 of one seed mean nothing.

${sections.join('\n')}${sections.length > 0 ? '\n' : ''}${waiting.length > 0 ? `Not run yet: ${waiting.join(', ')}.\n` : ''}`;
};
