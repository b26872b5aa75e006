// The page that the demo leaves behind: what its run folder tells, and beside it the networks that it is compared with.
import { reportOf } from '@mapping-networks/cli';
import { renderReport } from '@mapping-networks/report';
import { count, percent, points, ratio, seconds, table } from './table.ts';
import type { Row } from './train-row.ts';

/** The report of the first row, whose run is in `folder`; the other rows are what it is compared with. */
export const demoReport = async (
  folder: string,
  rows: readonly [Row, ...Row[]],
  linear: Row,
): Promise<string> => {
  const [mapped] = rows;
  const { trained } = mapped;
  return renderReport({
    ...(await reportOf(folder)),
    title: `CNN2 as ${count(mapped.trainables)} numbers`,
    subtitle: `All ${count(mapped.parameters)} parameters of a convolutional network, generated from ${count(mapped.trainables)} trained numbers by a fixed seeded map. Trained on ${trained.dataset.title} in ${seconds(trained.seconds)} (engine: ${trained.engine.replaceAll(/[()]/g, '')}).`,
    facts: [
      {
        label: 'Test accuracy',
        value: percent(mapped.accuracy),
        note: `linear model: ${percent(linear.accuracy)}`,
      },
      {
        label: 'Trainables',
        value: count(mapped.trainables),
        note: `for ${count(mapped.parameters)} parameters`,
      },
      { label: 'Compression', value: ratio(mapped) },
      { label: 'Stored in', value: `${(mapped.bytes / 1024).toFixed(1)}\u00A0KB`, note: 'latent and config' },
      { label: 'Train/test gap', value: points(mapped.gap) },
      { label: 'Training time', value: seconds(trained.seconds) },
    ],
    table: table(rows),
    steps: mapped.steps,
  });
};
