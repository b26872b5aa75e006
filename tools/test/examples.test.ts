// Every example of the documentation compiles, runs and prints what it says, and every public function has one.

import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { docstringOf, examplesIn, printsAsStated, statedOutputs, type Example } from '../src/examples.ts';
import type { ExampleResult } from '../src/run-examples.ts';
import { filesOnDisk, readPackages, repositoryRoot } from '../src/workspace.ts';

const packages = readPackages(filesOnDisk(repositoryRoot));

const filesBelow = (folder: string, extension: string): string[] =>
  readdirSync(join(repositoryRoot, folder), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith(extension))
    .map((path) => join(folder, path))
    .toSorted();

const read = (path: string): string => readFileSync(join(repositoryRoot, path), 'utf8');

const sources = packages.flatMap(({ short }) => filesBelow(`packages/${short}/src`, '.ts'));
const pages = [
  'README.md',
  'ARCHITECTURE.md',
  'CONTRIBUTING.md',
  ...filesBelow('docs', '.md').filter((path) => !path.startsWith(join('docs', 'api'))),
  ...packages.map(({ short }) => `packages/${short}/README.md`),
];
const examples = [...sources, ...pages].flatMap((path) => examplesIn(path, read(path)));

/** Unique, and telling in a stack. */
const fileOf = ({ path, line }: Example): string => `${path.replace(/[^\w]+/g, '-')}-${line}.ts`;
const byFile = new Map(examples.map((example) => [fileOf(example), example]));

const place = ({ path, line }: Example, within = 1): string => `${path}:${line + within - 1}`;

interface Outcome {
  readonly code: number;
  readonly output: string;
}

/** Runs Node.js; without the variables of vitest, so that nothing believes to be in a test. */
const node = (cwd: string, args: readonly string[]): Promise<Outcome> => {
  const env = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(VITEST|NODE_)/.test(name)),
  );
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      args,
      { cwd, env, maxBuffer: 2 ** 26, timeout: 200_000 },
      (error, stdout, stderr) =>
        resolve({ code: error ? Number(error.code ?? 1) : 0, output: `${stdout}\n${stderr}` }),
    );
  });
};

// Inside the repository, so that its packages resolve.
let folder = '';
let compiled: Outcome;
let ran: Outcome;
let results: readonly ExampleResult[] = [];

const writeExamples = (): void => {
  folder = mkdtempSync(join(repositoryRoot, 'tools', 'test', '.examples-'));
  // Each a module, also where nothing is imported or exported; lines keep their numbers.
  for (const [file, { code }] of byFile) writeFileSync(join(folder, file), `${code}\nexport {};\n`);
  const running = [...byFile].filter(([, { runs }]) => runs).map(([file]) => file);
  writeFileSync(join(folder, 'examples.json'), JSON.stringify(running));
  const config = {
    extends: join(repositoryRoot, 'tsconfig.base.json'),
    // `test?.accuracy` reads better than `test?.['accuracy']`, and few projects ask for the latter.
    compilerOptions: { noPropertyAccessFromIndexSignature: false },
    files: [...byFile.keys()],
  };
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(config));
};

beforeAll(async () => {
  writeExamples();
  const tsc = join(repositoryRoot, 'node_modules', '.bin', 'tsc');
  const runner = join(repositoryRoot, 'tools', 'src', 'run-examples.ts');
  const source = ['--conditions=@mapping-networks/source', '--import', 'tsx'];
  [compiled, ran] = await Promise.all([
    node(folder, [tsc, '-p', folder, '--pretty', 'false']),
    node(folder, [...source, runner, folder]),
  ]);
  const written = join(folder, 'results.json');
  if (existsSync(written)) results = JSON.parse(readFileSync(written, 'utf8')) as ExampleResult[];
}, 240_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the examples', () => {
  it('compile', () => {
    const errors = compiled.output.replace(/^(\S+)\((\d+),\d+\)/gm, (whole, file: string, line: string) => {
      const example = byFile.get(basename(file));
      return example ? place(example, Number(line)) : whole;
    });
    expect(errors.trim()).toBe('');
    expect(compiled.code).toBe(0);
  });

  it('run', () => {
    const failures = results.flatMap(({ file, error }) => {
      const example = byFile.get(file);
      return error !== undefined && example ? [`${place(example)}: ${error}`] : [];
    });
    expect(failures).toEqual([]);
    expect(ran.code, ran.output).toBe(0);
    expect(results).toHaveLength(examples.filter(({ runs }) => runs).length);
  });

  it('print what they state', () => {
    const stated = results.flatMap(({ file, printed, error }) => {
      const example = byFile.get(file);
      if (!example || error !== undefined) return [];
      return statedOutputs(example).map(({ line, text }) => {
        const lines = printed.filter((entry) => entry.line === line).map((entry) => entry.text);
        return { at: place(example, line), text, lines };
      });
    });
    const wrong = stated.filter(({ text, lines }) => !lines.some((line) => printsAsStated(text, line)));
    expect(wrong).toEqual([]);
    expect(stated.length).toBeGreaterThan(0);
  });
});

