// Configs as flat lists of options, and which of them set runs apart. The name of a plugin stands under the path of its
// slot: `target.use` is `target`. An option that a run lacks because it uses another plugin is no difference of its own.

type Tree = Readonly<Record<string, unknown>>;

/** One option of a config. */
export interface ConfigOption {
  /** `parameterization.latentDim`; the name of a plugin is at the path of its slot. */
  readonly path: string;
  /** As JSON where it is not plain text. */
  readonly value: string;
}

const isTree = (value: unknown): value is Tree =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Short text for a value: `relu`, `0.15`, `[64, 32]`, `accuracy` for a plugin without options. */
const textOf = (value: unknown): string => {
  if (Array.isArray(value)) return value.length === 0 ? 'none' : `[${value.map(textOf).join(', ')}]`;
  if (!isTree(value)) return String(value);
  const { use, ...rest } = value;
  const options = Object.entries(rest).map(([key, each]) => `${key} ${textOf(each)}`);
  const inner = options.length === 0 ? '' : ` (${options.join(', ')})`;
  return typeof use === 'string' ? `${use}${inner}` : `{${options.join(', ')}}`;
};

const leaves = (tree: Tree, prefix: string): ConfigOption[] =>
  Object.entries(tree).flatMap(([key, value]) => {
    const path = prefix + key;
    if (isTree(value)) return leaves(value, `${path}.`);
    const isName = key === 'use' && prefix !== '';
    return [{ path: isName ? prefix.slice(0, -1) : path, value: textOf(value) }];
  });

/** Every option of a config by path. */
export const optionsOf = (config: Tree): ReadonlyMap<string, string> =>
  new Map(leaves(config, '').map(({ path, value }) => [path, value]));

/** The names of the plugins that a path runs through, whether or not the config has the option itself. */
const plugins = (options: ReadonlyMap<string, string>, path: string): string => {
  const segments = path.split('.');
  return segments
    .slice(0, -1)
    .map((_, index) => options.get(segments.slice(0, index + 1).join('.')) ?? '')
    .join('/');
};

/** Which options set configs apart, and which all of them share that have them. */
export const differences = (
  configs: readonly ReadonlyMap<string, string>[],
): { readonly differing: readonly string[]; readonly shared: readonly ConfigOption[] } => {
  const paths = [...new Set(configs.flatMap((options) => [...options.keys()]))];
  const values = (path: string): ReadonlySet<string | undefined> => {
    const holders = configs.filter((options) => options.has(path));
    const users = new Set(holders.map((options) => plugins(options, path)));
    const concerned = configs.filter((options) => options.has(path) || users.has(plugins(options, path)));
    return new Set(concerned.map((options) => options.get(path)));
  };
  return {
    differing: paths.filter((path) => values(path).size > 1),
    shared: paths.flatMap((path) => {
      const [value, ...others] = values(path);
      return value === undefined || others.length > 0 ? [] : [{ path, value }];
    }),
  };
};

/** The shortest ending of each path that no other path has: `latentDim` for `parameterization.latentDim`. */
export const shortNames = (paths: readonly string[]): ReadonlyMap<string, string> => {
  const endings = (path: string): string[] => {
    const segments = path.split('.');
    return segments.map((_, index) => segments.slice(-1 - index).join('.'));
  };
  const uses = new Map<string, number>();
  for (const ending of paths.flatMap(endings)) uses.set(ending, (uses.get(ending) ?? 0) + 1);
  return new Map(paths.map((path) => [path, endings(path).find((ending) => uses.get(ending) === 1) ?? path]));
};
