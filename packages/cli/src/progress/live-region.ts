// A few lines at the bottom of a window that are redrawn in place. The cursor rests on the empty line below them. To
// clear, it goes up as many rows as they take now: a window made narrower has wrapped them, so that rows are counted
// with the present width, not with the one they were drawn in.
import { sizeOf, type Output } from '../output.ts';

/** A line as it is written, and how many columns of a window it takes. */
export interface Line {
  readonly text: string;
  readonly width: number;
}

export interface LiveRegion {
  /** Shows these lines in the place of those shown before. */
  draw(lines: readonly Line[]): void;
  /** Writes whole lines above the region, where they stay. */
  print(text: string): void;
  /** Takes the region off the screen and shows the cursor again. */
  clear(): void;
}

const escape = '\u001B[';
/** A terminal that knows it shows what lies between the two at once; others ignore it. */
const [holdFrame, showFrame] = [`${escape}?2026h`, `${escape}?2026l`];
const [hideCursor, showCursor] = [`${escape}?25l`, `${escape}?25h`];
/** Without wrapping, a line that is too wide is cut by the terminal and takes one row all the same. */
const [noWrap, wrap] = [`${escape}?7l`, `${escape}?7h`];

type Environment = Readonly<Record<string, string | undefined>>;

/** Nearly every terminal wraps lines anew when it is resized; xterm cuts them. */
const rewraps = (env: Environment): boolean =>
  env['XTERM_VERSION'] === undefined || env['TMUX'] !== undefined;

export const liveRegion = (output: Output, env: Environment = process.env): LiveRegion => {
  // Kept from before anything was put around it (`besideOthers`).
  const write = output.write.bind(output);
  let shown: readonly Line[] = [];

  const rowsOf = ({ width }: Line, columns: number): number =>
    rewraps(env) ? Math.max(1, Math.ceil(width / columns)) : 1;

  const erased = (): string => {
    const { columns } = sizeOf(output);
    const rows = shown.reduce((sum, line) => sum + rowsOf(line, columns), 0);
    return rows === 0 ? '' : `\r${escape}${rows}A${escape}J`;
  };

  const drawn = (lines: readonly Line[]): string =>
    lines.length === 0 ? '' : `${noWrap}${lines.map(({ text }) => `${text}\r\n`).join('')}${wrap}`;

  const frame = (above: string, lines: readonly Line[]): void => {
    const { rows } = sizeOf(output);
    const next = lines.slice(0, Math.max(0, rows - 2));
    const cursor = next.length > 0 ? hideCursor : showCursor;
    write(`${holdFrame}${erased()}${above}${drawn(next)}${cursor}${showFrame}`);
    shown = next;
  };

  return {
    draw: (lines) => frame('', lines),
    print: (text) => frame(`${text}\n`, shown),
    clear: () => {
      if (shown.length > 0) frame('', []);
    },
  };
};
