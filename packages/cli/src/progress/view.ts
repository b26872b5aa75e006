// What the live view shows of a run: a bar, training beside its curve, validation beside the best of it, memory and
// the last checkpoint. From a state to lines, in any width; how they get onto a screen is the live region's business.
import type { Scores } from '@mapping-networks/core';
import { bytes, count, duration, score } from '../format.ts';
import type { Colours } from '../output.ts';
import { bar } from './bar.ts';
import { sparkline } from './curve.ts';
import { fitting, lineOf, type Field } from './fields.ts';
import type { Line } from './live-region.ts';

/** A run at one moment. */
export interface Moment {
  readonly step: number;
  readonly steps: number;
  readonly epoch: number;
  readonly epochs: number;
  /** A step has been done in this process. */
  readonly started: boolean;
  readonly stepsPerSecond: number;
  /** Seconds to the last step; not finite while unknown. */
  readonly remaining: number;
  /** Loss and metrics of the latest steps, smoothed. */
  readonly train: Readonly<Record<string, number>>;
  /** The loss of the whole run, in at most that many means. */
  readonly losses: (width: number) => readonly number[];
  readonly validation?: Scores | undefined;
  readonly best?: { readonly epoch: number; readonly scores: Scores } | undefined;
  /** Bytes that the process holds. */
  readonly memory: number;
  readonly saved?: { readonly step: number; readonly secondsAgo: number } | undefined;
}

/** How text may look. */
export interface Look {
  readonly colours: Colours;
  readonly unicode: boolean;
}

/** No line is longer: a window may become somewhat narrower without wrapping any. */
const widest = 76;
/** Below this, only the first line is left. */
const narrow = 40;

const doing = ({ started, step, steps, stepsPerSecond, remaining }: Moment): readonly Field[] => {
  if (step >= steps) return [{ text: 'scoring' }];
  if (!started) return [{ text: 'preparing the first step' }];
  if (!(stepsPerSecond > 0)) return [];
  const speed = `${stepsPerSecond.toFixed(stepsPerSecond < 10 ? 1 : 0)} steps/s`;
  return [{ text: speed }, { text: `ETA ${duration(remaining)}` }];
};

const heading = (moment: Moment, columns: number, { unicode }: Look): readonly Field[] => {
  const { step, steps, epoch, epochs } = moment;
  const fields = fitting(
    [
      { text: `${Math.floor((100 * step) / steps)} %`.padStart(5), style: 'bold' },
      { text: `epoch ${String(epoch).padStart(String(epochs).length)}/${epochs}` },
      ...doing(moment),
    ],
    columns,
  );
  const room = Math.min(28, columns - 2 - fields.map(({ text }) => text).join('  ').length);
  return room < 6 ? fields : [{ text: bar(step / steps, room, unicode), style: 'cyan' }, ...fields];
};

const scored = (values: Readonly<Record<string, number>>): readonly Field[] =>
  Object.entries(values).map(([name, value]) => ({ text: score(name, value) }));

const label = (text: string): Field => ({ text: text.padEnd('validation'.length), style: 'dim' });

const training = (moment: Moment, columns: number, { unicode }: Look): readonly Field[] => {
  if (!moment.started) return [];
  const fields = fitting([label('train'), ...scored(moment.train)], columns);
  const room = Math.min(28, columns - 2 - fields.map(({ text }) => text).join('  ').length);
  if (room < 8) return fields;
  return [...fields, { text: sparkline(moment.losses(room), unicode), style: 'cyan' }];
};

const validating = ({ validation, best }: Moment, columns: number): readonly Field[] => {
  if (validation === undefined) return [];
  return fitting([label('validation'), ...scored(validation), ...bestOf(validation, best)], columns);
};

/** Where the best validation was: told by its first metric, or by its loss where there is none. */
const bestOf = (validation: Scores, best: Moment['best']): readonly Field[] => {
  if (best === undefined) return [];
  if (best.scores === validation) return [{ text: 'best so far', style: 'green' }];
  const [loss, metric = loss] = Object.entries(best.scores);
  return metric ? [{ text: `best: ${score(...metric)}, epoch ${best.epoch}` }] : [];
};

const keeping = ({ memory, saved }: Moment, columns: number): readonly Field[] => {
  const when = (seconds: number): string => (seconds < 1 ? 'just now' : `${duration(seconds, 'whole')} ago`);
  const ago = saved && `saved at step ${count(saved.step)}, ${when(saved.secondsAgo)}`;
  const texts = [bytes(memory), ...(ago ? [ago] : [])];
  return fitting([label('memory'), ...texts.map((text): Field => ({ text, style: 'dim' }))], columns);
};

/** The view in a window of `columns`, at most four lines below an empty one. */
export const viewLines = (moment: Moment, columns: number, look: Look): readonly Line[] => {
  const width = Math.min(widest, columns - 1);
  const rows = [
    heading(moment, width, look),
    ...(width < narrow
      ? []
      : [training(moment, width, look), validating(moment, width), keeping(moment, width)]),
  ].filter((fields) => fields.length > 0);
  return [{ text: '', width: 0 }, ...rows.map((fields) => lineOf(fields, look.colours))];
};
