// Backends that compute at once never let the event loop turn: nothing else would be heard while they work, no signal,
// no timer, no refresh of a lock.

const turn = (): Promise<void> =>
  new Promise((resolve) => {
    if (typeof setImmediate === 'function') {
      setImmediate(resolve);
      return;
    }
    // Browsers hold back the timers of a page that is not in front; messages come through.
    const { port1, port2 } = new MessageChannel();
    const heard = (): void => {
      port1.close();
      resolve();
    };
    port1.addEventListener('message', heard, { once: true });
    port1.start();
    port2.postMessage(undefined);
  });

/** To be called between pieces of work: when `ms` milliseconds have passed it lets the event loop turn once. */
export const breathing = (ms = 50): (() => Promise<void>) => {
  let last = performance.now();
  return async () => {
    if (performance.now() - last < ms) return;
    await turn();
    last = performance.now();
  };
};
