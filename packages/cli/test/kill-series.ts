// Trains in child processes, kills them with SIGKILL at random moments, resumes, kills again, and compares what comes
// out with a run that was left alone. Every second kill waits, from its random moment on, for the next file that is
// being written. Shared by the test and by bench/kills.ts.
import { randomKey, uniform } from '@mapping-networks/core';
import { spawn } from 'node:child_process';
import { existsSync, watch } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { nodeArguments } from './node-arguments.ts';

/** A run of a second or two, with a checkpoint after every step: a large share of it is writing. */
export const killable: readonly string[] = [
  '--target mlp --dataset glyphs --latent-dim 48 --epochs 3 --batch-size 4 --engine cpu --checkpoint-every 1',
  '--set target.hidden=[4] --set dataset.train=320 --set dataset.validation=40 --set dataset.test=40',
].flatMap((line) => line.split(' '));

/** One kill: when, and what the process was doing. */
export interface Kill {
  /** Milliseconds after the process was started. */
  readonly after: number;
  /** `start`: no run.json yet. `write`: a file was being written. */
  readonly during: 'start' | 'write' | 'between';
}

export interface KillSeries {
  readonly kills: readonly Kill[];
  /** Runs that came to their end, each after some kills. */
  readonly runs: readonly { readonly kills: number; readonly identical: boolean }[];
  /** Milliseconds of the run that was left alone. */
  readonly alone: number;
}

interface Ended {
  readonly killed: boolean;
  readonly milliseconds: number;
}

/** Calls `then` as soon as a file in the run folder is being written, or at once where that cannot be watched. */
const atNextWrite = (run: string, then: () => void): (() => void) => {
  const folders = [run, join(run, 'checkpoints')].filter((folder) => existsSync(folder));
  const watchers = folders.map((folder) =>
    watch(folder, (_, name) => void (name?.endsWith('.tmp') && then())),
  );
  if (watchers.length === 0) then();
  return () => {
    for (const watcher of watchers) watcher.close();
  };
};

/** When a process is killed: after so many milliseconds, or at the first write after them. */
interface Moment {
  readonly after: number;
  readonly run: string;
  readonly atWrite: boolean;
}

/** Runs the command until it ends or its moment comes. @throws when it fails by itself */
const runUntil = (folder: string, args: readonly string[], moment?: Moment): Promise<Ended> =>
  new Promise((resolve, reject) => {
    const began = performance.now();
    const child = spawn(process.execPath, nodeArguments(args), { cwd: folder });
    let words = '';
    child.stdout.on('data', (chunk: Buffer) => (words += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (words += chunk.toString()));
    const kill = (): void => void child.kill('SIGKILL');
    let unwatch = (): void => {};
    const timer =
      moment &&
      setTimeout(() => {
        if (moment.atWrite) unwatch = atNextWrite(moment.run, kill);
        else kill();
      }, moment.after);
    child.on('error', reject);
    child.on('close', (code, signal) => {
      clearTimeout(timer);
      unwatch();
      const killed = signal === 'SIGKILL';
      if (killed || code === 0) resolve({ killed, milliseconds: performance.now() - began });
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
  return JSON.stringify([latent, config, { ...result, run: '', seconds: 0, config: {} }, timeless]);
};

/** Files that were not yet renamed to what they were to be. */
const isWriting = async (run: string): Promise<boolean> => {
  const names = await readdir(run, { recursive: true }).catch((): readonly string[] => []);
  return names.some((name) => name.endsWith('.tmp'));
};

/** `count` kills over as many runs as it takes, in `folder`; the moments come from `seed`. */
export const killSeries = async (
  folder: string,
  count: number,
  seed: number,
  onKill: (kill: Kill, index: number) => void = () => {},
): Promise<KillSeries> => {
  const { milliseconds: alone } = await runUntil(folder, ['train', ...killable, '--out', 'alone']);
  const expected = await outcome(join(folder, 'alone'));
  const moments = uniform(randomKey(seed, 'kills'), 100 * count);
  const kills: Kill[] = [];
  const runs: { kills: number; identical: boolean }[] = [];
  for (let attempt = 0; kills.length < count || runs.length === 0;) {
    const name = `run-${runs.length}`;
    const run = join(folder, name);
    const before = kills.length;
    for (let ended = false; !ended; attempt++) {
      const args = existsSync(join(run, 'run.json'))
        ? ['resume', name]
        : ['train', ...killable, '--out', name];
      const after = (moments[attempt] ?? 0) * alone;
      const moment = { after, run, atWrite: kills.length % 2 === 1 };
      const { killed, milliseconds } = await runUntil(
        folder,
        args,
        kills.length < count ? moment : undefined,
      );
      ended = !killed;
      if (!killed) continue;
      const begun = existsSync(join(run, 'run.json'));
      const kill: Kill = {
        after: milliseconds,
        during: !begun ? 'start' : (await isWriting(run)) ? 'write' : 'between',
      };
      kills.push(kill);
      onKill(kill, kills.length);
    }
    runs.push({ kills: kills.length - before, identical: (await outcome(run)) === expected });
  }
  return { kills, runs, alone };
};

/** A series in one sentence. */
export const seriesWords = ({ kills, runs, alone }: KillSeries, seed: number): string => {
  const good = runs.filter(({ identical }) => identical).reduce((sum, run) => sum + run.kills, 0);
  const of = (during: Kill['during']): number => kills.filter((kill) => kill.during === during).length;
  return (
    `${good} of ${kills.length} kills bit-identical, in ${runs.length} runs (seed ${seed}): ` +
    `${of('write')} in a write, ${of('between')} between two, ${of('start')} before run.json; ` +
    `a run alone takes ${(alone / 1000).toFixed(1)} s`
  );
};
