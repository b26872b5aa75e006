// Turns the layer table into oxlint overrides: one `no-restricted-imports` rule per package, for its src only
// (tests may import anything). The error message says which layer the package is on and what it may import.

import { allPackages, layerOf, mayImport, publishedName, type LayerTable } from './layers.ts';

const inside = (specifiers: readonly string[]): string[] =>
  specifiers.flatMap((name) => [name, `${name}/**`]);

const rulesOf = (table: LayerTable, short: string): object => {
  const allowed = mayImport(table, short);
  const names = allowed.length === 0 ? 'no package of this workspace' : allowed.map(publishedName).join(', ');
  const forbidden = allPackages(table).filter((other) => !allowed.includes(other));
  return {
    files: [`packages/${short}/src/**`],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              group: inside(forbidden.map(publishedName)),
              message: `${publishedName(short)} is on layer ${layerOf(table, short)} (tools/layers.json); it may import ${names}.`,
            },
            {
              group: ['@mapping-networks/*/src/**', '@mapping-networks/*/dist/**', 'mapping-networks/*/**'],
              message: 'Import the package by its name: only what its exports list is public.',
            },
            {
              regex: '^\\.\\.?/(.*/)?(src|dist|test|packages)/',
              message: 'A relative import must stay inside its package; import another one by its name.',
            },
          ],
        },
      ],
    },
  };
};

/** The content of tools/oxlint-layers.json, which .oxlintrc.json extends. */
export const layerRules = (table: LayerTable): object => ({
  overrides: allPackages(table).map((short) => rulesOf(table, short)),
});
