// Every public code of an error or a warning is documented in docs/errors.md and expected by a test.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { cataloguedErrors, cataloguesOf, errorsIn } from '../src/error-catalogues.ts';
import { errorPage } from '../src/error-page.ts';
import { filesOnDisk, readPackages, repositoryRoot } from '../src/workspace.ts';

const files = filesOnDisk(repositoryRoot);
const errors = cataloguedErrors(files);
const codes = [...new Set(errors.map(({ code }) => code))].sort();

/** The text of all tests of the packages, and of the tables of wrong calls that tests compare with. */
const tested = readPackages(files)
  .map(({ short }) => join(repositoryRoot, 'packages', short, 'test'))
  .flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.ts') || /wrong-\w+\.md$/.test(path))
      .map((path) => readFileSync(join(folder, path), 'utf8')),
  )
  .join('\n');

describe('every code', () => {
  const page = errorPage(files);

  it('stands in docs/errors.md', () => {
    expect(codes.length).toBeGreaterThan(100);
    expect(codes.filter((code) => !page.includes(`### ${code}\n`))).toEqual([]);
  });

  it('is expected by a test', () => {
    expect(codes.filter((code) => !new RegExp(`\\b${code}\\b`).test(tested))).toEqual([]);
  });

  it('is prefixed by its package', () => {
    const prefixes: Readonly<Record<string, string>> = { 'mapping-networks': 'CONFIG' };
    const prefixOf = (short: string): string => prefixes[short] ?? short.toUpperCase().replaceAll('-', '_');
    expect(errors.filter(({ short, code }) => !code.startsWith(`${prefixOf(short)}_`))).toEqual([]);
  });

  it('is found, however its function is written', () => {
    for (const path of readPackages(files).flatMap(({ short }) => cataloguesOf(files, short))) {
      const text = files.read(path) ?? '';
      const written = [...text.matchAll(/(?:\b(?:error|warning)\(\s*|\bcode: )'([A-Z0-9_]+)'/g)].map(
        ([, code]) => code,
      );
      const read = errorsIn('any', path, text).map(({ code }) => code);
      for (const code of written)
        expect(
          read.some((each) => each.endsWith(code ?? '')),
          `${path}: ${code}`,
        ).toBe(true);
    }
  });
});

describe('a catalogue as data', () => {
  const catalogue = `
    const error = (code: string, problem: string, remedy: string) => new MappingNetworksError({ code: \`DEMO_\${code}\`, problem, remedy });
    const warning = (code: string, message: string) => ({ code: \`DEMO_\${code}\`, message });
    const AGAIN = 'Try again.';
    /** When a count
     * is odd. */
    export const odd = (count: number, names: readonly string[]) =>
      error('ODD', \`Expected an even count of \${names.join(', ')}, got \${count === undefined ? 'nothing' : shown(count)}.\`, AGAIN);
    export const late = (early: boolean) => error('LATE', 'It is ' + (early ? 'early' : 'late') + '.', suggestion('a', []));
    export const dull = (loss: number) => warning('DULL', \`The loss is \${loss}.\`);
    export const plain = () => new MappingNetworksError({ code: 'DEMO_PLAIN', problem: 'Plain.', remedy: 'None.' });
    export const helper = (text: string) => text.trim();
  `;
  const [odd, late, dull, plain, ...rest] = errorsIn('demo', 'errors.ts', catalogue);

  it('has the comment, the words and what is filled in', () => {
    expect(odd).toEqual({
      short: 'demo',
      code: 'DEMO_ODD',
      comment: 'When a count is odd.',
      problems: ['Expected an even count of ⟨names⟩, got ⟨count⟩.'],
      remedies: ['Try again.'],
      warning: false,
    });
    expect(plain).toMatchObject({ code: 'DEMO_PLAIN', problems: ['Plain.'], remedies: ['None.'] });
  });

  it('has each of several wordings', () => {
    expect(late).toMatchObject({
      problems: ['It is early.', 'It is late.'],
      remedies: ["Did you mean '⟨name⟩'? Allowed: ⟨names⟩."],
    });
  });

  it('knows warnings, and leaves out what is neither', () => {
    expect(dull).toMatchObject({ code: 'DEMO_DULL', problems: ['The loss is ⟨loss⟩.'], warning: true });
    expect(rest).toEqual([]);
  });
});
