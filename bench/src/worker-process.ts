// A contestant's process as its organiser sees it.
import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { EVALUATED, type Contestant } from './contestants.ts';
import { parseAnswer, type Answer, type Request } from './messages.ts';
import { networkOf } from './networks.ts';

export type AnswerOf<T extends Answer['type']> = Extract<Answer, { type: T }>;

export interface Worker {
  readonly contestant: Contestant;
  readonly ready: AnswerOf<'ready'>;
  run(count: number, restMs: number): Promise<AnswerOf<'times'>>;
  /** Ends the process. */
  end(): Promise<AnswerOf<'peak'>>;
}

/** A contestant that cannot take part, and why. */
export class Skipped extends Error {}

const isPython = ({ engine }: Contestant): boolean => engine.startsWith('torch');

const settingOf = ({ exercise }: Contestant): string => {
  if (exercise.type === 'generation') throw new Error('Python generates no weights by itself.');
  const { batchSize, latentDim } = networkOf(exercise.network);
  return JSON.stringify({ batchSize, latentDim, evaluated: EVALUATED });
};

const start = (
  contestant: Contestant,
  python: string | undefined,
): ChildProcessByStdio<Writable, Readable, null> => {
  const job = JSON.stringify(contestant);
  if (isPython(contestant)) {
    if (python === undefined) throw new Skipped('there is no Python with torch');
    const worker = join(import.meta.dirname, '../python/worker.py');
    return spawn(python, ['-B', worker, job, settingOf(contestant)], { stdio: ['pipe', 'pipe', 'inherit'] });
  }
  const worker = join(import.meta.dirname, 'worker.ts');
  const flags = ['--conditions=@mapping-networks/source', '--import', 'tsx'];
  return spawn(process.execPath, [...flags, worker, job], { stdio: ['pipe', 'pipe', 'inherit'] });
};

/**
 * Starts a contestant's process and waits for its first result.
 *
 * @throws Skipped where it cannot take part
 */
export const startWorker = async (contestant: Contestant, python: string | undefined): Promise<Worker> => {
  const child = start(contestant, python);
  const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async <T extends Answer['type']>(type: T): Promise<AnswerOf<T>> => {
    for (;;) {
      const { done, value } = await answers.next();
      if (done) throw new Skipped(`the process ended${child.signalCode ? ` by ${child.signalCode}` : ''}`);
      const answer = parseAnswer(value);
      if (answer?.type === 'skip') throw new Skipped(answer.reason);
      if (answer?.type === type) return answer as AnswerOf<T>;
      if (answer === undefined) console.error(value);
    }
  };
  const ask = (request: Request): void => {
    child.stdin.write(`${JSON.stringify(request)}\n`);
  };
  return {
    contestant,
    ready: await next('ready'),
    run: (count, restMs) => {
      ask({ type: 'run', count, restMs });
      return next('times');
    },
    end: () => {
      ask({ type: 'end' });
      return next('peak');
    },
  };
};
