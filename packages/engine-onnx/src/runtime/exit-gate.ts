// A process must not end while ONNX Runtime computes in a thread: the binding aborts when its thread is taken away in
// the middle of a call (exit code 134). So the thread goes through a gate before each call, and the process closes it on
// its way out, waiting for the call that is being done. worker.mjs is the other side.

/** No call is being done; one is; none will be any more. The values of a gate. */
const [OPEN, BUSY, CLOSED] = [0, 1, 2] as const;

/** A call that lasts longer is left to its fate. */
const LONGEST_WAIT = 60_000;

const gates = new Set<Int32Array<SharedArrayBuffer>>();
let listening = false;

export interface ExitGate {
  /** What the thread is given. */
  readonly gate: Int32Array<SharedArrayBuffer>;
  /** To be called when the thread has ended. */
  drop(): void;
}

/** A gate that the process closes when it exits, be it by an error. */
export const exitGate = (): ExitGate => {
  const gate = new Int32Array(new SharedArrayBuffer(4));
  gates.add(gate);
  // One listener, however many sessions: Node warns of many.
  if (!listening) process.on('exit', () => gates.forEach(close));
  listening = true;
  return { gate, drop: () => gates.delete(gate) };
};

const close = (gate: Int32Array<SharedArrayBuffer>): void => {
  const end = performance.now() + LONGEST_WAIT;
  while (Atomics.compareExchange(gate, 0, OPEN, CLOSED) === BUSY && performance.now() < end) {
    Atomics.wait(gate, 0, BUSY, end - performance.now());
  }
};
