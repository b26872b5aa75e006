// What made the run: its config with every default written out, to be copied and run again, and where it ran.
import { escape } from '../escape.ts';
import { section } from '../page/section.ts';
import type { Fact } from '../report-data.ts';

/** Keys of JSON set off from values; the text stays the same, so that copying gives the config. */
const keyed = (json: string): string =>
  escape(json).replaceAll(/^(\s*)(&quot;(?:(?!&quot;).)*&quot;)(?=: )/gm, '$1<b>$2</b>');

/** Lists of plain values on one line each, where they fit. */
const compact = (json: string): string =>
  json.replaceAll(/\[\n\s+([^[\]{}]*?)\n\s+\]/g, (all, inner: string) => {
    const line = `[${inner.replaceAll(/,\n\s+/g, ', ')}]`;
    return line.length <= 60 ? line : all;
  });

export const config = (value: unknown): string => {
  const json = compact(JSON.stringify(value, null, 2) ?? '');
  const known = value !== null && value !== undefined && json !== '{}';
  return section(
    {
      id: 'config',
      title: 'Config',
      text: 'The whole resolved config, every default written out; a run of it is this run again.',
    },
    known
      ? `<div class="card code"><button type="button" data-copy="config-text" hidden>Copy</button><pre id="config-text" tabindex="0">${keyed(json)}</pre></div>`
      : '',
  );
};

const line = ({ label, value, note }: Fact): string =>
  `<div><dt>${escape(label)}</dt><dd>${escape(value)}${note === undefined ? '' : ` <small>${escape(note)}</small>`}</dd></div>`;

export const environment = (facts: readonly Fact[] = []): string =>
  section(
    { id: 'environment', title: 'Environment', text: 'Where and with what the run was made.' },
    facts.length === 0 ? '' : `<dl class="card lines">${facts.map(line).join('\n')}</dl>`,
  );
