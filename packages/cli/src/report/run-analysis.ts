// The figures behind the page of one run, as JSON: what `mapnet report RUN --json` prints.
import {
  calibration,
  confidentMistakes,
  confusionMatrix,
  moments,
  perClass,
  predictedClasses,
  principalComponents,
  type Classification,
  type ReportData,
} from '@mapping-networks/report';
import { isUnfinished, progressText, scoresOf, sizesOf } from './facts.ts';
import type { RunSource } from './run-source.ts';

const classification = ({ split, classes, labels, probabilities }: Classification): object => {
  const predicted = predictedClasses(probabilities, classes.length);
  const confusion = confusionMatrix(labels, predicted, classes.length);
  const scores = perClass(confusion);
  const nameOf = (index: number): string => classes[index] ?? String(index);
  return {
    split,
    examples: labels.length,
    calibration: calibration(probabilities, labels),
    classes: scores.map((each, index) => ({
      class: nameOf(index),
      ...each,
      predictedAs: Object.fromEntries(
        classes.map((name, k) => [name, confusion.counts[index * classes.length + k] ?? 0]),
      ),
    })),
    mistakes: confidentMistakes(probabilities, labels, 20).map(({ truth, predicted: taken, ...mistake }) => ({
      ...mistake,
      class: nameOf(truth),
      predicted: nameOf(taken),
    })),
  };
};

/** Figures as plain JSON: scores, sizes, history, predictions, weights by layer, the way of the trainables, the config. */
export const analysisOf = (source: RunSource, data: ReportData): object => {
  const { path, record, standing, bytes, problems } = source;
  const { epochs, predictions, layers, trajectory, config, environment } = data;
  const figures = {
    ...sizesOf(source),
    bytes,
    seconds: record?.result.seconds ?? standing?.seconds,
    gap: record?.result.gap,
  };
  return {
    run: path,
    ...(isUnfinished(source) && { unfinished: progressText(source) }),
    problems,
    ...figures,
    scores: scoresOf(source),
    history: epochs,
    ...(predictions?.task === 'classification' && { predictions: classification(predictions) }),
    ...(layers && {
      layers: layers.map(({ layer, trained, initial }) => ({
        layer,
        trained: moments(trained),
        ...(initial && { initial: moments(initial) }),
      })),
    }),
    ...(trajectory && {
      trajectory: {
        steps: trajectory.snapshots.map(({ step }) => step),
        explained: principalComponents(trajectory.snapshots.map(({ values }) => values)).explained,
      },
    }),
    config,
    environment: Object.fromEntries((environment ?? []).map(({ label, value }) => [label, value])),
  };
};
