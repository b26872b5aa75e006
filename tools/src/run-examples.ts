// Runs examples one after another in this process: the folder is the argument, `examples.json` in it lists their
// files. What each printed, from which of its lines, and why it failed, goes into `results.json`.

import { readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { formatWithOptions } from 'node:util';

/** What one line of an example printed. */
export interface Printed {
  readonly line: number;
  readonly text: string;
}

export interface ExampleResult {
  readonly file: string;
  readonly printed: readonly Printed[];
  /** With its stack; absent when the example ran to its end. */
  readonly error?: string;
}

const [, , folder = '.'] = process.argv;

/** The line of an example that led here: its frame nearest to the call. */
const callingLine = (file: string): number => {
  const frame = new RegExp(`${basename(file).replaceAll('.', '\\.')}:(\\d+)`);
  return Number(frame.exec(new Error('where').stack ?? '')?.[1] ?? 0);
};

const run = async (file: string): Promise<ExampleResult> => {
  const printed: Printed[] = [];
  console.log = (...args: unknown[]) => {
    const text = formatWithOptions({ depth: null, breakLength: Infinity, compact: true }, ...args);
    printed.push({ line: callingLine(file), text });
  };
  try {
    await import(pathToFileURL(join(folder, file)).href);
    return { file, printed };
  } catch (error) {
    return { file, printed, error: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
};

Error.stackTraceLimit = 100;
process.chdir(folder);
const results: ExampleResult[] = [];
for (const file of JSON.parse(readFileSync('examples.json', 'utf8')) as string[])
  results.push(await run(file));
writeFileSync('results.json', JSON.stringify(results));
