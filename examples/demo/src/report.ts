// The page that the demo leaves behind: what its run folder tells, and beside it the networks that it is compared with.
import { reportOf } from '@mapping-networks/cli';
import { predictedClasses, renderReport, type Gallery, type ReportData } from '@mapping-networks/report';
import { count, percent, points, ratio, seconds, table } from './table.ts';
import type { Row } from './train-row.ts';

const shown = 24;

/** What the network says about the first examples of the split, right or wrong. */
const firstExamples = ({ predictions }: ReportData): readonly Gallery[] => {
  if (predictions?.task !== 'classification') return [];
  const { classes, labels, probabilities, picture } = predictions;
  const samples = Array.from(
    predictedClasses(probabilities, classes.length).subarray(0, shown),
    (best, index) => {
      const image = picture?.(index);
      const probability = probabilities[index * classes.length + best] ?? 0;
      const names = { label: classes[labels[index] ?? -1] ?? '', predicted: classes[best] ?? '' };
      return image ? [{ picture: image, ...names, probability }] : [];
    },
  ).flat();
  const text = `The first ${samples.length} examples of the test split, with the predicted class and its probability.`;
  return [{ title: 'First examples', text, samples }];
};

/** The report of the first row, whose run is in `folder`; the other rows are what it is compared with. */
export const demoReport = async (
  folder: string,
  rows: readonly [Row, ...Row[]],
  linear: Row,
): Promise<string> => {
  const [mapped] = rows;
  const { trained } = mapped;
  const gathered = await reportOf(folder);
  return renderReport({
    ...gathered,
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
    galleries: firstExamples(gathered),
    trajectory: mapped.trajectory,
  });
};
