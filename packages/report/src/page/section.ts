// The frame of everything on the page: a section with its heading and one sentence that says how to read it, and the
// figure of one chart. Titles and sentences are plain text; bodies are HTML.
import { escape } from '../escape.ts';

/** A sentence as HTML; a number stays on the line of its sign. */
const sentence = (text: string): string => escape(text).replaceAll(' %', '\u00A0%');

export interface Heading {
  /** The anchor; unique on the page. */
  readonly id: string;
  readonly title: string;
  /** How to read what follows. */
  readonly text?: string;
}

/** A section of the page; nothing when its body is empty. */
export const section = ({ id, title, text }: Heading, body: string): string =>
  body === ''
    ? ''
    : `<section id="${escape(id)}"><h2>${escape(title)}</h2>
${text === undefined ? '' : `<p class="lead">${sentence(text)}</p>\n`}${body}</section>`;

/** A card with a heading of its own. */
export const card = (title: string, text: string, body: string, kind = ''): string =>
  `<figure class="card ${kind}"><figcaption><h3>${escape(title)}</h3><p>${sentence(text)}</p></figcaption>${body}</figure>`;

/** Cards beside each other where there is room. */
export const cards = (all: readonly string[], kind = 'pairs'): string => {
  const shown = all.filter((one) => one !== '');
  return shown.length === 0 ? '' : `<div class="${kind}">${shown.join('\n')}</div>`;
};
