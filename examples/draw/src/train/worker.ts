// The worker: trains one plan, and ends when it is told to, after the step that is being done.
import { run } from './run.ts';
import type { News, Order } from './messages.ts';

const stopping = new AbortController();
const tell = (news: News): void => postMessage(news);

addEventListener('message', ({ data: order }: MessageEvent<Order>) => {
  if (order.type === 'stop') {
    stopping.abort();
    return;
  }
  run(order.plan, order.checkpoint, stopping.signal, tell).catch((error: unknown) =>
    tell({
      type: 'failed',
      message: stopping.signal.aborted ? 'Stopped before the first step.' : messageOf(error),
    }),
  );
});

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
