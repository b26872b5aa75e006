// reproduction/README.md, written from the results: no figure in it is typed by hand.
import { addOnRows, fewerBitsRows } from '../experiments/add-ons.ts';
import { paperRows } from '../experiments/paper.ts';
import { projectionContests } from '../experiments/projections.ts';
import { shortRuns } from '../experiments/short-runs.ts';
import type { Experiment } from '../experiments/experiment.ts';
import type { ExperimentStatus } from '../results/status.ts';
import { addOnSection } from './add-on-section.ts';
import type { GenerationTime } from './generation-time.ts';
import { paperSection } from './paper-section.ts';
import { placesOf } from './places.ts';
import { projectionSection } from './projection-section.ts';
import { shortSection } from './short-section.ts';
import { summaryOf } from './summary.ts';

/** The whole page. */
export const page = (statuses: readonly ExperimentStatus[], times: readonly GenerationTime[]): string => {
  const among = (group: readonly Experiment[]): readonly ExperimentStatus[] =>
    statuses.filter(({ experiment }) => group.some(({ name }) => name === experiment.name));
  const places = placesOf(statuses.flatMap((status) => summaryOf(status).runs));
  return `# Measured results

Written by \`npm run reproduce\` from the files in [results](results), one a seed, each with the whole config of its run.
\`npm run reproduce -- --list\` says what is done, \`npm run reproduce -- NAME\` trains a row of a table through the \`mapnet\`
command, \`npm run reproduce -- --all\` everything that is missing. A run that is cut short goes on when the command is given
again. The settings that the defaults were chosen from: [tuning](tuning/README.md).

${paperSection(among(paperRows), places)}
${addOnSection(among(addOnRows), among(fewerBitsRows), places)}
${shortSection(among(shortRuns), places)}
${projectionSection(among(projectionContests), times)}
## Where

${places.legend}

Machines are shared: read seconds as an upper bound.
`;
};
