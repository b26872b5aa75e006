// The examples of the documentation: every `ts` block of a docstring or a Markdown page is a program. Lines of the form
// `console.log(…); // 42` state what they print; a fence `ts no-run` marks a program that takes too long to be run.

/** One code block. Line n of `code` is line `line + n - 1` of the file. */
export interface Example {
  /** Relative to the root of the repository. */
  readonly path: string;
  /** Of its first line of code. */
  readonly line: number;
  readonly code: string;
  /** False for `ts no-run`: such an example is only compiled. */
  readonly runs: boolean;
}

/** What a line of an example says that it prints. */
export interface StatedOutput {
  /** In the example, 1 for the first. */
  readonly line: number;
  readonly text: string;
}

const FENCE = /^```(ts|js|typescript|javascript)\b *(.*)$/;

/** The code blocks of plain Markdown lines; `first` is the number of the first of them in the file. */
const blocksIn = (path: string, lines: readonly string[], first: number): Example[] => {
  const examples: Example[] = [];
  let open: { readonly at: number; readonly info: string } | undefined;
  lines.forEach((text, at) => {
    const fence = open === undefined ? FENCE.exec(text) : null;
    if (fence) open = { at, info: fence[2] ?? '' };
    if (open === undefined || fence || text !== '```') return;
    if (!['', 'no-run'].includes(open.info))
      throw new Error(`${path}: unknown code fence 'ts ${open.info}'.`);
    const code = lines.slice(open.at + 1, at).join('\n');
    examples.push({ path, line: first + open.at + 1, code, runs: open.info === '' });
    open = undefined;
  });
  return examples;
};

const lineAt = (text: string, index: number): number => text.slice(0, index).split('\n').length;

/** The examples of a Markdown page, or those in the docstrings of a source file. */
export const examplesIn = (path: string, text: string): Example[] =>
  path.endsWith('.md')
    ? blocksIn(path, text.split('\n'), 1)
    : [...text.matchAll(/^[ \t]*\/\*\*[\s\S]*?\*\//gm)].flatMap(({ 0: comment, index }) => {
        const lines = comment.split('\n').map((line) => line.replace(/^\s*\* ?/, ''));
        return blocksIn(path, lines, lineAt(text, index));
      });

/** What the lines of an example state: a comment behind a `console.log` of one line. */
export const statedOutputs = ({ code }: Example): StatedOutput[] =>
  code.split('\n').flatMap((text, at) => {
    const stated = /^\s*console\.log\(.*\); \/\/ (.+)$/.exec(text)?.[1];
    return stated === undefined ? [] : [{ line: at + 1, text: stated }];
  });

/** Without quotes, separators and sizes of typed arrays; one space between words, none beside brackets. */
const bare = (text: string): string =>
  text
    .replace(/Array\(\d+\)/g, 'Array')
    .replace(/['"`]/g, '')
    .replace(/[\s,]+/g, ' ')
    .replace(/ ?([[\]{}()]) ?/g, '$1')
    .trim();

/**
 * Whether a program printed what its comment states. `…` stands for anything, and the digits of a fraction may be cut
 * off: `0.2395` states `0.23954`.
 */
export const printsAsStated = (stated: string, printed: string): boolean => {
  const pattern = bare(stated)
    .replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
    .replace(/\d+\\\.\d+(?!\d)/g, '$&\\d*')
    .replaceAll('…', '.*');
  return new RegExp(`^${pattern}$`).test(bare(printed));
};

/** The docstring in front of the declaration of an exported name, where there is one. */
export const docstringOf = (name: string, source: string): string | undefined => {
  const declaration = new RegExp(`^export (?:const|class|(?:async )?function) ${name}\\b`, 'm').exec(source);
  const before = declaration ? source.slice(0, declaration.index).trimEnd() : '';
  return before.endsWith('*/') ? before.slice(before.lastIndexOf('/**')) : undefined;
};
