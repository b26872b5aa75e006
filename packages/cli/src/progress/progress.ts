// Shows a run while it trains: a live view on a terminal, plain lines everywhere else. Both print the same lines for
// the same events; the view only adds what lies between two of them.
import type { TrainEvent } from '@mapping-networks/core';
import { match } from 'ts-pattern';
import { coloursOf, isLive, isUnicode, sizeOf, type Output } from '../output.ts';
import { besideOthers, type Sharing } from './beside-others.ts';
import { eventLine, stepLine } from './event-lines.ts';
import { liveRegion } from './live-region.ts';
import { pacer } from './pace.ts';
import { phases } from './phases.ts';
import { tracker, type Tracker } from './tracker.ts';
import { viewLines } from './view.ts';

/** How a run is shown. */
export interface ProgressOptions {
  /** Time in milliseconds. Default `Date.now`. */
  readonly now?: () => number;
  /** Memory held, in bytes. Default: the resident set of this process. */
  readonly memory?: () => number;
  /** Also how long each phase took, and every checkpoint. Default false. */
  readonly verbose?: boolean | undefined;
  /** Decides about redrawing, colours and characters: CI, TERM, NO_COLOR, FORCE_COLOR, LANG. Default `process.env`. */
  readonly env?: Readonly<Record<string, string | undefined>>;
}

/** A listener for training events. */
export interface Progress {
  (event: TrainEvent): void;
  /** Takes everything that is redrawn off the screen. The event `end` does so too; a run that fails has none. */
  close(): void;
}

/** Between two lines about steps when nothing is redrawn. */
const quietMilliseconds = 10_000;
/** Between two redraws. */
const frameMilliseconds = 100;

/**
 * A listener for training events that writes to `output`: on a terminal a live view of a few lines below what is
 * printed, in a pipe, in CI (environment variable `CI`) and with `TERM=dumb` plain lines, at most one every ten seconds
 * between two epochs. Call `close` when the run has failed.
 *
 * @example
 * ```ts
 * import { progress } from '@mapping-networks/cli';
 * const show = progress(process.stdout);
 * show({ type: 'warning', code: 'DEMO', message: 'something to know' }); // warning: something to know
 * show.close();
 * ```
 */
export const progress = (output: Output, options: ProgressOptions = {}): Progress => {
  const { now = Date.now, verbose = false } = options;
  const extra = verbose ? phases(now) : () => undefined;
  const shown = isLive(output, options.env) ? onTerminal : inLines;
  return shown(output, options, (event, columns) => {
    const lines = [eventLine(event, columns), extra(event)].filter((line) => line !== undefined);
    return lines.length > 0 ? lines.join('\n') : undefined;
  });
};

type Words = (event: TrainEvent, columns?: number) => string | undefined;

const onTerminal = (output: Output, options: ProgressOptions, words: Words): Progress => {
  const { now = Date.now, memory = () => process.memoryUsage.rss(), env } = options;
  const look = { colours: coloursOf(output, env), unicode: isUnicode(env) };
  const region = liveRegion(output, env);
  let run: Tracker | undefined;
  let sharing: Sharing | undefined;
  let drawn = -Infinity;

  const draw = (): void => {
    if (run === undefined || sharing?.midLine === true) return;
    drawn = now();
    region.draw(viewLines(run.now(), sizeOf(output).columns, look));
  };
  const close = (): void => {
    region.clear();
    sharing?.end();
    output.off?.('resize', draw);
    [run, sharing] = [undefined, undefined];
  };
  const open = (event: Extract<TrainEvent, { type: 'start' }>): void => {
    close();
    run = tracker(event, { now, memory });
    sharing = besideOthers(output, region);
    output.on?.('resize', draw);
  };

  /** Not after a validation: whether it is the best is told only then. */
  const isDue = (event: TrainEvent): boolean =>
    match(event)
      .with({ type: 'start' }, { type: 'checkpoint' }, () => true)
      .with({ type: 'step' }, ({ step, steps }) => step === steps || now() - drawn >= frameMilliseconds)
      .with({ type: 'epoch' }, { type: 'evaluate' }, { type: 'warning' }, { type: 'end' }, () => false)
      .exhaustive();

  const listen = (event: TrainEvent): void => {
    if (event.type === 'end') close();
    const line = words(event, sizeOf(output).columns);
    if (line !== undefined) region.print(coloured(line, look.colours.yellow));
    if (event.type === 'start') open(event);
    run?.hear(event);
    if (isDue(event)) draw();
  };
  return Object.assign(listen, { close });
};

/** The word `warning` in colour. */
const coloured = (line: string, colour: (text: string) => string): string =>
  line.replace(/^warning:/, colour);

const inLines = (output: Output, options: ProgressOptions, words: Words): Progress => {
  const { now = Date.now, env } = options;
  const { yellow } = coloursOf(output, env);
  const pace = pacer(now);
  let last = now();

  const stepWords = (event: Extract<TrainEvent, { type: 'step' }>): string | undefined => {
    const { stepsPerSecond, remaining } = pace(event.step, event.steps);
    return now() - last < quietMilliseconds ? undefined : stepLine(event, stepsPerSecond, remaining);
  };
  const listen = (event: TrainEvent): void => {
    const said = words(event);
    const line = event.type === 'step' ? (stepWords(event) ?? said) : said;
    if (line === undefined) return;
    last = now();
    output.write(`${coloured(line, yellow)}\n`);
  };
  return Object.assign(listen, { close: () => {} });
};
