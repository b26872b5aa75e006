// Names of files come from exporters, which anyone may write, and become paths.
import { unsafeFileName } from './errors.ts';

/** @throws EXPORT_FILE_NAME */
export const requireFileName = (name: string, file: string): void => {
  if (!/^[\w-][\w.-]*$/.test(file)) throw unsafeFileName(name, file);
};
