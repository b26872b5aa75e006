// docs/errors.md: every code of every package, when it comes up, what it says, what to do. Written by `npm run sync`.

import { cataloguedErrors, type CataloguedError } from './error-catalogues.ts';
import { publishedName } from './layers.ts';
import { readPackages, type Files } from './workspace.ts';

const head = `# Errors and warnings

Everything that these packages throw is a \`MappingNetworksError\`: a \`code\` that stays the same from release to release,
a \`message\` that says what was expected, what came and what to do, and the last part alone as \`remedy\`. Match on the
code, never on words. The command prints it behind the message; \`--debug\` adds where the error is from.

In the messages below, words in italics are filled in when the error is thrown. Warnings have a code too, and stop
nothing.

<!-- written by \`npm run sync\` from the packages' catalogues, src/**/errors.ts -->
`;

/** Words as Markdown: what is filled in in italics, nothing else marked up. */
const markdown = (words: string): string =>
  words
    .replace(/[\\`*<]|(?<!\w)_|_(?!\w)/g, '\\$&')
    .replace(/⟨([^⟩]*)⟩/g, (_, name: string) => `_${name.replaceAll('\\', '')}_`);

const lines = (label: string, wordings: readonly string[]): string[] =>
  // What says nothing but "remedy" is worded where the error is thrown.
  wordings
    .filter((words) => !/^⟨\w+⟩$/.test(words))
    .map((words, index) => `- ${index === 0 ? label : 'Or'}: ${markdown(words)}`);

const entry = (code: string, errors: readonly CataloguedError[]): string => {
  const blocks = errors.flatMap(({ comment, problems, remedies, warning }) => [
    ...(comment === undefined ? [] : [`${comment}\n`]),
    [...lines(warning ? 'Warns' : 'Says', problems), ...lines('To do', remedies)].join('\n') + '\n',
  ]);
  return `### ${code}\n\n${blocks.join('\n')}`;
};

const section = (short: string, errors: readonly CataloguedError[]): string => {
  const codes = [...new Set(errors.map(({ code }) => code))].sort();
  const entries = codes.map((code) =>
    entry(
      code,
      errors.filter((error) => error.code === code),
    ),
  );
  return `## ${publishedName(short)}\n\n${entries.join('\n')}`;
};

/** The content of docs/errors.md. */
export const errorPage = (files: Files): string => {
  const errors = cataloguedErrors(files);
  const sections = readPackages(files).flatMap(({ short }) => {
    const own = errors.filter((error) => error.short === short);
    return own.length === 0 ? [] : [section(short, own)];
  });
  return [head, ...sections].join('\n');
};
