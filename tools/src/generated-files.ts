// Everything in the repository that follows from package.json files and the layer table: project references,
// layer rules of the linter, licence copies, documented entry points, the package table and the error page of the docs.
// `npm run sync` writes them; a test and `npm run lint` fail when one is out of date.

import { betweenMarks } from './between-marks.ts';
import { errorPage } from './error-page.ts';
import { layerRules } from './layer-rules.ts';
import { isInternal, layerOf, publishedName, shortName, type LayerTable } from './layers.ts';
import { markdownTable } from './markdown-table.ts';
import { readLayers, readPackages, type Files, type Manifest, type WorkspacePackage } from './workspace.ts';

const json = (value: object): string => `${JSON.stringify(value, null, 2)}\n`;

/** The workspace packages that a manifest depends on, by short name. */
export const internalDependencies = (manifest: Manifest): string[] =>
  Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies })
    .filter(isInternal)
    .map(shortName)
    .sort();

const buildConfig = (manifest: Manifest): object => ({
  extends: '../../tsconfig.lib.json',
  compilerOptions: { rootDir: 'src', outDir: 'dist', tsBuildInfoFile: 'dist/.tsbuildinfo' },
  include: ['src'],
  references: internalDependencies(manifest).map((short) => ({ path: `../${short}/tsconfig.build.json` })),
});

/** The sources behind the exports of a package. */
const entryPoints = ({ exports = {} }: Manifest): string[] =>
  Object.values(exports).flatMap((target) => {
    const source = typeof target === 'string' ? undefined : target['@mapping-networks/source'];
    return source === undefined ? [] : [source.replace('./', '')];
  });

const solution = (packages: readonly WorkspacePackage[]): object => ({
  files: [],
  references: packages.map(({ short }) => ({ path: `packages/${short}/tsconfig.build.json` })),
});

const packageTable = (table: LayerTable, packages: readonly WorkspacePackage[]): string => {
  const rows = packages
    .map(({ short, manifest }) => ({ layer: layerOf(table, short) ?? 0, short, manifest }))
    .toSorted((a, b) => a.layer - b.layer || (a.short < b.short ? -1 : 1))
    .map(({ layer, short, manifest }) => [
      String(layer),
      `[\`${publishedName(short)}\`](../packages/${short}/README.md)`,
      manifest.description ?? '',
    ]);
  return markdownTable([['layer', 'package', 'what it holds'], ...rows]).join('\n');
};

const withTable = (page: string, table: string): string =>
  betweenMarks(page, { name: 'packages', by: 'npm run sync' }, table);

/** Path and content of every generated file. */
export const generatedFiles = (files: Files): Map<string, string> => {
  const table = readLayers(files);
  const packages = readPackages(files);
  const licence = files.read('LICENSE') ?? '';
  const result = new Map<string, string>([
    ['tools/oxlint-layers.json', json(layerRules(table))],
    ['tsconfig.build.json', json(solution(packages))],
    ['docs/errors.md', errorPage(files)],
    ['docs/README.md', withTable(files.read('docs/README.md') ?? '', packageTable(table, packages))],
  ]);
  for (const { short, manifest } of packages) {
    result.set(`packages/${short}/tsconfig.build.json`, json(buildConfig(manifest)));
    result.set(`packages/${short}/LICENSE`, licence);
    const documented = { $schema: 'https://typedoc.org/schema.json', entryPoints: entryPoints(manifest) };
    result.set(`packages/${short}/typedoc.json`, json(documented));
  }
  return result;
};

/** The generated files whose content on disk is not what it should be. */
export const outdatedFiles = (files: Files): Map<string, string> =>
  new Map([...generatedFiles(files)].filter(([path, content]) => files.read(path) !== content));
