// A live region shares its window with whoever else writes there: warnings of Node and of libraries, errors, the shell
// after the process. Before any of them the region leaves the screen, and the cursor is shown again.
import type { Output } from '../output.ts';
import type { LiveRegion } from './live-region.ts';

export interface Sharing {
  /** The last text of the others ended in the middle of a line: nothing may be drawn below it yet. */
  readonly midLine: boolean;
  /** From now on others write as they please. */
  end(): void;
}

/** Signals that end a process unless somebody listens. */
const deadly = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** What a stream is here: something whose `write` can be put behind another one. */
interface Stream {
  write: (text: string) => unknown;
}

/** The streams of this process that lead to the same window as `output`. */
const companions = (output: Output): readonly Stream[] => {
  const ours = [process.stdout, process.stderr];
  return ours.some((stream) => stream === output) ? ours.filter(({ isTTY }) => isTTY) : [];
};

/** Whether the cursor is in the middle of a line after this text; empty text leaves it where it was. */
const endsMidLine = (text: unknown, before: boolean): boolean => {
  if (typeof text === 'string' && text !== '') return !text.endsWith('\n');
  return text instanceof Uint8Array && text.length > 0 ? text.at(-1) !== 10 : before;
};

/** Guards the region until `end`; `streams` are those that lead to its window. */
export const besideOthers = (
  output: Output,
  region: LiveRegion,
  streams: readonly Stream[] = companions(output),
): Sharing => {
  let midLine = false;
  const restore = streams.map((stream) => {
    const write = stream.write;
    stream.write = (...args: readonly unknown[]): unknown => {
      region.clear();
      midLine = endsMidLine(args[0], midLine);
      return Reflect.apply(write, stream, args);
    };
    return (): void => {
      stream.write = write;
    };
  });

  const leave = (): void => region.clear();
  const die = (signal: NodeJS.Signals): void => {
    leave();
    // Somebody else ends the process in good order. If nobody does, the signal does what it does without listeners.
    if (process.listenerCount(signal) > 1) return;
    end();
    process.kill(process.pid, signal);
  };
  // Node prints its warnings past process.stderr, in a listener of its own: this one must come before it.
  process.prependListener('warning', leave);
  process.on('exit', leave);
  // First in line: others may go when they have heard of it.
  for (const signal of deadly) process.prependListener(signal, die);

  const end = (): void => {
    for (const undo of restore) undo();
    process.off('warning', leave);
    process.off('exit', leave);
    for (const signal of deadly) process.off(signal, die);
  };
  return {
    get midLine() {
      return midLine;
    },
    end,
  };
};
