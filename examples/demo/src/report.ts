// The page that the demo leaves behind.
import { pictureOf, renderReport, type Gallery, type Sample } from '@mapping-networks/report';
import { predict, probabilities, type Pipeline } from 'mapping-networks';
import { count, percent, points, ratio, seconds, table } from './table.ts';
import type { Row } from './train-row.ts';

/** Every example of the test split with what the network says about it. */
const predictionsOf = async (run: Pipeline, { trained }: Row): Promise<readonly Sample[]> => {
  const { info, test } = await run.load();
  const { x, y } = test.batch(Int32Array.from({ length: test.size }, (_, index) => index));
  const { outputs } = await predict({ model: trained.model, inputs: x, engine: run.parts.engine });
  const shares = probabilities(outputs, info.classes.length);
  const length = x.length / test.size;
  return Array.from({ length: test.size }, (_, index) => {
    const row = shares.subarray(index * info.classes.length, (index + 1) * info.classes.length);
    const best = row.indexOf(Math.max(...row));
    return {
      picture: pictureOf(x.slice(index * length, (index + 1) * length), info),
      label: info.classes[y[index] ?? -1] ?? '',
      predicted: info.classes[best] ?? '',
      probability: row[best] ?? Number.NaN,
    };
  });
};

const galleriesOf = async (run: Pipeline, row: Row): Promise<readonly Gallery[]> => {
  const predictions = await predictionsOf(run, row);
  const first = predictions.slice(0, 40);
  const wrong = predictions.filter(({ label, predicted }) => label !== predicted);
  const mistakes = wrong.slice(0, 20);
  return [
    {
      title: 'Predictions',
      text: `The first ${first.length} examples of the test split, with the predicted class and its probability.`,
      samples: first,
    },
    {
      title: 'Mistakes',
      text: `The network is wrong about ${count(wrong.length)} of ${count(predictions.length)} examples. ${mistakes.length < wrong.length ? `The first ${mistakes.length}:` : 'All of them:'}`,
      samples: mistakes,
    },
  ];
};

/** The report of the first row; the others are what it is compared with. */
export const demoReport = async (
  run: Pipeline,
  rows: readonly [Row, ...Row[]],
  linear: Row,
): Promise<string> => {
  const [mapped] = rows;
  const { trained } = mapped;
  return renderReport({
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
    epochs: trained.history,
    galleries: await galleriesOf(run, mapped),
    config: run.record,
  });
};
