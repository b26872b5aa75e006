// One of the files of an export.
import { missingFile } from './errors.ts';

/** @throws EXPORT_MISSING_FILE */
export const fileOf = (files: Readonly<Record<string, Uint8Array>>, name: string): Uint8Array => {
  const bytes = Object.hasOwn(files, name) ? files[name] : undefined;
  if (bytes === undefined) throw missingFile(name, Object.keys(files));
  return bytes;
};
