// A terminal without a window: interprets what is written to it and can say what a person would see. The emulator is
// that of VS Code; it wraps lines anew when it is resized, as nearly all terminals do.
import type { Output } from '@mapping-networks/cli';
import xterm from '@xterm/headless';

export interface VirtualTerminal {
  /** To be written to, like process.stdout. */
  readonly output: Output;
  resize(columns: number, rows?: number): Promise<void>;
  /** All lines from the first on, wrapped ones joined again, without empty ones at the end. */
  lines(): Promise<string[]>;
  /** The rows that are visible. */
  screen(): Promise<string[]>;
  cursorVisible(): Promise<boolean>;
}

/** `rewraps: false` is a terminal that cuts its lines when it becomes narrower, as xterm does. */
export const virtualTerminal = (columns = 80, rows = 24, rewraps = true): VirtualTerminal => {
  const terminal = new xterm.Terminal({
    cols: columns,
    rows,
    scrollback: 5000,
    convertEol: true,
    allowProposedApi: true,
    // The one way to switch wrapping off: an old Windows console does not do it.
    ...(rewraps ? {} : { windowsPty: { backend: 'conpty', buildNumber: 18_000 } }),
  });
  const listeners = new Set<() => void>();
  let cursor = true;
  const settled = (): Promise<void> => new Promise((resolve) => terminal.write('', resolve));
  const output: Output = {
    isTTY: true,
    get columns() {
      return terminal.cols;
    },
    get rows() {
      return terminal.rows;
    },
    write: (text) => {
      const at = text.lastIndexOf('\u001B[?25');
      if (at >= 0) cursor = text[at + 5] === 'h';
      terminal.write(text);
    },
    on: (_, listener) => listeners.add(listener),
    off: (_, listener) => listeners.delete(listener),
  };
  const rowsFrom = (first: number, end: number): { text: string; wrapped: boolean }[] =>
    Array.from({ length: Math.max(0, end - first) }, (_, index) => {
      const line = terminal.buffer.active.getLine(first + index);
      return { text: line?.translateToString(true) ?? '', wrapped: line?.isWrapped ?? false };
    });
  return {
    output,
    async resize(newColumns, newRows = terminal.rows) {
      // What was written before the resize is on the screen before it.
      await settled();
      terminal.resize(newColumns, newRows);
      for (const listener of listeners) listener();
    },
    async lines() {
      await settled();
      const joined: string[] = [];
      for (const { text, wrapped } of rowsFrom(0, terminal.buffer.active.length)) {
        if (wrapped) joined.push((joined.pop() ?? '') + text);
        else joined.push(text);
      }
      return joined.slice(0, joined.findLastIndex((line) => line !== '') + 1);
    },
    async screen() {
      await settled();
      const { baseY } = terminal.buffer.active;
      return rowsFrom(baseY, baseY + terminal.rows).map(({ text }) => text);
    },
    async cursorVisible() {
      await settled();
      return cursor;
    },
  };
};
