// Names of files come from exporters, which anyone may write, and become paths.
import { unsafeFileName } from './errors.ts';

/** Whether a name is no path, and one that every system takes. */
export const isFileName = (file: string): boolean => /^[\w-][\w.-]*$/.test(file);

/** @throws EXPORT_FILE_NAME */
export const requireFileName = (name: string, file: string): void => {
  if (!isFileName(file)) throw unsafeFileName(name, file);
};
