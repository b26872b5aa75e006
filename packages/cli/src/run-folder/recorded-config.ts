// The config that a run was trained with, from whichever of its files says so.
import { readRecord } from './record-file.ts';
import { readRunFile } from './run-file.ts';

/** From record.json, else run.json; undefined for a bundle that travels alone. @throws what the readers throw */
export const recordedConfig = async (
  folder: string,
): Promise<Readonly<Record<string, unknown>> | undefined> =>
  (await readRecord(folder))?.result.config ?? (await readRunFile(folder))?.config;
