// The JSON files of a run folder, and a config in JSON, as the command reads them. They have no checksum: what their
// schema allows is taken, and must come out as it stands in the file.
import { canonicalJson } from '@mapping-networks/core';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readConfigFile } from '../../../packages/cli/src/config/config-file.ts';
import { readRecord } from '../../../packages/cli/src/run-folder/record-file.ts';
import { readRunFile } from '../../../packages/cli/src/run-folder/run-file.ts';
import { readSeedsFile } from '../../../packages/cli/src/run-folder/seeds-file.ts';
import { mutatedBytes, type Mutated } from '../mutations/bytes.ts';
import { mutatedJson } from '../mutations/json.ts';
import { REFUSE, type Attack, type Format, type Judgement } from '../oracle/attack.ts';
import type { Random } from '../random.ts';
import { replaceByNoFile } from './not-files.ts';

const environment = { version: '0.1.0', node: 'v22.0.0', platform: 'linux x64', engine: 'cpu' };
const config = {
  target: { use: 'mlp', hidden: [8] },
  parameterization: { use: 'mapping', latentDim: 64, projection: { use: 'hadamard' } },
  dataset: { use: 'glyphs', train: 500 },
  engine: { use: 'cpu' },
  seed: 0,
};
const scores = { loss: 2.25, accuracy: 0.5 };
const date = '2026-01-02T03:04:05.678Z';

const result = {
  run: 'runs/a', target: 'mlp', parameterization: 'mapping', dataset: 'glyphs', engine: 'cpu', seed: 0, trainables: 64,
  targetParameters: 6370, compression: 99.53125, artifactBytes: 1128, epochs: 1, seconds: 0.75, train: scores,
  validation: scores, test: scores, gap: 0.03125, fingerprint: '57e4', config,
}; // prettier-ignore

const epoch = {
  epoch: 1,
  learningRate: 0.1,
  objective: 2.3,
  terms: { task: 2.3 },
  train: scores,
  validation: scores,
  seconds: 0.75,
};

const planned = { version: 1, config, keep: 3, started: date };

interface JsonFile {
  readonly name: string;
  readonly seed: object;
  readonly read: (folder: string) => Promise<unknown>;
}

const FILES: readonly JsonFile[] = [
  { name: 'record.json', seed: { result, history: [epoch], environment, date }, read: readRecord },
  { name: 'run.json', seed: { format: 'mapping-networks-run', ...planned, environment }, read: readRunFile },
  {
    name: 'seeds.json',
    seed: { format: 'mapping-networks-seeds', ...planned, seeds: [0, 1], folders: ['seed-0', 'seed-1'] },
    read: readSeedsFile,
  },
  {
    name: 'mapnet.config.json',
    seed: config,
    read: async (folder) => (await readConfigFile(folder, undefined))?.config,
  },
];

const hostileText = (seed: object, random: Random): Mutated<Uint8Array> & { readonly twice: boolean } => {
  if (random.chance(0.3))
    return { ...mutatedBytes(new TextEncoder().encode(JSON.stringify(seed, null, 2)), random), twice: false };
  const { what, value, twice } = mutatedJson(seed, random);
  return { what, value: new TextEncoder().encode(value), twice };
};

const judge = (value: unknown, seed: object, bytes: Uint8Array): Judgement => {
  if (value === undefined) return { wrong: 'taken for absent' };
  if (canonicalJson(value) === canonicalJson(seed)) return 'equal';
  const says: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  return canonicalJson(value) === canonicalJson(says)
    ? 'other'
    : { wrong: 'read as something else than it says' };
};

/** An absent file, or a link to nowhere, is one that is not there: readers say so by giving nothing. */
const ABSENT = (value: unknown): Judgement =>
  value === undefined ? 'equal' : { wrong: 'a broken file was taken' };

const formatOf = ({ name, seed, read: readFrom }: JsonFile): Format => ({
  name,
  mostBytes: 100 * 2 ** 20,
  open: (folder) => {
    const path = join(folder, name);
    const read = () => readFrom(folder);
    return Promise.resolve(async (random: Random): Promise<Attack> => {
      if (random.chance(0.03)) {
        const what = await replaceByNoFile(path, random);
        return { what, read, judge: what === 'nothing' || what.startsWith('a link to') ? ABSENT : REFUSE };
      }
      await rm(path, { recursive: true, force: true });
      const { what, value, twice } = hostileText(seed, random);
      await writeFile(path, value);
      return { what, read, judge: twice ? REFUSE : (read) => judge(read, seed, value) };
    });
  },
});

export const runFiles: readonly Format[] = FILES.map(formatOf);
