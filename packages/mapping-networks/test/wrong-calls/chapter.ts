// A chapter of the table of wrong calls. A call is a line of JavaScript, run as it stands here and shown as it stands
// here, with every export of the packages and the values of `scope.ts` in reach.

export interface Chapter {
  readonly title: string;
  readonly calls: readonly string[];
}

/** One call a line; what is indented goes on the line before. */
export const chapter = (title: string, lines: string): Chapter => ({
  title,
  calls: lines
    .trim()
    .split(/\n(?! )/)
    .filter((line) => line !== ''),
});
