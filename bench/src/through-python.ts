// Named arrays through a program of `bench/python` and back, as safetensors files in a folder that lives no longer.
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { decodeSafetensors, encodeSafetensors, type NamedArrays } from '@mapping-networks/core';

/** What a program is to work on: by name, or as the bytes of a file. */
type Subject = string | Uint8Array;

/** What `program SUBJECT IN OUT` makes of arrays. `python` is the interpreter's command. */
export const throughPython = async (
  python: string,
  program: string,
  subject: Subject,
  given: NamedArrays,
): Promise<NamedArrays> => {
  const folder = await mkdtemp(join(tmpdir(), 'through-python-'));
  try {
    const source = join(folder, 'in.safetensors');
    const destination = join(folder, 'out.safetensors');
    await writeFile(source, encodeSafetensors(given));
    const named = typeof subject === 'string' ? subject : await written(join(folder, 'subject'), subject);
    const file = join(import.meta.dirname, '../python', program);
    // -B: no __pycache__ beside the program.
    await promisify(execFile)(python, ['-B', file, named, source, destination]);
    return decodeSafetensors(await readFile(destination));
  } finally {
    await rm(folder, { recursive: true });
  }
};

const written = async (file: string, bytes: Uint8Array): Promise<string> => {
  await writeFile(file, bytes);
  return file;
};
