// A run in a few figures and words: the card on top of its page, its environment, what a reader must know first.
import { modelFingerprint, modelMap, sizeOf, type Scores } from '@mapping-networks/core';
import type { Fact } from '@mapping-networks/report';
import { bytes as bytesText, count, duration, ratio, scoreValue } from '../format.ts';
import type { RunSource } from './run-source.ts';

/** Numbers that were trained, and parameters made of them. */
export const sizesOf = ({ pipeline: { parts } }: RunSource): { trainables: number; parameters: number } => {
  const map = modelMap(parts);
  return {
    trainables: map.trainables.reduce((sum, { shape }) => sum + sizeOf(shape), 0),
    parameters: map.space.size,
  };
};

type SplitScores = Readonly<Partial<Record<'train' | 'validation' | 'test', Scores>>>;

/** Scores by split: of the finished network, else of the last validated epoch. */
export const scoresOf = ({ record, standing, model }: RunSource): SplitScores => {
  if (record) {
    const { train, validation, test } = record.result;
    return { train, ...(validation && { validation }), test };
  }
  const last = standing?.history.findLast(({ validation }) => validation)?.validation;
  return last ? { validation: last } : storedScores(model?.metrics ?? {});
};

/** `{ 'test.accuracy': 0.9 }` of a bundle as scores by split. */
const storedScores = (metrics: Readonly<Record<string, number>>): SplitScores =>
  Object.fromEntries(
    (['train', 'validation', 'test'] as const).flatMap((split) => {
      const own = Object.entries(metrics).flatMap(([name, value]) =>
        name.startsWith(`${split}.`) ? [[name.slice(split.length + 1), value] as const] : [],
      );
      const { loss, ...others } = Object.fromEntries(own);
      return loss === undefined ? [] : [[split, { loss, ...others }]];
    }),
  );

/** The score that matters: the first metric, else the loss. */
export const metricName = ({ pipeline: { parts } }: RunSource): string => parts.metrics[0]?.name ?? 'loss';

/** How far a run came that is not done: `step 120, epoch 2 of 4`. */
export const progressText = ({ log, standing, pipeline: { settings } }: RunSource): string => {
  const last = log.at(-1);
  if (standing) {
    const step = Math.max(standing.step, last?.step ?? 0);
    return `not finished: step ${count(step)}, ${standing.history.length} of ${settings.epochs} epochs done`;
  }
  return last && last.step > 0
    ? `not finished: step ${count(last.step)}, epoch ${last.epoch} of ${settings.epochs}`
    : 'not finished';
};

/** Whether the run is known to have been cut short; a bundle that travels alone may well be done. */
export const isUnfinished = ({ record, plan }: RunSource): boolean =>
  record === undefined && plan !== undefined;

const scoreFacts = (source: RunSource): Fact[] => {
  const name = metricName(source);
  const { train, validation, test } = scoresOf(source);
  const fact = (label: string, scores: Scores | undefined, note?: string): Fact[] => {
    const value = scores?.[name];
    return value === undefined
      ? []
      : [{ label: `${label} ${name}`, value: scoreValue(name, value), ...(note !== undefined && { note }) }];
  };
  if (!test) return fact('Validation', validation, isUnfinished(source) ? 'after its last epoch' : undefined);
  const others = [...fact('train', train), ...fact('validation', validation)];
  const short = others.map(({ label, value }) => `${label.split(' ')[0]} ${value}`);
  return fact('Test', test, short.length > 0 ? short.join(', ') : undefined);
};

const gapFact = (source: RunSource): Fact[] => {
  const gap = source.record?.result.gap;
  if (gap === undefined) return [];
  const name = metricName(source);
  const text = name === 'accuracy' ? `${(gap * 100).toFixed(2)} points` : scoreValue(name, gap);
  // A minus as wide as a digit, as everywhere on the page.
  const value = text.replace('-', '−');
  return [{ label: 'Train/test gap', value, note: 'of the final network' }];
};

/** The card of a run. */
export const runFacts = (source: RunSource): readonly Fact[] => {
  const { record, standing, bytes, pipeline } = source;
  const { trainables, parameters } = sizesOf(source);
  const seconds = record?.result.seconds ?? standing?.seconds;
  const epochs = record?.result.epochs ?? standing?.history.length;
  return [
    ...scoreFacts(source),
    { label: 'Trainables', value: count(trainables), note: `for ${count(parameters)} parameters` },
    { label: 'Compression', value: ratio(parameters / trainables) },
    ...(bytes === undefined
      ? []
      : [{ label: 'Stored in', value: bytesText(bytes), note: 'latent and config' }]),
    ...gapFact(source),
    ...(seconds === undefined
      ? []
      : [
          {
            label: 'Training time',
            value: duration(seconds),
            note: `${epochs} of ${pipeline.settings.epochs} epochs`,
          },
        ]),
  ];
};

/** `2026-11-21 04:12 UTC`. */
const moment = (iso: string): string => iso.replace(/^(\S+)T(\d\d:\d\d).*Z$/, '$1 $2 UTC');

/** Where the run was made. */
export const environmentFacts = ({ record, plan, model, pipeline }: RunSource): readonly Fact[] => {
  const environment = record?.environment ?? plan?.environment;
  const date = record?.date ?? plan?.started;
  return [
    ...(environment
      ? [
          { label: 'Engine', value: environment.engine },
          { label: 'Platform', value: environment.platform },
          ...(environment.cpu === undefined ? [] : [{ label: 'Processors', value: environment.cpu }]),
          { label: 'Node.js', value: environment.node },
          { label: 'mapnet', value: environment.version },
        ]
      : []),
    { label: 'Seed', value: String(pipeline.settings.seed) },
    ...(date === undefined ? [] : [{ label: record ? 'Finished' : 'Started', value: moment(date) }]),
    ...(model ? [{ label: 'Fingerprint of the weights', value: modelFingerprint(model) }] : []),
  ];
};
