// The layer table (tools/layers.json) as functions. Lint rules, project references and the conventions test
// all ask here, so that who may import whom is written down once.

/** `layers[i]` holds the packages of layer i + 1; `sameLayer` lists the few imports allowed inside one layer. */
export interface LayerTable {
  readonly layers: readonly (readonly string[])[];
  readonly sameLayer: Readonly<Record<string, readonly string[]>>;
}

const scope = '@mapping-networks/';

/** The name used in the table and for the folder: without the scope. */
export const shortName = (packageName: string): string =>
  packageName.startsWith(scope) ? packageName.slice(scope.length) : packageName;

/** The published name of a table entry; the umbrella has no scope. */
export const publishedName = (short: string): string =>
  short === 'mapping-networks' ? short : `${scope}${short}`;

/** Whether an import names a package of this workspace (or anything inside one). */
export const isInternal = (specifier: string): boolean =>
  specifier.startsWith(scope) ||
  specifier === 'mapping-networks' ||
  specifier.startsWith('mapping-networks/');

/** 1 for the lowest layer; undefined when the package is not in the table. */
export const layerOf = (table: LayerTable, short: string): number | undefined => {
  const index = table.layers.findIndex((layer) => layer.includes(short));
  return index === -1 ? undefined : index + 1;
};

/** Every package of the table. */
export const allPackages = (table: LayerTable): string[] => table.layers.flat().sort();

/** What a package may import: all lower layers, and its exceptions inside its own. */
export const mayImport = (table: LayerTable, short: string): string[] => {
  const layer = layerOf(table, short);
  if (layer === undefined) return [];
  return [...table.layers.slice(0, layer - 1).flat(), ...(table.sameLayer[short] ?? [])].sort();
};
