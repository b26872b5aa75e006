// Questions to the thread and its answers. The thread keeps the process alive only while an answer is due.
import type { Worker } from 'node:worker_threads';
import { workerDied } from '../errors.ts';
import { exitGate } from './exit-gate.ts';
import { nodeModule } from './onnxruntime.ts';

export interface Question {
  readonly task: 'load' | 'run' | 'release' | 'close';
  readonly [key: string]: unknown;
}

export interface Answer {
  /** The buffer that a run came with. */
  readonly buffer?: ArrayBuffer;
  /** What a run gave, output by output. */
  readonly data?: readonly unknown[];
}

export interface Channel {
  /** Asks after everything that was asked before; the memory of `given` moves to the thread. */
  ask(question: Question, given?: readonly ArrayBuffer[]): Promise<Answer>;
  /** Ends the thread after what it has been asked. */
  close(): void;
}

interface Waiting {
  readonly resolve: (answer: Answer) => void;
  readonly reject: (cause: unknown) => void;
}

export const createChannel = (): Channel => {
  const waiting = new Map<number, Waiting>();
  let ended: unknown;
  let worker: Worker | undefined;
  const end = (cause: unknown): void => {
    ended ??= workerDied(cause);
    for (const { reject } of waiting.values()) reject(ended);
    waiting.clear();
  };
  const start = (): Worker => {
    const { Worker } = nodeModule('worker_threads');
    // Sources and the published package alike hold this file in src.
    const file = new URL('../../src/runtime/worker.mjs', import.meta.url);
    const { gate, drop } = exitGate();
    const started = new Worker(file, { execArgv: [], workerData: gate });
    started.unref();
    started.on('message', ({ id, error, ...answer }: Answer & { id: number; error?: string }) => {
      const { resolve, reject } = waiting.get(id) ?? {};
      waiting.delete(id);
      if (waiting.size === 0) started.unref();
      if (error === undefined) resolve?.(answer);
      else reject?.(new Error(error));
    });
    started.on('error', end);
    started.on('exit', (code) => {
      drop();
      end(`it ended with exit code ${code}`);
    });
    return started;
  };
  let questions = 0;
  const ask: Channel['ask'] = (question, given = []) =>
    new Promise((resolve, reject) => {
      if (ended !== undefined) {
        reject(ended);
        return;
      }
      worker ??= start();
      const id = questions++;
      // What cannot be sent throws, and the promise is rejected by it: no answer is due then.
      worker.postMessage({ id, ...question }, given);
      waiting.set(id, { resolve, reject });
      worker.ref();
    });
  return {
    ask,
    // The end of the thread is the answer.
    close: () => {
      if (worker !== undefined) ask({ task: 'close' }).catch(() => {});
    },
  };
};
