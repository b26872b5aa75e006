// The Python that has torch: `PYTHON`, else `python3`, else `/usr/bin/python3`, whichever is the first that has it.
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const CANDIDATES = ['python3', '/usr/bin/python3'];

export interface Python {
  readonly command: string;
  /** Of the module that was asked for. */
  readonly version: string;
}

/** The first interpreter that imports `module`, and the module's version; undefined where there is none. */
export const findPython = async (module: string): Promise<Python | undefined> => {
  const named = process.env['PYTHON'];
  for (const command of named ? [named] : CANDIDATES) {
    try {
      const program = `import ${module}; print(${module}.__version__)`;
      const { stdout } = await promisify(execFile)(command, ['-c', program]);
      return { command, version: stdout.trim() };
    } catch {
      // Not there, or without the module: the next one may have it.
    }
  }
  return undefined;
};

/** What to tell where `findPython` found nothing. */
export const pythonMissing = (module: string): string =>
  `No Python with ${module} was found (looked at ${process.env['PYTHON'] ?? CANDIDATES.join(', ')}). ` +
  `Install it (on Debian: apt install python3-${module}), or name an interpreter by the variable PYTHON.`;
