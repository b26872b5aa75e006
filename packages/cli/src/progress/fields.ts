// A line made of fields: in a narrow window it loses its last ones, whole, before anything is cut.
import type { Colours } from '../output.ts';
import type { Line } from './live-region.ts';

export interface Field {
  readonly text: string;
  readonly style?: 'dim' | 'bold' | 'cyan' | 'green';
}

const gap = '  ';

const widthOf = (fields: readonly Field[]): number => fields.map(({ text }) => text).join(gap).length;

/** As many of the fields as fit into `columns`; of the first, at least what fits. */
export const fitting = (fields: readonly Field[], columns: number): readonly Field[] => {
  if (fields.length > 1 && widthOf(fields) > columns) return fitting(fields.slice(0, -1), columns);
  return fields.map((field) => ({ ...field, text: field.text.slice(0, Math.max(0, columns)) }));
};

/** The fields as one line, in colours. */
export const lineOf = (fields: readonly Field[], colours: Colours): Line => ({
  text: fields.map(({ text, style }) => (style ? colours[style](text) : text)).join(gap),
  width: widthOf(fields),
});
