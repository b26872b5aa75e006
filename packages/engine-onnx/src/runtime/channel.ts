// Questions to the thread and its answers. The thread keeps the process alive only while an answer is due.
import type { Worker } from 'node:worker_threads';
import { workerDied } from '../errors.ts';
import { exitGate } from './exit-gate.ts';
import type { Answer, NumberedAnswer, NumberedQuestion, Question } from './messages.ts';
import { nodeModule } from './onnxruntime.ts';

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
  let worker: Worker | undefined;
  let ended: unknown;
  let questions = 0;
  const end = (cause: unknown): void => {
    ended ??= workerDied(cause);
    for (const { reject } of waiting.values()) reject(ended);
    waiting.clear();
  };
  const settle = ({ id, error, ...answer }: NumberedAnswer): void => {
    const { resolve, reject } = waiting.get(id) ?? {};
    waiting.delete(id);
    if (waiting.size === 0) worker?.unref();
    if (error === undefined) resolve?.(answer);
    else reject?.(new Error(error));
  };
  const ask: Channel['ask'] = (question, given = []) =>
    new Promise((resolve, reject) => {
      if (ended !== undefined) {
        reject(ended);
        return;
      }
      worker ??= start(settle, end);
      const numbered: NumberedQuestion = { id: questions++, ...question };
      // What cannot be sent throws, and the promise is rejected by it: no answer is due then.
      worker.postMessage(numbered, given);
      waiting.set(numbered.id, { resolve, reject });
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

/** The thread. It does not keep the process alive by itself. */
const start = (answered: (answer: NumberedAnswer) => void, ended: (cause: unknown) => void): Worker => {
  const { Worker } = nodeModule('worker_threads');
  // Sources and the published package alike hold this file in src.
  const file = new URL('../../src/runtime/worker.mjs', import.meta.url);
  const { gate, drop } = exitGate();
  const worker = new Worker(file, { execArgv: [], workerData: gate });
  worker.unref();
  worker.on('message', answered);
  worker.on('error', ended);
  worker.on('exit', (code) => {
    drop();
    ended(`it ended with exit code ${code}`);
  });
  return worker;
};
