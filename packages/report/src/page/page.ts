// The page around the sections: head, style, script. Its content security policy lets nothing in from anywhere and runs
// no script but the one it came with, whatever texts a run put into it.
import { createHash } from 'node:crypto';
import { escape } from '../escape.ts';
import { style } from '../style.ts';
import { copyScript } from './copy-script.ts';

export interface PageContent {
  readonly title: string;
  /** One sentence below the title. */
  readonly subtitle: string;
  /** What a reader must know first. */
  readonly notices?: readonly string[];
  /** Sections as HTML; empty ones are left out. */
  readonly sections: readonly string[];
  /** CSS of these sections alone. */
  readonly style?: string;
}

const policy = [
  "default-src 'none'",
  "style-src 'unsafe-inline'",
  'img-src data:',
  `script-src 'sha256-${createHash('sha256').update(copyScript).digest('base64')}'`,
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

const notice = (text: string): string => `<p class="notice" role="note">${escape(text)}</p>`;

/** Links to the sections, read from their headings. */
const contents = (sections: readonly string[]): string => {
  const links = sections.flatMap((html) => {
    const [, id, title] = /<section id="([^"]*)"><h2>(.*?)<\/h2>/.exec(html) ?? [];
    return id === undefined || title === undefined ? [] : [`<li><a href="#${id}">${title}</a></li>`];
  });
  return links.length < 3 ? '' : `<nav aria-label="Sections of this page"><ul>${links.join('')}</ul></nav>`;
};

/** A whole HTML document, self-contained. */
export const page = ({ title, subtitle, notices = [], sections, style: own = '' }: PageContent): string => {
  const shown = sections.filter((section) => section !== '');
  const script = shown.some((section) => section.includes('data-copy='))
    ? `<script>${copyScript}</script>`
    : '';
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${escape(policy)}">
<title>${escape(title)}</title>
<style>${style}${own}</style>
</head>
<body>
<main>
<header><h1>${escape(title)}</h1><p class="lead">${escape(subtitle)}</p>
${[...notices.map(notice), contents(shown)].join('\n')}</header>
${shown.join('\n')}
</main>
${script}
</body>
</html>
`;
};
