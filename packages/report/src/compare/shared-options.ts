// What all runs have in common, said once: the plugins and numbers of the run, and folded away the plugins' options.
import { escape } from '../escape.ts';
import { section } from '../page/section.ts';
import type { ConfigOption } from './config-paths.ts';

type Entry = readonly [name: string, value: string];

const list = (entries: readonly Entry[]): string =>
  `<dl class="shared">${entries
    .map(([name, value]) => `<div><dt>${escape(name)}</dt><dd>${escape(value)}</dd></div>`)
    .join('')}</dl>`;

/** Figures and options that are the same for all; nothing without any. */
export const sharedOptions = (figures: readonly Entry[], options: readonly ConfigOption[]): string => {
  const entries = options.map(({ path, value }) => [path, value] as const);
  const first = [...entries.filter(([path]) => !path.includes('.')), ...figures];
  const deeper = entries.filter(([path]) => path.includes('.'));
  const folded =
    deeper.length === 0
      ? ''
      : `<details><summary>Their options</summary>${list(deeper)}</details>`;
  const body = first.length + deeper.length === 0 ? '' : `<div class="card common">${list(first)}${folded}</div>`;
  return section({ id: 'common', title: 'The same for all' }, body);
};
