// What all runs have in common, said once: plugins and the main numbers, and folded away every other option.
import { escape } from '../escape.ts';
import { section } from '../page/section.ts';
import type { ConfigOption } from './config-paths.ts';

type Entry = readonly [name: string, value: string];

const list = (entries: readonly Entry[]): string =>
  `<dl class="shared">${entries
    .map(([name, value]) => `<div><dt>${escape(name)}</dt><dd>${escape(value)}</dd></div>`)
    .join('')}</dl>`;

/** What a reader asks for first; the rest is folded away. */
const main: ReadonlySet<string> = new Set([
  'target',
  'dataset',
  'parameterization',
  'loss',
  'optimizer',
  'schedule',
  'engine',
  'epochs',
  'batchSize',
  'learningRate',
]);

/** Figures and options that are the same for all; nothing without any. */
export const sharedOptions = (figures: readonly Entry[], options: readonly ConfigOption[]): string => {
  const entries = options.map(({ path, value }) => [path, value] as const);
  const first = [...entries.filter(([path]) => main.has(path)), ...figures];
  const rest = entries.filter(([path]) => !main.has(path));
  const folded =
    rest.length === 0 ? '' : `<details><summary>Every option they share</summary>${list(rest)}</details>`;
  const body =
    first.length + rest.length === 0 ? '' : `<div class="card common">${list(first)}${folded}</div>`;
  return section({ id: 'common', title: 'The same for all' }, body);
};
