// What a format brings to the fuzzer: hostile inputs, a way to have them read, and a judgement of what came out.
import type { Random } from '../random.ts';

/**
 * What a reader made of a file that it took. `equal`: exactly what the undamaged file says. `other`: another whole file
 * of a format that has no checksum, such as changed pixels. A text: why taking it was wrong.
 */
export type Judgement = 'equal' | 'other' | { readonly wrong: string };

/** One hostile input. */
export interface Attack {
  /** What was done to it. */
  readonly what: string;
  readonly read: () => unknown;
  readonly judge: (value: unknown) => Judgement;
}

/** A format under attack. */
export interface Format {
  readonly name: string;
  /** Bytes that reading one of its attacks may take, as docs/guides/files.md states them for files of these sizes. */
  readonly mostBytes: number;
  /** Prepares attacks that keep their files in `folder`. */
  readonly open: (folder: string) => Promise<(random: Random) => Attack | Promise<Attack>>;
}

export const REFUSE: (value: unknown) => Judgement = () => ({ wrong: 'a broken file was taken' });
