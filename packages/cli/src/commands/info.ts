// `mapnet info`: what a run is. Reading it regenerates every parameter and compares their fingerprint with the stored
// one, so a report is also a check.
import { printable, type Model } from '@mapping-networks/core';
import { bundleConfig, modelMap, sizeOf } from 'mapping-networks';
import { existsSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { align } from '../align.ts';
import { resumeCommand } from '../command-line.ts';
import { openWorkspace } from '../config/workspace.ts';
import { bytes, count, duration, ratio, scores } from '../format.ts';
import { RUN } from '../run-folder/files.ts';
import { readModel } from '../run-folder/network.ts';
import { readRecord } from '../run-folder/record-file.ts';
import type { Result } from '../result.ts';
import { pageWidth } from '../output.ts';
import { specText } from '../spec-text.ts';
import { endText } from '../summary.ts';
import { say, type Terminal } from '../terminal.ts';

export interface InfoOptions {
  readonly config?: string | undefined;
  readonly json?: true | undefined;
}

const facts = (run: string, model: Model, latentBytes: number, configBytes: number) => {
  const map = modelMap(model);
  const trainables = map.trainables.reduce((sum, { shape }) => sum + sizeOf(shape), 0);
  const { target, parameterization, fingerprint, data, metrics } = bundleConfig(model);
  return {
    run,
    target,
    parameterization,
    trainables,
    targetParameters: map.space.size,
    compression: map.space.size / trainables,
    artifactBytes: latentBytes + configBytes,
    latentBytes,
    configBytes,
    fingerprint,
    /** Loading has compared it with what the weights give. */
    verified: true,
    ...(data && { data }),
    ...(metrics && { metrics }),
  };
};

/** How the network came about; of one that travels alone nothing is known. */
const trainingOf = (run: string, begun: boolean, result: Result | undefined): string[][] => {
  if (result === undefined)
    return begun ? [['training', `not finished; go on with: ${resumeCommand(run)}`]] : [];
  const epochs = result.epochs === 1 ? '1 epoch' : `${count(result.epochs)} epochs`;
  const ended = endText(result);
  return [
    ['training', `${epochs}, ${duration(result.seconds)}, engine ${result.engine}, seed ${result.seed}`],
    ...(ended === undefined ? [] : [['ended by', ended]]),
    ...(result.validation === undefined ? [] : [['validation', scores(result.validation)]]),
    ['test', scores(result.test)],
  ];
};

const lines = (known: ReturnType<typeof facts>, training: string[][], width: number): string[] =>
  align(
    [
      ['run', known.run],
      ['target', specText(known.target)],
      ['parameterization', specText(known.parameterization)],
      [
        'trainables',
        `${count(known.trainables)} for ${count(known.targetParameters)} parameters (${ratio(known.compression)})`,
      ],
      [
        'bundle',
        `${bytes(known.artifactBytes)}: latent.safetensors ${bytes(known.latentBytes)}, config.json ${bytes(known.configBytes)}`,
      ],
      ...(known.data
        ? [['trained on', `${known.data.name}, inputs of shape [${known.data.inputShape.join(', ')}]`]]
        : []),
      ...training,
      ['fingerprint', `${known.fingerprint} (verified)`],
      // Names come from the bundle: a terminal must not obey them.
    ].map((row) => row.map(printable)),
    { width },
  );

/** @throws what loading a bundle throws */
export const info = async (run: string, options: InfoOptions, terminal: Terminal): Promise<void> => {
  const { registry } = await openWorkspace(terminal, options.config);
  const folder = resolve(terminal.folder, run);
  const model = await readModel(folder, run, registry);
  const [latent, config] = await Promise.all(
    ['latent.safetensors', 'config.json'].map((name) => stat(join(folder, name))),
  );
  const known = facts(run, model, latent?.size ?? 0, config?.size ?? 0);
  if (options.json) say(terminal.stdout, JSON.stringify(known));
  else {
    const training = trainingOf(run, existsSync(join(folder, RUN)), (await readRecord(folder))?.result);
    for (const line of lines(known, training, pageWidth(terminal.stdout))) say(terminal.stdout, line);
  }
};
