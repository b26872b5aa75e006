// One worker at a time. It ends with its run, so that its memory goes back; a checkpoint stays here for the next one.
import type { News, Order, Plan } from './messages.ts';

export interface Session {
  /** Starts a plan from the beginning. */
  start(plan: Plan): void;
  stop(): void;
  /** Goes on with the plan that was stopped last. */
  resume(): void;
  /** Whether there is one. */
  resumable(): boolean;
}

/** Training by workers; `heard` gets their news. */
export const createSession = (heard: (news: News) => void): Session => {
  let worker: Worker | undefined;
  let stopped: { plan: Plan; checkpoint: Uint8Array } | undefined;
  const order = (message: Order): void => worker?.postMessage(message, []);
  const work = (plan: Plan, checkpoint?: Uint8Array): void => {
    worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });
    const finish = (news: News): void => {
      worker?.terminate();
      worker = undefined;
      heard(news);
    };
    worker.addEventListener('error', ({ message }) => finish({ type: 'failed', message }));
    worker.addEventListener('message', ({ data: news }: MessageEvent<News>) => {
      if (news.type !== 'end' && news.type !== 'failed') {
        heard(news);
        return;
      }
      if (news.type === 'end') stopped = news.checkpoint && { plan, checkpoint: news.checkpoint };
      finish(news);
    });
    order({ type: 'train', plan, ...(checkpoint && { checkpoint }) });
  };
  return {
    start: (plan) => {
      stopped = undefined;
      work(plan);
    },
    stop: () => order({ type: 'stop' }),
    resume: () => {
      if (stopped) work(stopped.plan, stopped.checkpoint);
    },
    resumable: () => stopped !== undefined,
  };
};
