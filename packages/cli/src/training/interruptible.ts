// Ctrl-C and SIGTERM as an abort signal: the first one ends the work in good order, a second one ends the process as
// usual.
import { Interrupted, signals } from '../interrupted.ts';

type Signal = keyof typeof signals;

const names = Object.keys(signals) as readonly Signal[];

/** What work that can be interrupted gets. */
export interface Interruption {
  readonly signal: AbortSignal;
  /** Which signal came, for the exit code. */
  came(): Signal;
}

/**
 * Runs `work` under a signal.
 *
 * @throws Interrupted when the work was aborted with nothing to show for it: `otherwise` says what that means
 */
export const interruptible = async <T>(
  work: (interruption: Interruption) => Promise<T>,
  otherwise = 'interrupted before the first step; nothing was saved',
): Promise<T> => {
  const controller = new AbortController();
  let name: Signal = 'SIGINT';
  const hear = (heard: NodeJS.Signals): void => {
    deafen();
    name = heard === 'SIGTERM' ? 'SIGTERM' : 'SIGINT';
    controller.abort();
  };
  const deafen = (): void => {
    for (const each of names) process.off(each, hear);
  };
  for (const each of names) process.on(each, hear);
  try {
    return await work({ signal: controller.signal, came: () => name });
  } catch (cause) {
    if (controller.signal.aborted && cause instanceof Error && cause.name === 'AbortError')
      throw new Interrupted(otherwise, name);
    throw cause;
  } finally {
    deafen();
  }
};
