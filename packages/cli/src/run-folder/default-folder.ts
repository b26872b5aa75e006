// The folder of a run that was given none: named after its parts and the second in which it began, and made at once, so
// that of several runs that begin in one second each has its own.
import { makeFolder } from '@mapping-networks/core/node';
import type { Pipeline } from 'mapping-networks';
import { mkdir } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';

/** A folder that was made for a run. */
export interface DefaultFolder {
  /** Relative to the folder of the command. */
  readonly path: string;
  /** The outermost folder that was made; none where that is not possible, which whoever writes there will say. */
  readonly made?: string;
}

const codeOf = (cause: unknown): unknown =>
  cause instanceof Error && 'code' in cause ? cause.code : undefined;

/** Makes `runs/cnn2-glyphs-20250102-030405` below `base`; `-2` and so on where there is one already. */
export const makeDefaultFolder = async (
  { record }: Pick<Pipeline, 'record'>,
  base: string,
  now: Date,
): Promise<DefaultFolder> => {
  const stamp = now
    .toISOString()
    .replaceAll(/[-:]|\..*$/g, '')
    .replace('T', '-');
  const name = join('runs', `${record.target.use}-${record.dataset.use}-${stamp}`);
  try {
    const above = await makeFolder(dirname(resolve(base, name)));
    for (let n = 1; ; n += 1) {
      const path = n === 1 ? name : `${name}-${n}`;
      const folder = resolve(base, path);
      const isOurs = await mkdir(folder).then(
        () => true,
        (cause: unknown) => {
          if (codeOf(cause) === 'EEXIST') return false;
          throw cause;
        },
      );
      if (isOurs) return { path, made: above ?? folder };
    }
  } catch {
    return { path: name };
  }
};
