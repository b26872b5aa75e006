// The picture of a scan as a file. An older one of ours makes room for it; a file of someone else's stays, unless forced.
import { atomicWrite, readRegularFile } from '@mapping-networks/core/node';
import { access, constants, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { chartExists, unwritableChart } from './errors.ts';

/** The end of every file that was written here. */
const MARK = '<!-- mapnet sensitivity -->\n';
/** Bytes of a chart; that of a hundred layers at a hundred sparsities has about 1 MB. */
const MOST_BYTES = 2 ** 23;

const isOwn = (file: string): Promise<boolean> =>
  readRegularFile(file, MOST_BYTES).then(
    (bytes) => new TextDecoder().decode(bytes).endsWith(MARK),
    () => false,
  );

/**
 * Whether a chart can be written there, asked before the scan.
 *
 * @throws CLI_UNWRITABLE_CHART, CLI_CHART_EXISTS
 */
export const checkChartFile = async (file: string, path: string, force: boolean): Promise<void> => {
  const found = await stat(file).catch(() => undefined);
  if (found?.isDirectory()) throw unwritableChart(path, new Error('it is a folder'));
  await access(dirname(file), constants.W_OK).catch((cause: unknown) => {
    throw unwritableChart(path, cause);
  });
  if (found && !force && !(await isOwn(file))) throw chartExists(path);
};

/** @throws CLI_UNWRITABLE_CHART */
export const writeChart = (file: string, path: string, svg: string): Promise<void> =>
  atomicWrite(file, `${svg}\n${MARK}`).catch((cause: unknown) => {
    throw unwritableChart(path, cause);
  });
