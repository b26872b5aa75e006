/** To what can mean something: files stay small, and differences readable. */
export const rounded = (value: number): number => Number(value.toPrecision(6));
