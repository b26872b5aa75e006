// How groups are told apart in charts: by the letter at the end of the line first, then by colour and dashes. The first
// eight places have colours of their own, of different lightness and from the palette of Okabe and Ito, which holds for
// the colour-blind; further groups are grey.

/** Dashes of the eight places, as in SVG; the first is a plain line. */
const dashes: readonly string[] = ['none', '7 3', '2 2.5', '9 3 2 3', '4 2', '12 4', '1 3', '6 2 1 2 1 2'];

/** How a line looks: a CSS class for its colour, and its dashes. */
export interface Look {
  readonly name: string;
  readonly dash: string;
}

/** The look of a place in the ranking, 0 for the first; those behind the eighth share one. */
export const lookOf = (place: number): Look => {
  const dash = dashes[place];
  return dash === undefined ? { name: 'rest', dash: 'none' } : { name: `s${place}`, dash };
};

const light = ['#0063a6', '#c14a00', '#00775a', '#a8437c', '#8a6100', '#2a86c4', '#4d4d4d', '#7a3b00'];
const dark = ['#5fb4f5', '#ff9b57', '#35cfa3', '#f09ccb', '#f0c14b', '#a5d8ff', '#d0d0d0', '#d9a066'];

const variables = (colours: readonly string[], rest: string): string =>
  [...colours.map((colour, place) => `--s${place}: ${colour};`), `--rest: ${rest};`].join(' ');

/** Colours as CSS variables, for both schemes. */
export const colourStyle = `
:root { ${variables(light, '#8d9097')} }
@media (prefers-color-scheme: dark) { :root { ${variables(dark, '#7d818a')} } }
@media print { :root { ${variables(light, '#8d9097')} } }
`;
