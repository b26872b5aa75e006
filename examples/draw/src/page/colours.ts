// The colours of style/colours.css, as pixels need them.

export type Colour = readonly [red: number, green: number, blue: number];

/** A colour of the page as it is now, light or dark, each part 0 … 255. */
export const colour = (name: 'paper' | 'ink' | 'accent' | 'opposite'): Colour => {
  const value = getComputedStyle(document.documentElement).getPropertyValue(`--${name}`);
  const [red = 0, green = 0, blue = 0] = value.match(/[\d.]+/g)?.map(Number) ?? [];
  return [red, green, blue];
};

/** The same as CSS. */
export const css = (parts: Colour): string => `rgb(${parts.join(' ')})`;
