// Generates a plugin of every kind in a copy of the repository, one by the command and the rest by the generator it
// calls, then checks types, lint and formatting of the new packages there, runs their tests and a README example.

import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { flushChanges, FsTree } from 'nx/src/generators/tree';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import newPlugin from '../new-plugin/generator.ts';
import { kinds, pluginNames } from '../new-plugin/names.ts';
import { outdatedFiles } from '../src/generated-files.ts';
import { runCommand } from '../src/run-command.ts';
import { linkPackages, scratchCopy } from '../src/scratch-copy.ts';
import { filesOnDisk } from '../src/workspace.ts';

const names = kinds.map((kind) => pluginNames(kind, kind === 'loss' ? 'focal' : `my-${kind}`));
const directories = names.map(({ short }) => `packages/${short}`);

let copy: string;
const run = (command: string, ...args: string[]): string =>
  runCommand(copy, join(copy, 'node_modules', '.bin', command), args);

const generate = (kind: string, name: string): void => {
  const tree = new FsTree(copy, false);
  const formatAndInstall = newPlugin(tree, { kind, name, skipInstall: true });
  flushChanges(copy, tree.listChanges());
  formatAndInstall();
};

beforeAll(() => {
  copy = scratchCopy('new-plugin');
  runCommand(copy, 'npm', ['run', 'new-plugin', '--', '--kind', 'loss', '--name', 'focal', '--skipInstall']);
  for (const { kind, name } of names) if (kind !== 'loss') generate(kind, name);
  linkPackages(copy);
}, 180_000);

afterAll(() => rmSync(copy, { recursive: true, force: true }));

describe('npm run new-plugin', () => {
  it('has a template for every kind of plugin', () => {
    expect(kinds).toEqual([
      'callback',
      'dataset',
      'engine',
      'exporter',
      'loss',
      'metric',
      'optimizer',
      'parameterization',
      'pass',
      'projection',
      'schedule',
      'target',
    ]);
  });

  it('writes packages that build', () => {
    const projects = directories.map((directory) => `${directory}/tsconfig.build.json`);
    expect(() => run('tsc', '-b', ...projects)).not.toThrow();
  }, 120_000);

  it('writes tests and sources that pass the type check, the linter and the formatter', () => {
    const include = directories.flatMap((directory) => [`${directory}/src`, `${directory}/test`]);
    writeFileSync(
      join(copy, 'tsconfig.new.json'),
      JSON.stringify({ extends: './tsconfig.base.json', include }),
    );
    expect(() => run('tsc', '--noEmit', '-p', 'tsconfig.new.json')).not.toThrow();
    expect(() => run('oxlint', '--type-aware', '--deny-warnings', ...directories)).not.toThrow();
    expect(() => run('oxfmt', '--check', ...directories, 'tools/layers.json')).not.toThrow();
  }, 120_000);

  it('writes tests that pass', () => {
    // The default reporter says what failed, should it.
    const reporters = ['--reporter=default', '--reporter=json', '--outputFile.json=report.json'];
    run('vitest', 'run', ...directories, ...reporters);
    const report = JSON.parse(readFileSync(join(copy, 'report.json'), 'utf8')) as {
      numPassedTests: number;
      numFailedTests: number;
      testResults: readonly { name: string }[];
    };
    expect(report.testResults).toHaveLength(kinds.length);
    expect(report.numFailedTests).toBe(0);
    expect(report.numPassedTests).toBeGreaterThan(3 * kinds.length);
  }, 120_000);

  it('writes READMEs whose examples run', () => {
    for (const { short } of names) {
      const readme = readFileSync(join(copy, 'packages', short, 'README.md'), 'utf8');
      const [, example = ''] = /```ts\n([\s\S]*?)```/.exec(readme) ?? [];
      writeFileSync(join(copy, 'packages', short, 'readme.ts'), example);
    }
    const program = directories.map((directory) => `import './${directory}/readme.ts';`).join('\n');
    writeFileSync(join(copy, 'readmes.ts'), program);
    const printed = run('tsx', '--conditions=@mapping-networks/source', 'readmes.ts');
    for (const { name } of names) expect(printed).toContain(`use: '${name}'`);
  });

  it('brings layers, references, lint rules and docs up to date', () => {
    expect([...outdatedFiles(filesOnDisk(copy)).keys()]).toEqual([]);
    const docs = readFileSync(join(copy, 'docs', 'README.md'), 'utf8');
    const references = readFileSync(join(copy, 'tsconfig.build.json'), 'utf8');
    for (const { short, packageName } of names) {
      expect(docs).toContain(`[\`${packageName}\`](../packages/${short}/README.md)`);
      expect(references).toContain(`packages/${short}/tsconfig.build.json`);
    }
  });

  it('does not overwrite a package', () => {
    expect(() => generate('loss', 'focal')).toThrow(/exists already/);
  });

  it('names the allowed kinds', () => {
    const message = /--kind to be one of callback, .*target; got 'los'/;
    expect(() => pluginNames('los', 'focal')).toThrow(message);
    const args = ['run', 'new-plugin', '--', '--kind', 'los', '--name', 'focal'];
    expect(() => runCommand(copy, 'npm', args)).toThrow(message);
  });

  it.each(['Focal', 'focal loss', 'focal--loss', '-focal', '../focal', '2d', ''])(
    'refuses the name %j',
    (name) => {
      expect(() => pluginNames('loss', name)).toThrow(/kebab-case/);
    },
  );

  it('keeps reserved words out of the code', () => {
    expect(pluginNames('schedule', 'default').plugin).toBe('defaultSchedule');
    expect(pluginNames('dataset', 'two-moons')).toMatchObject({
      plugin: 'twoMoons',
      optionsType: 'TwoMoonsOptions',
      packageName: '@mapping-networks/dataset-two-moons',
    });
  });
});
