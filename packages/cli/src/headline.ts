// The one score of several that tables show: what a task is judged by.
import type { Scores } from '@mapping-networks/core';

/** The first metric and its value; the loss where there is none. */
export const headline = ({ loss, ...metrics }: Scores): readonly [name: string, value: number] =>
  Object.entries(metrics)[0] ?? ['loss', loss];
