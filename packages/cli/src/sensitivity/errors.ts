// Every error of `mapnet sensitivity`, one function each.
import { MappingNetworksError, reasonOf } from '@mapping-networks/core';

const error = (code: string, problem: string, remedy: string, cause?: unknown): MappingNetworksError =>
  new MappingNetworksError({ code: `CLI_${code}`, problem, remedy, cause });

/** When a file system does not take the picture, or would not. */
export const unwritableChart = (path: string, cause: unknown): MappingNetworksError =>
  error(
    'UNWRITABLE_CHART',
    `Cannot write the chart to '${path}': ${reasonOf(cause)}.`,
    'Name a file in a folder that exists and that you may write to with --out.',
    cause,
  );

/** When something that is no chart of ours has that name. */
export const chartExists = (path: string): MappingNetworksError =>
  error(
    'CHART_EXISTS',
    `'${path}' exists already, and mapnet sensitivity has not written it.`,
    'Name another file with --out, or pass --force to replace it.',
  );
