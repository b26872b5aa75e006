// What a run says in whole lines: the same words on a terminal and in a file.
import type { TrainEvent } from '@mapping-networks/core';
import { match } from 'ts-pattern';
import { count, duration, ratio, score, scoreValue, scores } from '../format.ts';
import { wrap } from '../wrap.ts';

type Event<Type extends TrainEvent['type']> = Extract<TrainEvent, { type: Type }>;

/** Pieces of a line, ` | ` between them; those that would pass `columns` go to lines of their own, indented. */
export const folded = (pieces: readonly string[], columns: number): string =>
  pieces.reduce((text, piece) => {
    const longer = `${text} | ${piece}`;
    return longer.slice(longer.lastIndexOf('\n') + 1).length <= columns ? longer : `${text}\n  ${piece}`;
  });

const counted = (value: number, what: string): string => `${count(value)} ${what}${value === 1 ? '' : 's'}`;

const started = ({
  dataset,
  trainables,
  targetParameters,
  step,
  steps,
  epochs,
  engine,
}: Event<'start'>): string => {
  const numbers = `${count(trainables)} trainables for ${count(targetParameters)} parameters`;
  const size = `training on ${dataset.title}: ${numbers} (${ratio(targetParameters / trainables)})`;
  const length = `${counted(steps, 'step')} in ${counted(epochs, 'epoch')}, ${engine}`;
  return [size, length, ...(step > 0 ? [`going on after step ${count(step)}`] : [])].join('\n');
};

/**
 * Training names its scores; validation has the same ones in the same order, so that their names are left out. So is the
 * time, where the window is too narrow for it.
 */
const epochDone = ({ record, epochs }: Event<'epoch'>, columns: number): string => {
  const { epoch, train, validation, seconds } = record;
  const names = Object.keys(train).join();
  const validated =
    validation &&
    (Object.keys(validation).join() === names
      ? Object.entries(validation)
          .map(([name, value]) => scoreValue(name, value))
          .join(', ')
      : scores(validation));
  const pieces = [
    `epoch ${String(epoch).padStart(String(epochs).length)}/${epochs}`,
    `train ${scores(train)}`,
    ...(validated ? [`validation ${validated}`] : []),
  ];
  const whole = [...pieces, duration(seconds)].join(' | ');
  return whole.length <= columns ? whole : folded(pieces, columns);
};

const ended = ({ reason }: Event<'end'>): string | undefined =>
  match(reason)
    .with('completed', 'aborted', () => undefined)
    .with('stopped', () => 'ended early: a callback asked for it')
    .with('patience', () => 'ended early: validation has stopped improving (--patience)')
    .with('time-limit', () => 'ended early: the time is up (--time-limit)')
    .exhaustive();

/**
 * The line (or more) of an event that deserves one; steps have none. In a window prose is folded at its `columns`;
 * elsewhere a warning stays one line.
 */
export const eventLine = (event: TrainEvent, columns?: number): string | undefined =>
  match(event)
    .with({ type: 'start' }, (event) => wrap(started(event), columns ?? Infinity, '  '))
    .with({ type: 'warning' }, ({ message }) => wrap(`warning: ${message}`, columns ?? Infinity, '  '))
    .with({ type: 'epoch' }, (epoch) => epochDone(epoch, Math.min(100, columns ?? 100)))
    .with({ type: 'end' }, ended)
    .with({ type: 'step' }, { type: 'evaluate' }, { type: 'checkpoint' }, () => undefined)
    .exhaustive();

/** What is said of a step where nothing is redrawn. */
export const stepLine = (
  { step, steps, loss, metrics }: Event<'step'>,
  stepsPerSecond: number,
  remaining: number,
): string => {
  const scored = Object.entries({ loss, ...metrics }).map(([name, value]) => score(name, value));
  const pace =
    stepsPerSecond > 0 ? [`${stepsPerSecond.toFixed(1)} steps/s`, `ETA ${duration(remaining)}`] : [];
  return folded([`step ${step}/${steps}`, scored.join(', '), ...pace], 100);
};
