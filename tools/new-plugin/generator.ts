// `npm run new-plugin -- --kind loss --name focal`: writes packages/loss-focal from the templates in files/, puts it
// into the layer table, and brings everything that follows from it (references, lint rules, docs) up to date.

import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { generateFiles, type Tree } from '@nx/devkit';
import { generatedFiles } from '../src/generated-files.ts';
import { readJson, readLayers, type Files, type Manifest } from '../src/workspace.ts';
import { pluginNames } from './names.ts';

export interface NewPluginOptions {
  readonly kind: string;
  readonly name: string;
  readonly skipInstall?: boolean;
}

const filesInTree = (tree: Tree): Files => ({
  read: (path) => tree.read(path, 'utf-8') ?? undefined,
  children: (directory) => tree.children(directory).sort(),
});

/** Plugins need only the contracts: they live on the layer above core, beside the built-in ones. */
const addToLayers = (tree: Tree, short: string): void => {
  const table = readLayers(filesInTree(tree));
  const above = table.layers.findIndex((layer) => layer.includes('core')) + 1;
  const layers = table.layers.map((layer, index) => (index === above ? [...layer, short].sort() : layer));
  const rows = layers.map((layer) => `    [${layer.map((name) => `"${name}"`).join(', ')}]`);
  const sameLayer = JSON.stringify(table.sameLayer, null, 2).replaceAll('\n', '\n  ');
  tree.write(
    'tools/layers.json',
    `{\n  "layers": [\n${rows.join(',\n')}\n  ],\n  "sameLayer": ${sameLayer}\n}\n`,
  );
};

/** The generator itself; nx calls it with a tree that is written to disk when it returns. */
const newPlugin = (tree: Tree, options: NewPluginOptions): (() => void) => {
  const names = pluginNames(options.kind, options.name);
  const directory = join('packages', names.short);
  if (tree.exists(directory)) throw new Error(`${directory} exists already. Choose another --name.`);
  const core = readJson<Manifest & { version: string }>(filesInTree(tree), 'packages/core/package.json');
  const substitutions = {
    ...names,
    version: core.version,
    zodRange: core.dependencies?.['zod'],
    tfjsRange: core.peerDependencies?.['@tensorflow/tfjs-core'],
  };
  for (const templates of ['common', names.kind]) {
    generateFiles(tree, join(import.meta.dirname, 'files', templates), directory, substitutions);
  }
  tree.rename(join(directory, 'changeset.md'), `.changeset/add-${names.short}.md`);
  addToLayers(tree, names.short);
  for (const [path, content] of generatedFiles(filesInTree(tree))) tree.write(path, content);
  return () => {
    const oxfmt = join(tree.root, 'node_modules', '.bin', 'oxfmt');
    execFileSync(oxfmt, [directory, 'tools/layers.json'], { cwd: tree.root });
    if (options.skipInstall) return;
    execFileSync('npm', ['install', '--prefer-offline', '--no-audit', '--no-fund'], {
      cwd: tree.root,
      stdio: 'inherit',
    });
    console.log(`Run its tests with: npx vitest run ${directory}`);
  };
};

export default newPlugin;
