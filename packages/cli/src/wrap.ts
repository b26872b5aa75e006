// Prose folded between words, for windows and for help.

/**
 * The text in lines of at most `columns`; a longer word has a line of its own, `%` stays with its number. Lines after
 * the first start with `indent`.
 */
export const wrap = (text: string, columns: number, indent = ''): string =>
  text
    .split('\n')
    .map((paragraph) =>
      paragraph.split(/ (?!%)/).reduce((lines, word) => {
        const longer = `${lines} ${word}`;
        const fits = longer.slice(longer.lastIndexOf('\n') + 1).length <= columns;
        return fits ? longer : `${lines}\n${indent}${word}`;
      }),
    )
    .join('\n');
