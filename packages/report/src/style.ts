// The whole style of a page, joined from its parts.
import { charts } from './style/charts.ts';
import { colours } from './style/colours.ts';
import { layout } from './style/layout.ts';
import { print } from './style/print.ts';
import { tables } from './style/tables.ts';

export const style: string = [colours, layout, charts, tables, print].join('\n');
