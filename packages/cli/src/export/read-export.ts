// The record of an export, where a folder has one.
import { join } from 'node:path';
import { readAs } from '../run-folder/read-json.ts';
import { exportRecordSchema, type ExportRecord } from './export-record.ts';

/** The folder of the exports of a run, in that of the run, unless --out says another. */
export const EXPORTS = 'export';
/** The file that says what the others are. */
export const EXPORT = 'export.json';

/** Bytes of export.json; that of ten passes over a network of fifty layers has about 30 KB. */
const MOST_BYTES = 2 ** 22;

/** Undefined where there is no such file, or another one of that name. */
export const readExportRecord = (folder: string): Promise<ExportRecord | undefined> =>
  readAs(exportRecordSchema, join(folder, EXPORT), MOST_BYTES).catch(() => undefined);
