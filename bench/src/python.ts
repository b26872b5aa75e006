// A Python that has a module: the one that the variable `PYTHON` names, else `python3`, else `/usr/bin/python3`, whichever
// is the first that can import it.
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

export interface Python {
  readonly command: string;
  /** Of the package that was asked for. */
  readonly version: string;
}

const candidates = (): readonly string[] => {
  const named = process.env['PYTHON'];
  return [...(named ? [named] : []), 'python3', '/usr/bin/python3'];
};

/** The first interpreter that imports `module`, and the version of its package; undefined where there is none. */
export const findPython = async (module: string): Promise<Python | undefined> => {
  const program = `import ${module}; print(${module.split('.')[0]}.__version__)`;
  for (const command of candidates()) {
    try {
      const { stdout } = await promisify(execFile)(command, ['-c', program]);
      return { command, version: stdout.trim() };
    } catch {
      // Not there, or without the module: the next one may have it.
    }
  }
  return undefined;
};

/** What to tell where `findPython` found nothing. `install` is what brings the module. */
export const pythonMissing = (module: string, install: string): string =>
  `No Python with ${module} was found (looked at ${candidates().join(', ')}). ` +
  `${install}, or name another interpreter by the variable PYTHON.`;
