// Proves that the linter enforces the layers: files with forbidden imports are linted with the repository's own
// configuration, in a folder of their own, and every one of them is reported.

import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { publishedName } from '../src/layers.ts';
import { emptyFolder } from '../src/scratch-copy.ts';
import { filesOnDisk, readLayers, repositoryRoot } from '../src/workspace.ts';

interface Diagnostic {
  readonly code: string;
  readonly message: string;
  readonly help?: string;
}

const table = readLayers(filesOnDisk(repositoryRoot));
const layerNumber = (short: string): number => table.layers.findIndex((layer) => layer.includes(short));

let folder: string;
let written: string[] = [];

beforeAll(() => {
  folder = emptyFolder('layers');
  mkdirSync(join(folder, 'tools'));
  for (const path of ['.oxlintrc.json', 'tools/oxlint-layers.json']) {
    cpSync(join(repositoryRoot, path), join(folder, path));
  }
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Lints one file and returns the layer errors only. */
const lint = (path: string, code: string): readonly Diagnostic[] => {
  for (const old of written) rmSync(join(folder, old));
  written = [path];
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), `${code}\n`);
  const oxlint = join(repositoryRoot, 'node_modules', '.bin', 'oxlint');
  const { stdout } = spawnSync(oxlint, ['--format=json', path], { cwd: folder, encoding: 'utf8' });
  const { diagnostics } = JSON.parse(stdout) as { diagnostics: readonly Diagnostic[] };
  return diagnostics.filter((diagnostic) => diagnostic.code === 'eslint(no-restricted-imports)');
};

describe('layers', () => {
  const names = table.layers.flat();

  it.each(names)('%s may import exactly what lies below it', (short) => {
    const others = names.filter((other) => other !== short);
    const code = others.map((other, i) => `import { a as a${i} } from '${publishedName(other)}';`).join('\n');
    const reported = lint(`packages/${short}/src/deep/file.ts`, code).map(
      ({ message }) => /'([^']+)'/.exec(message)?.[1] ?? message,
    );
    const forbidden = others.filter(
      (other) => layerNumber(other) >= layerNumber(short) && !(table.sameLayer[short] ?? []).includes(other),
    );
    expect(reported.toSorted()).toEqual(forbidden.map(publishedName).toSorted());
  });

  it.each([
    ['a sibling', "import { fit } from '@mapping-networks/targets';"],
    ['a type of a sibling', "import type { Fit } from '@mapping-networks/targets';"],
    ['a re-export', "export { fit } from '@mapping-networks/train';"],
    ['a star re-export', "export * from 'mapping-networks';"],
    ['a dynamic import', "export const fit = await import('@mapping-networks/train');"],
    ['a deep import of an allowed package', "import { a } from '@mapping-networks/core/src/random/key.ts';"],
    ['a deep import of a build', "import { a } from '@mapping-networks/core/dist/random/key.js';"],
    ['a relative import of another package', "import { a } from '../../core/src/random/key.ts';"],
    ['a relative import by packages/', "import { a } from '../../../packages/core/index.ts';"],
    ['a relative import of its own tests', "import { a } from '../test/fixture.ts';"],
  ])('reports %s', (_, code) => {
    expect(lint('packages/losses/src/file.ts', code)).toHaveLength(1);
  });

  it('says which layer, and what is allowed', () => {
    const [diagnostic] = lint('packages/losses/src/file.ts', "import { a } from '@mapping-networks/train';");
    expect(`${diagnostic?.message} ${diagnostic?.help}`).toContain(
      '@mapping-networks/losses is on layer 3 (tools/layers.json); it may import @mapping-networks/core, @mapping-networks/runtime.',
    );
  });

  it.each([
    ["import { a } from '@mapping-networks/core';"],
    ["import { a } from '@mapping-networks/core/node';"],
    ["import { a } from './terms/stability.ts';"],
    ["import { a } from '../errors.ts';"],
    ["import { a } from '@tensorflow/tfjs-core';"],
  ])('accepts %s', (code) => {
    expect(lint('packages/losses/src/terms/file.ts', code)).toEqual([]);
  });

  it('lets tests import anything', () => {
    expect(lint('packages/losses/test/file.test.ts', "import { a } from '@mapping-networks/train';")).toEqual(
      [],
    );
  });
});
