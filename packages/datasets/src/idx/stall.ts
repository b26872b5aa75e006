// A connection that is open but silent. Every byte winds the clock up again.

/** A signal that fires when the caller's does, or when nothing has happened for a while. */
export interface StallGuard {
  readonly signal: AbortSignal;
  /** Whether it was the silence. */
  stalled(): boolean;
  /** Something has happened. */
  wind(): void;
  /** Ends the request; one that is over does not notice. */
  stop(): void;
}

export const guardAgainstStall = (ms: number, signal: AbortSignal | undefined): StallGuard => {
  const request = new AbortController();
  let silent = false;
  const timer = setTimeout(() => {
    silent = true;
    request.abort(new Error(`no byte for ${ms / 1000} s`));
  }, ms);
  return {
    signal: signal === undefined ? request.signal : AbortSignal.any([signal, request.signal]),
    stalled: () => silent,
    wind: () => void timer.refresh(),
    stop: () => {
      clearTimeout(timer);
      request.abort();
    },
  };
};
