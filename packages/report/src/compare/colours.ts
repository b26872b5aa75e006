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

interface Scheme {
  readonly colours: readonly string[];
  /** Of all further groups. */
  readonly rest: string;
}

export const light: Scheme = {
  colours: ['#0063a6', '#b84400', '#00775a', '#a33c78', '#7d5800', '#4a5fd0', '#4d4d4d', '#7a3b00'],
  rest: '#85898f',
};

export const dark: Scheme = {
  colours: ['#5fb4f5', '#ff9b57', '#35cfa3', '#f09ccb', '#f0c14b', '#b5b8ff', '#d0d0d0', '#d9a066'],
  rest: '#7d818a',
};

const variables = ({ colours, rest }: Scheme): string =>
  [...colours.map((colour, place) => `--s${place}: ${colour};`), `--rest: ${rest};`].join(' ');

/** Colours as CSS variables: the dark ones on dark screens, never on paper. */
export const colourStyle: string = `
:root { ${variables(light)} }
@media screen and (prefers-color-scheme: dark) { :root { ${variables(dark)} } }
`;
