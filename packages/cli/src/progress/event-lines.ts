// What a run says in whole lines: the same words on a terminal and in a file.
import type { TrainEvent } from '@mapping-networks/core';
import { match } from 'ts-pattern';
import { count, duration, scores } from '../format.ts';

/** The line (or two) of an event that deserves one; steps do not. */
export const eventLine = (event: TrainEvent): string | undefined =>
  match(event)
    .with({ type: 'start' }, (start) => {
      const size = `${count(start.trainables)} trainables for ${count(start.targetParameters)} parameters`;
      return `training on ${start.dataset.title}: ${size}\n${count(start.steps)} steps, ${start.engine}`;
    })
    .with({ type: 'warning' }, ({ message }) => `warning: ${message}`)
    .with({ type: 'epoch' }, ({ record, epochs }) => {
      const validation = record.validation ? ` | validation ${scores(record.validation)}` : '';
      const label = `epoch ${String(record.epoch).padStart(String(epochs).length)}/${epochs}`;
      return `${label} | train ${scores(record.train)}${validation} | ${duration(record.seconds)}`;
    })
    .with({ type: 'step' }, { type: 'evaluate' }, { type: 'end' }, () => undefined)
    .exhaustive();
