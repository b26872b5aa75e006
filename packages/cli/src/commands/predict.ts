// `mapnet predict`: pictures in, classes and probabilities out.
import { printable, type DataSummary, type Model } from '@mapping-networks/core';
import { defaultEngine, predict as outputsOf, probabilities, resolve as resolvePart } from 'mapping-networks';
import { resolve } from 'node:path';
import { align } from '../align.ts';
import { openWorkspace } from '../config/workspace.ts';
import { noDataSummary, notForPictures } from '../pictures/errors.ts';
import { percent } from '../format.ts';
import { asInputs } from '../pictures/as-inputs.ts';
import { readPictures } from '../pictures/read-pictures.ts';
import { readModel } from '../run-folder/network.ts';
import { sayWarning } from '../say-warning.ts';
import { say, type Terminal } from '../terminal.ts';
import { asUsage } from '../usage-error.ts';

export interface PredictOptions {
  readonly top: number;
  readonly limit: number;
  readonly invert?: true | undefined;
  readonly engine?: string | undefined;
  readonly config?: string | undefined;
  readonly json?: true | undefined;
}

interface Prediction {
  readonly picture: string;
  readonly class: string;
  readonly probability: number;
  /** Every class, the most probable first. */
  readonly classes: readonly { readonly class: string; readonly probability: number }[];
}

const summaryOf = (run: string, { data }: Model): DataSummary => {
  if (data === undefined) throw noDataSummary(run);
  const [, , channels] = data.inputShape;
  const pictures = data.inputShape.length === 3 && (channels === 1 || channels === 3);
  if (!pictures || data.task !== 'classification') throw notForPictures(run, data.inputShape);
  return data;
};

const ranked = (picture: string, shares: Float32Array, names: readonly string[]): Prediction => {
  const classes = Array.from(shares, (probability, index) => ({
    class: names[index] ?? String(index),
    probability,
  })).toSorted((a, b) => b.probability - a.probability);
  const [best] = classes;
  return { picture, class: best?.class ?? '', probability: best?.probability ?? 0, classes };
};

/** @throws CLI_NO_DATA_SUMMARY, CLI_NOT_FOR_PICTURES, CLI_NOT_A_PNG, CLI_WRONG_PICTURE_SIZE and more */
export const predict = async (
  run: string,
  paths: readonly string[],
  options: PredictOptions,
  terminal: Terminal,
): Promise<void> => {
  const { registry } = await openWorkspace(terminal, options.config);
  const { name, warning } = options.engine === undefined ? defaultEngine() : { name: options.engine };
  const engine = await asUsage(() => resolvePart(registry, 'engine', name));
  const model = await readModel(resolve(terminal.folder, run), run, registry);
  const data = summaryOf(run, model);
  const read = await Promise.all(paths.map((path) => readPictures(terminal.folder, path, options.limit)));
  const pictures = read.flat();
  const inputs = asInputs(pictures, data, options.invert === true);
  sayWarning(terminal.stderr, warning);
  const { outputs, outputShape } = await outputsOf({ model, inputs, engine });
  const classes = outputShape.at(-1) ?? 1;
  const shares = probabilities(outputs, classes);
  const predictions = pictures.map(({ name }, index) =>
    ranked(name, shares.subarray(index * classes, (index + 1) * classes), data.classes),
  );
  if (options.json) {
    say(terminal.stdout, JSON.stringify(predictions));
    return;
  }
  // Names of classes come from the bundle: a terminal must not obey them.
  const row = ({ picture, classes: all }: Prediction): string[] => [
    printable(picture),
    ...all.slice(0, options.top).map((each) => `${printable(each.class)} ${percent(each.probability, 1)}`),
  ];
  for (const line of align(predictions.map(row))) say(terminal.stdout, line);
};
