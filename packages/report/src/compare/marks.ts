// The marks by which a page tells groups apart: a letter on the group's colour, and in the legend its line.
import { escape } from '../escape.ts';
import type { GroupSummary } from './comparison.ts';
import type { Look } from './colours.ts';

/** The letter of a group on its colour. */
export const badge = (letter: string, { name }: Look): string =>
  `<span class="badge" style="--c: var(--${name})">${escape(letter)}</span>`;

const sample = ({ name, dash }: Look): string =>
  `<svg class="stroke" viewBox="0 0 34 8" width="34" height="8" aria-hidden="true"><line x1="1" x2="33" y1="4" y2="4" stroke="var(--${name})" stroke-width="2.2" stroke-dasharray="${dash}"/></svg>`;

/** Every group with its letter, its line and what sets it apart. */
export const legend = (groups: readonly GroupSummary[], looks: ReadonlyMap<string, Look>): string => {
  const entry = ({ letter, label }: GroupSummary): string => {
    const look = looks.get(letter);
    return look ? `<li>${badge(letter, look)}${sample(look)}${escape(label)}</li>` : '';
  };
  return `<ul class="legend">${groups.map(entry).join('')}</ul>`;
};
