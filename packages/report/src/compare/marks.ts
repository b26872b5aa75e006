// The marks by which a page tells groups apart: a letter on the group's colour, and in the legend its line.
import { escape } from '../escape.ts';
import type { GroupSummary } from './comparison.ts';
import type { Look } from './colours.ts';

/** The letter of a group on its colour. */
export const badge = (letter: string, { name }: Look): string =>
  `<span class="badge" style="--c: var(--${name})">${escape(letter)}</span>`;

const sample = ({ name, dash }: Look): string =>
  `<svg class="stroke" viewBox="0 0 34 8" width="34" height="8" aria-hidden="true"><line x1="1" x2="33" y1="4" y2="4" stroke="var(--${name})" stroke-width="2.2" stroke-dasharray="${dash}"/></svg>`;

/** What the coloured groups are: without any validation they are those that were named first. */
const chosenAs = (groups: readonly GroupSummary[]): string =>
  groups.some(({ figures }) => Object.keys(figures).some((name) => name.startsWith('validation ')))
    ? 'best on validation'
    : 'first';

/** Every group in colour with its letter, its line and what sets it apart; the grey ones as one. */
export const legend = (groups: readonly GroupSummary[], looks: ReadonlyMap<string, Look>): string => {
  const looking = groups.flatMap((group) => {
    const look = looks.get(group.letter);
    return look ? [{ ...group, look }] : [];
  });
  const [coloured, grey] = [true, false].map((is) =>
    looking.filter(({ look }) => (look.name !== 'rest') === is),
  );
  const entries = (coloured ?? []).map(
    ({ letter, label, look }) => `<li>${badge(letter, look)}${sample(look)}${escape(label)}</li>`,
  );
  const [first] = grey ?? [];
  const others = (grey ?? []).map(({ letter }) => letter).join(', ');
  if (first)
    entries.push(`<li>${sample(first.look)}${escape(others)}: not among the ${chosenAs(groups)}</li>`);
  return `<ul class="legend">${entries.join('')}</ul>`;
};
