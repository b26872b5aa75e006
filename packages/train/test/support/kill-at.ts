// Counts the file operations of this process from now on, and kills it with SIGKILL at the n-th: before it, or, for a
// write, also when half of it is done. A hook on the functions of node:fs/promises and on file handles.
import fs, { type FileHandle } from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';

type Call = (...args: unknown[]) => Promise<unknown>;

const FUNCTIONS = [
  'mkdir',
  'open',
  'readdir',
  'readFile',
  'rename',
  'rm',
  'stat',
  'utimes',
  'writeFile',
] as const;
const METHODS = ['close', 'read', 'stat', 'sync'] as const;

/** `folder` is only read, to get at the class of file handles. Resolves to a function that tells the count. */
export const killAt = async (n: number, folder: string): Promise<() => number> => {
  let count = 0;
  const pass = (): void => {
    count += 1;
    if (count === n) process.kill(process.pid, 'SIGKILL');
  };
  const hook = (owner: object, name: string): void => {
    const original: Call = Reflect.get(owner, name);
    Reflect.set(owner, name, function (this: unknown, ...args: unknown[]): Promise<unknown> {
      pass();
      return original.apply(this, args);
    });
  };
  const handle = await fs.open(folder, 'r');
  const prototype: object = Object.getPrototypeOf(handle);
  await handle.close();
  for (const name of FUNCTIONS) hook(fs, name);
  for (const name of METHODS) hook(prototype, name);
  hookWrite(prototype, pass);
  syncBuiltinESMExports();
  return () => count;
};

/** A place before the write, one in its middle, one after it. */
const hookWrite = (prototype: object, pass: () => void): void => {
  const original: FileHandle['writeFile'] = Reflect.get(prototype, 'writeFile');
  Reflect.set(prototype, 'writeFile', async function (this: FileHandle, data: Uint8Array): Promise<void> {
    pass();
    const half = Math.floor(data.length / 2);
    await original.call(this, data.subarray(0, half));
    pass();
    await original.call(this, data.subarray(half));
    pass();
  });
};