const publicFunctions = async (short: string, entry: string): Promise<string[]> => {
  const path = join(repositoryRoot, 'packages', short, 'src', entry);
  const values = (await import(/* @vite-ignore */ path)) as Readonly<Record<string, unknown>>;
  return Object.keys(values).filter((name) => typeof values[name] === 'function');
};

describe('every public function has an example', () => {
  it.each(packages.map(({ short }) => short))('packages/%s', async (short) => {
    const own = filesBelow(`packages/${short}/src`, '.ts').map(read);
    const entries = readdirSync(join(repositoryRoot, 'packages', short, 'src')).filter((name) =>
      ['index.ts', 'node.ts'].includes(name),
    );
    const names = (await Promise.all(entries.map((entry) => publicFunctions(short, entry)))).flat();
    const missing = names.filter((name) =>
      own.some((source) => {
        const declared = new RegExp(`^export (const|class|(async )?function) ${name}\\b`, 'm').test(source);
        return declared && !docstringOf(name, source)?.includes('```ts');
      }),
    );
    expect(missing).toEqual([]);
  });
});

describe('the reader of examples', () => {
  const docstring = [
    'const before = 1;',
    '/**',
    ' * One line of contract.',
    ' *',
    ' * @example',
    ' * ```ts',
    " * console.log('a'); // a",
    ' * if (before) {',
    ' *   console.log(2); // 2',
    ' * }',
    ' * ```',
    ' * ```text',
    ' * not code',
    ' * ```',
    ' */',
    'export const after = 1; // ```ts',
  ].join('\n');

  it('finds blocks in docstrings, with their lines and what they state', () => {
    const [example, ...others] = examplesIn('a.ts', docstring);
    expect(others).toEqual([]);
    expect(example).toMatchObject({ path: 'a.ts', line: 7, runs: true });
    expect(example && statedOutputs(example)).toEqual([
      { line: 1, text: 'a' },
      { line: 3, text: '2' },
    ]);
    expect(docstringOf('after', docstring)).toContain('One line of contract.');
    expect(docstringOf('before', docstring)).toBeUndefined();
  });

  it('finds blocks in pages, and those that are not to be run', () => {
    const page = 'Text.\n\n```ts no-run\nlet a;\n```\n\n```sh\nls\n```\n\n```ts\nlet b;\n```\n';
    const found = examplesIn('a.md', page).map(({ line, code, runs }) => [line, code, runs]);
    expect(found).toEqual([
      [4, 'let a;', false],
      [12, 'let b;', true],
    ]);
    expect(() => examplesIn('a.md', '```ts no-rum\nlet a;\n```')).toThrow(/no-rum/);
  });

  it.each([
    ["['a', 'b']", "[ 'a', 'b' ]"],
    ['Float32Array [1, 2]', 'Float32Array(2) [ 1, 2 ]'],
    ['[0.5, 0.05]', '[ 0.5, 0.05000000074505806 ]'],
    ['{ loss: …, accuracy: … }', '{ loss: 2.3, accuracy: 0.1 }'],
    ['7 words', '7 words'],
  ])('takes %s for %s', (stated, printed) => expect(printsAsStated(stated, printed)).toBe(true));

  it.each([
    ['7', '78'],
    ['[1, 2]', '[ 12 ]'],
    ['0.25', '0.24'],
    ['[1, 2]', 'Float32Array(2) [ 1, 2 ]'],
    ['true', 'false'],
    ['a.b', 'aXb'],
  ])('does not take %s for %s', (stated, printed) => expect(printsAsStated(stated, printed)).toBe(false));
});
