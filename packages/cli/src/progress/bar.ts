// The bar of a terminal: one line that is redrawn, at most ten times a second, never wider than the window.
import type { TrainEvent } from '@mapping-networks/core';
import { duration, score } from '../format.ts';
import { pacer, smoother } from './pace.ts';

type StepEvent = Extract<TrainEvent, { type: 'step' }>;

/** What the bar needs of a stream. */
export interface Screen {
  readonly columns?: number;
  /** Writes text as it is; what it returns is ignored. */
  write(text: string): unknown;
}

export interface Bar {
  step(event: StepEvent): void;
  /** Takes the bar off the screen, so that whole lines can be written. */
  clear(): void;
}

const clearLine = '\r\u001B[2K';
const hideCursor = '\u001B[?25l';
const showCursor = '\u001B[?25h';

/** The bar and its fields in at most `columns` columns: fields that do not fit are left out from the end. */
export const barText = (done: number, fields: readonly string[], columns: number): string => {
  const narrow = 12;
  const shown = [...fields];
  while (shown.length > 1 && shown.join('  ').length + narrow + 2 > columns) shown.pop();
  const text = shown.join('  ');
  const room = Math.min(28, columns - text.length - 2);
  if (room < narrow) return text.slice(0, Math.max(0, columns));
  const filled = Math.round(Math.min(1, Math.max(0, done)) * room);
  return `${'━'.repeat(filled)}${'─'.repeat(room - filled)}  ${text}`;
};

export const bar = (screen: Screen, epochs: number, now: () => number = Date.now): Bar => {
  const pace = pacer(now);
  const smooth = smoother();
  let drawn = -Infinity;
  let visible = false;
  return {
    step({ step, steps, epoch, loss, metrics }) {
      const { stepsPerSecond, remaining } = pace(step, steps);
      const scores = Object.entries({ loss, ...metrics }).map(([name, value]) =>
        score(name, smooth(name, value)),
      );
      if (now() - drawn < 100 && step < steps) return;
      drawn = now();
      const speed = `${stepsPerSecond.toFixed(stepsPerSecond < 10 ? 1 : 0)} steps/s`;
      const fields = [
        `${Math.floor((100 * step) / steps)} %`,
        `epoch ${String(epoch).padStart(String(epochs).length)}/${epochs}`,
        ...scores,
        // Unknown until a second step has ended.
        ...(stepsPerSecond > 0 ? [speed, `ETA ${duration(remaining)}`] : []),
      ];
      screen.write(
        `${visible ? '' : hideCursor}${clearLine}${barText(step / steps, fields, (screen.columns ?? 80) - 1)}`,
      );
      visible = true;
    },
    clear() {
      if (visible) screen.write(`${clearLine}${showCursor}`);
      visible = false;
    },
  };
};
