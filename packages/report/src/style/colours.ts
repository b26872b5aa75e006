// The colours of a page, as data: two schemes of the same names. They stay apart for colour-blind readers (after Okabe
// & Ito 2008, darkened or lightened); a test holds each against the grounds it is written on.

/** What a colour is for; `one` to `five` are series of equal rank. */
export type ColourName =
  | 'page'
  | 'card'
  | 'text'
  | 'muted'
  | 'line'
  | 'training'
  | 'validation'
  | 'right'
  | 'wrong'
  | 'one'
  | 'two'
  | 'three'
  | 'four'
  | 'five'
  | 'start'
  | 'end';

type Scheme = Readonly<Record<ColourName, `#${string}`>>;

export const light: Scheme = {
  page: '#f7f7f4',
  card: '#ffffff',
  text: '#1a1c21',
  muted: '#5a5f69',
  line: '#e1e1dc',
  training: '#687182',
  validation: '#0a60b3',
  right: '#0a60b3',
  wrong: '#b3430b',
  one: '#0a60b3',
  two: '#b3430b',
  three: '#00705a',
  four: '#8a3888',
  five: '#765900',
  start: '#b9a2d6',
  end: '#4b1d8f',
};

export const dark: Scheme = {
  page: '#111216',
  card: '#1a1c21',
  text: '#e8e8ea',
  muted: '#a3a8b3',
  line: '#33363d',
  training: '#99a3b4',
  validation: '#66b2ff',
  right: '#66b2ff',
  wrong: '#ff9a5c',
  one: '#66b2ff',
  two: '#ff9a5c',
  three: '#4fcfa6',
  four: '#dd9ce1',
  five: '#dfbf59',
  start: '#5b4b86',
  end: '#cdb3ff',
};

/** How much of a colour the fullest cell of a heat map takes, so that its number stays readable. */
export const fullestHeat: Readonly<Record<'light' | 'dark', number>> = { light: 0.55, dark: 0.45 };

/** A colour where CSS or an attribute of SVG takes one. */
export const colour = (name: ColourName): string => `var(--${name})`;

const variables = (scheme: Scheme, heat: number): string =>
  [...Object.entries(scheme).map(([name, value]) => `--${name}:${value}`), `--heat:${heat * 100}%`].join(';');

/** Both schemes as CSS variables: the dark one on dark screens, never on paper. */
export const colours: string = `:root{color-scheme:light dark;${variables(light, fullestHeat.light)}}
@media screen and (prefers-color-scheme:dark){:root{${variables(dark, fullestHeat.dark)}}}
@media print{:root{color-scheme:light;--page:#fff}}`;
