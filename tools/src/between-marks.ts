// Parts of pages that a script writes: what stands between `<!-- NAME: written by COMMAND -->` and `<!-- /NAME -->`.

export interface Marks {
  readonly name: string;
  /** The command that writes the part, for whoever would edit it by hand. */
  readonly by: string;
}

/** `page` with `text` between its marks. @throws Error when the marks are not there */
export const betweenMarks = (page: string, { name, by }: Marks, text: string): string => {
  const [begin, end] = [`<!-- ${name}: written by \`${by}\` -->`, `<!-- /${name} -->`];
  const [from, to] = [page.indexOf(begin), page.indexOf(end)];
  if (from < 0 || to < from)
    throw new Error(`Expected the lines '${begin}' and '${end}' in the page; put them back.`);
  return `${page.slice(0, from + begin.length)}\n\n${text}\n\n${page.slice(to)}`;
};
