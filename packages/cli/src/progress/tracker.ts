// Follows a run by its events and can say at any time where it stands.
import type { Scores, TrainEvent } from '@mapping-networks/core';
import { curve } from './curve.ts';
import { pacer, smoother } from './pace.ts';
import type { Moment } from './view.ts';

type StartEvent = Extract<TrainEvent, { type: 'start' }>;
type StepEvent = Extract<TrainEvent, { type: 'step' }>;

export interface Tracker {
  hear(event: TrainEvent): void;
  /** Where the run stands. */
  now(): Moment;
}

/** Time in milliseconds, and memory held in bytes. */
export interface Gauges {
  readonly now: () => number;
  readonly memory: () => number;
}

/** Better by the first metric when that is accuracy, else by the loss; used where nobody saves the best. */
const better = (scores: Scores, than: Scores | undefined): boolean => {
  if (than === undefined) return true;
  const [now, before] = [scores['accuracy'], than['accuracy']];
  return now === undefined || before === undefined ? scores.loss < than.loss : now > before;
};

export const tracker = (start: StartEvent, { now, memory }: Gauges): Tracker => {
  const pace = pacer(now);
  const smooth = smoother();
  const losses = curve();
  let last: StepEvent | undefined;
  let train: Readonly<Record<string, number>> = {};
  let speed = { stepsPerSecond: 0, remaining: NaN };
  let validated: { epoch: number; scores: Scores } | undefined;
  let best: { epoch: number; scores: Scores } | undefined;
  /** Whoever saves the best says which it is; until then the scores themselves must do. */
  let told = false;
  let saved: { step: number; at: number } | undefined;

  const step = (event: StepEvent): void => {
    last = event;
    speed = pace(event.step, event.steps);
    losses.add(event.loss);
    train = Object.fromEntries(
      Object.entries({ loss: event.loss, ...event.metrics }).map(([name, value]) => [
        name,
        smooth(name, value),
      ]),
    );
  };

  const validate = (scores: Scores): void => {
    validated = { epoch: last?.epoch ?? 0, scores };
    if (!told && better(scores, best?.scores)) best = validated;
  };

  return {
    hear(event) {
      if (event.type === 'step') step(event);
      if (event.type === 'evaluate' && event.split === 'validation') validate(event.scores);
      if (event.type !== 'checkpoint') return;
      if (event.kind === 'best') [told, best] = [true, validated];
      else saved = { step: event.step, at: now() };
    },
    now: () => ({
      step: last?.step ?? start.step,
      steps: start.steps,
      epoch: last?.epoch ?? Math.min(start.epochs, 1 + Math.floor((start.step * start.epochs) / start.steps)),
      epochs: start.epochs,
      started: last !== undefined,
      ...speed,
      train,
      losses: losses.bins,
      validation: validated?.scores,
      best,
      memory: memory(),
      saved: saved && { step: saved.step, secondsAgo: (now() - saved.at) / 1000 },
    }),
  };
};
