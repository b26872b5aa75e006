// Between pieces of work the event loop turns, in Node and where there is no setImmediate.
import { afterEach, expect, it, vi } from 'vitest';
import { breathing } from '../src/step/breathing.ts';

afterEach(() => {
  vi.unstubAllGlobals();
});

/** Whether a task that was queued before is done after `work`. */
const lets = async (work: () => Promise<void>): Promise<boolean> => {
  const { port1, port2 } = new MessageChannel();
  const heard = vi.fn<() => void>(() => {
    port1.close();
  });
  port1.addEventListener('message', heard, { once: true });
  port1.start();
  port2.postMessage(undefined);
  for (let i = 0; i < 50 && heard.mock.calls.length === 0; i++) await work();
  port1.close();
  return heard.mock.calls.length > 0;
};

it.each([
  ['setImmediate', true],
  ['messages', false],
])('by %s', async (_name, immediate) => {
  if (!immediate) vi.stubGlobal('setImmediate', undefined);
  expect(await lets(breathing(0))).toBe(true);
});

it('not before its time', async () => {
  expect(await lets(breathing(3_600_000))).toBe(false);
});
