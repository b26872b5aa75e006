// A stream of text as this package sees it, and what may be shown on it: redrawn lines, colour, characters beyond
// ASCII. Everything is decided here, from the stream and the environment, and nowhere else.
import isUnicodeSupported from 'is-unicode-supported';
import picocolors from 'picocolors';

/**
 * Where text goes: a stream such as `process.stdout`. With `isTTY` true it is a window of `columns` × `rows`, in which
 * lines may be redrawn.
 */
export interface Output {
  readonly isTTY?: boolean;
  readonly columns?: number;
  readonly rows?: number;
  /** Writes text as it is; what it returns is ignored. */
  write(text: string): unknown;
  /** The size as it is now, `[columns, rows]`; `columns` and `rows` may lag behind a resize. */
  getWindowSize?(): readonly [columns: number, rows: number];
  /** Calls `listener` whenever the window has another size. */
  on?(event: 'resize', listener: () => void): unknown;
  /** Takes the listener off again. */
  off?(event: 'resize', listener: () => void): unknown;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Set to something that means yes. */
const on = (value: string | undefined): boolean =>
  value !== undefined && !['', '0', 'false'].includes(value.toLowerCase());

/** A person is watching a window that can redraw: not a pipe, not a build server, not a dumb terminal. */
export const isLive = ({ isTTY }: Output, env: Environment = process.env): boolean =>
  isTTY === true && env['TERM'] !== 'dumb' && !on(env['CI']);

/** NO_COLOR wins over FORCE_COLOR, which wins over what the stream is. */
export const isColoured = ({ isTTY }: Output, env: Environment = process.env): boolean => {
  if (env['NO_COLOR']) return false;
  if (env['FORCE_COLOR'] !== undefined) return env['FORCE_COLOR'] === '' || on(env['FORCE_COLOR']);
  return isTTY === true && env['TERM'] !== 'dumb';
};

export type Colours = ReturnType<typeof picocolors.createColors>;

/** The colours of an output; each leaves text as it is where there are none. */
export const coloursOf = (output: Output, env: Environment = process.env): Colours =>
  picocolors.createColors(isColoured(output, env));

/** The locale is one of UTF-8, and the console one that shows it. Windows has no such locale, only consoles. */
export const isUnicode = (env: Environment = process.env, platform: string = process.platform): boolean => {
  const locale = env['LC_ALL'] || env['LC_CTYPE'] || env['LANG'] || '';
  return isUnicodeSupported() && (platform === 'win32' || /utf-?8/i.test(locale));
};

/** The size of a window, asked anew: 80 × 24 where nobody knows. */
export const sizeOf = (output: Output): { readonly columns: number; readonly rows: number } => {
  const [columns = output.columns, rows = output.rows] = output.getWindowSize?.() ?? [];
  return { columns: columns || 80, rows: rows || 24 };
};

/** What is printed for people is never wider. */
const widest = 100;

/** The width of a page: that of the window; where there is none, `otherwise`. */
export const pageWidth = (output: Output, otherwise: number = widest): number =>
  output.isTTY === true ? Math.min(widest, sizeOf(output).columns) : otherwise;
