// Trains in child processes, kills them with SIGKILL at random moments, resumes, kills again, and compares what comes
// out with a run that was left alone. Shared by the test and by bench/kills.ts.
import { randomKey, uniform } from '@mapping-networks/core';
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { atMoment, type Moment } from './kill-moment.ts';
import { nodeArguments } from './node-arguments.ts';

/** A run of a second, with a checkpoint after every step: a large share of it is writing. */
const killable = (engine: string): readonly string[] =>
  [
    `--target mlp --dataset glyphs --latent-dim 48 --epochs 2 --batch-size 4 --checkpoint-every 1`,
    `--set target.hidden=[4] --set dataset.train=160 --set dataset.validation=40 --set dataset.test=40`,
    `--engine ${engine}`,
  ].flatMap((line) => line.split(' '));

const STEPS = 80;

/** After so many kills a run may come to its end. */
const KILLS_A_RUN = 7;

/** One kill: when, and what the process was doing. */
export interface Kill {
  readonly moment: Moment;
  /** `start`: there is no run.json yet. `write`: a file was being written. */
  readonly during: 'start' | 'write' | 'between';
}

/** A run that came to its end after some kills. */
export interface KilledRun {
  readonly name: string;
  readonly kills: readonly Kill[];
  readonly identical: boolean;
}

/** Runs the command until it ends or its moment comes; says whether it was killed. @throws when it fails by itself */
const runUntil = (folder: string, run: string, args: readonly string[], moment?: Moment): Promise<boolean> =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, nodeArguments(args), { cwd: folder });
    let words = '';
    child.stdout.on('data', (chunk: Buffer) => (words += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (words += chunk.toString()));
    const cancel = moment && atMoment(run, moment, () => void child.kill('SIGKILL'));
    child.on('error', reject);
    child.on('close', (code, signal) => {
      cancel?.();
      if (signal === 'SIGKILL' || code === 0) resolve(signal === 'SIGKILL');
      else reject(new Error(`mapnet ${args.join(' ')} ended with ${code ?? signal}: ${words}`));
    });
  });

/** What two runs of the same bits have in common: the network, its scores, its history but for the times. */
const outcome = async (run: string): Promise<string> => {
  const [latent, config, record] = await Promise.all(
    ['latent.safetensors', 'config.json', 'record.json'].map((name) => readFile(join(run, name), 'latin1')),
  );
  const { result, history } = JSON.parse(record ?? '') as { result: object; history: readonly object[] };
  const timeless = history.map((epoch) => ({ ...epoch, seconds: 0 }));
  return JSON.stringify([latent, config, { ...result, run: '', seconds: 0 }, timeless]);
};

/** What was going on in the folder of a process that is dead now. */
const duringOf = async (run: string): Promise<Kill['during']> => {
  if (!existsSync(join(run, 'run.json'))) return 'start';
  const names = await readdir(run, { recursive: true });
  return names.some((name) => name.endsWith('.tmp')) ? 'write' : 'between';
};

/** Steps that a run has saved. */
const savedSteps = async (run: string): Promise<number> => {
  const names = await readdir(join(run, 'checkpoints')).catch((): readonly string[] => []);
  return Math.max(0, ...names.map((name) => Number(/^step-(\d+)/.exec(name)?.[1] ?? 0)));
};

/** Three numbers in [0, 1) as a moment between the start of a process and its end. */
const momentOf = ([which = 0, where = 0, when = 0]: Float32Array, saved: number): Moment => {
  if (which < 0.15) return { type: 'after', milliseconds: 2000 * where };
  if (which < 0.25) return { type: 'step', step: STEPS, milliseconds: 100 * where };
  const step = saved + Math.ceil(where * (STEPS - saved));
  return which < 0.6 ? { type: 'write', step } : { type: 'step', step, milliseconds: 15 * when };
};

/** One run from its first step to its end, killed `KILLS_A_RUN` times or until `kills` are used up. */
const killRun = async (
  folder: string,
  name: string,
  training: readonly string[],
  kills: number,
  draw: () => Float32Array,
  expected: string,
): Promise<KilledRun> => {
  const run = join(folder, name);
  const done: Kill[] = [];
  for (;;) {
    const args = existsSync(join(run, 'run.json')) ? ['resume', name] : ['train', ...training, '--out', name];
    const killing = done.length < Math.min(kills, KILLS_A_RUN);
    const moment = killing ? momentOf(draw(), await savedSteps(run)) : undefined;
    const killed = await runUntil(folder, run, args, moment);
    if (!killed || !moment) return { name, kills: done, identical: (await outcome(run)) === expected };
    done.push({ moment, during: await duringOf(run) });
  }
};

/** What is killed, and how often. */
export interface Series {
  readonly count: number;
  /** Of the moments. */
  readonly seed: number;
  readonly engine: string;
  readonly onRun?: (run: KilledRun) => void;
}

/** Kills over as many runs as it takes, in `folder`. */
export const killSeries = async (
  folder: string,
  { count, seed, engine, onRun = () => {} }: Series,
): Promise<readonly KilledRun[]> => {
  const training = killable(engine);
  await runUntil(folder, join(folder, 'alone'), ['train', ...training, '--out', 'alone']);
  const expected = await outcome(join(folder, 'alone'));
  let draws = 0;
  const draw = (): Float32Array => uniform(randomKey(seed, 'kills', draws++), 3);
  const runs: KilledRun[] = [];
  for (let left = count; left > 0; left -= runs.at(-1)?.kills.length ?? 0) {
    const run = await killRun(folder, `run-${runs.length}`, training, left, draw, expected);
    runs.push(run);
    onRun(run);
  }
  return runs;
};

/** A series in one sentence. */
export const seriesWords = (runs: readonly KilledRun[], seed: number): string => {
  const kills = runs.flatMap((run) => run.kills);
  const good = runs.filter(({ identical }) => identical).flatMap((run) => run.kills);
  const of = (during: Kill['during']): number => kills.filter((kill) => kill.during === during).length;
  return (
    `${good.length} of ${kills.length} kills bit-identical, in ${runs.length} runs (seed ${seed}): ` +
    `${of('write')} in a write, ${of('between')} between two, ${of('start')} before run.json`
  );
};
