// Makes one kind of file operation fail with a system error while `work` runs: what a full disk or a broken one does.
import fs from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';

/** A function of node:fs/promises, or a method of file handles. */
type Operation = 'open' | 'rename' | 'writeFile' | 'sync' | 'readdir' | 'rm';

export const failing = async <T>(operation: Operation, code: string, work: () => Promise<T>): Promise<T> => {
  const owner: object = operation === 'sync' || operation === 'writeFile' ? await handles() : fs;
  const original: unknown = Reflect.get(owner, operation);
  const error = Object.assign(new Error(`${code}: told by the test, ${operation}`), { code });
  Reflect.set(owner, operation, () => Promise.reject(error));
  syncBuiltinESMExports();
  try {
    return await work();
  } finally {
    Reflect.set(owner, operation, original);
    syncBuiltinESMExports();
  }
};

const handles = async (): Promise<object> => {
  const handle = await fs.open('.', 'r');
  await handle.close();
  return Object.getPrototypeOf(handle);
};
