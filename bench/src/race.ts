// A group's race: all processes are started, then take turns (A B C, A B C, …) of some repetitions each, so that
// whatever else runs on the machine slows all of them alike.
import type { Contestant, Group } from './contestants.ts';
import { FROM_NOTHING, type Measurement } from './results.ts';
import { summarize } from './statistics.ts';
import { Skipped, startWorker, type AnswerOf, type Worker } from './worker-process.ts';

export interface RaceSetting {
  readonly rounds: number;
  /** How long a turn should take. One repetition may take longer. */
  readonly turnMs: number;
  /** Repetitions that are not counted, before the first round. */
  readonly warmUp: number;
  readonly python: string | undefined;
  /** Told of contestants that drop out, of progress, of processes that do not rest. */
  readonly log: (line: string) => void;
}

interface Runner {
  readonly worker: Worker;
  readonly times: number[];
  /** When its last turn ended, and what its process had computed until then. */
  readonly rested: { readonly since: number; readonly cpu: number } | undefined;
  /** Shares of a processor that it took while others had their turns. */
  readonly restless: number[];
}

const MOST_REPETITIONS = 50;
/** Between two turns. */
const REST_MS = 250;
const MOST_RESTLESS = 0.05;

const label = ({ name, engine, threads }: Contestant): string => `${name}, ${engine}, ${threads} threads`;

/** Runs the race of a group. */
export const race = async (group: Group, setting: RaceSetting): Promise<readonly Measurement[]> => {
  let runners: Runner[] = [];
  for (const contestant of group.contestants) {
    const worker = await unlessSkipped(contestant, setting, () => start(contestant, setting));
    if (worker) runners.push({ worker, times: [], rested: undefined, restless: [] });
  }
  for (let round = 1; round <= setting.rounds; round++) {
    const finished: Runner[] = [];
    for (const runner of runners) {
      const work = (): Promise<Runner> => turn(runner, setting.turnMs);
      const result = await unlessSkipped(runner.worker.contestant, setting, work);
      if (result) finished.push(result);
    }
    runners = finished;
    setting.log(`${group.name}: round ${round} of ${setting.rounds}`);
  }
  const results: Measurement[] = [];
  for (const runner of runners) results.push(...(await finish(runner, setting)));
  return results;
};

const start = async (contestant: Contestant, { python, warmUp }: RaceSetting): Promise<Worker> => {
  const worker = await startWorker(contestant, python);
  await worker.run(warmUp, REST_MS);
  return worker;
};

const unlessSkipped = async <T>(
  contestant: Contestant,
  { log }: RaceSetting,
  work: () => Promise<T>,
): Promise<T | undefined> => {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof Skipped)) throw error;
    log(`left out: ${label(contestant)}: ${error.message}`);
    return undefined;
  }
};

const turn = async (runner: Runner, turnMs: number): Promise<Runner> => {
  const { worker, times, rested, restless } = runner;
  const began = performance.now();
  const last = times.at(-1) ?? worker.ready.firstMs;
  const least = last > turnMs ? 1 : 2;
  const count = Math.max(least, Math.min(MOST_REPETITIONS, Math.round(turnMs / last)));
  const answer: AnswerOf<'times'> = await worker.run(count, REST_MS);
  if (rested) restless.push((answer.cpuBefore - rested.cpu) / ((began - rested.since) / 1000));
  times.push(...answer.ms);
  return { ...runner, rested: { since: performance.now(), cpu: answer.cpuAfter } };
};

const finish = async ({ worker, times, restless }: Runner, setting: RaceSetting): Promise<Measurement[]> => {
  const { contestant, ready } = worker;
  const peak = await unlessSkipped(contestant, setting, () => worker.end());
  if (!peak || times.length === 0) return [];
  const share = restless.length > 0 ? summarize(restless).medianMs : 0;
  if (share > MOST_RESTLESS)
    setting.log(`${label(contestant)} took ${Math.round(100 * share)} % of a processor while others ran`);
  const { name, engine } = contestant;
  const threads = ready.threads ?? contestant.threads;
  const shared = { engine, threads, peakMb: peak.mb };
  return [
    { name, ...shared, ...summarize(times) },
    { name: `${name}${FROM_NOTHING}`, ...shared, ...summarize([ready.firstMs]) },
  ];
};
