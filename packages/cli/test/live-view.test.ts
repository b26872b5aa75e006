// The live view on a virtual terminal: what a person sees, and that nothing is left of it but the lines that were
// printed, whatever happens to the window and whoever else writes into it.
import { progress } from '@mapping-networks/cli';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { besideOthers } from '../src/progress/beside-others.ts';
import { liveRegion } from '../src/progress/live-region.ts';
import { end, epoch, evaluate, printed, run, saved, start, step, steps, warning } from './a-run.ts';
import { virtualTerminal } from './virtual-terminal.ts';

const utf8 = { LANG: 'en_US.UTF-8' };

const open: (() => void)[] = [];
afterEach(() => {
  for (const close of open.splice(0)) close();
});

/** A listener on this terminal with a clock that shows half a second more after each step. */
const watching = ({ output }: ReturnType<typeof virtualTerminal>, env: Record<string, string> = utf8) => {
  let time = 0;
  const options = { env, now: () => time, memory: () => 300 * 1024 ** 2 };
  const show = progress(output, options);
  open.push(show.close);
  return Object.assign(
    (...events: readonly (typeof run)[number][]): void => {
      for (const event of events) {
        if (event.type === 'step') time += 500;
        show(event);
      }
    },
    { close: show.close },
  );
};

const stepsTo = (last: number, first = 1) =>
  Array.from({ length: last - first + 1 }, (_, index) => step(first + index));

const half = steps / 2;

describe('the view', () => {
  it('shows bar, curve, scores, memory and the last checkpoint', async () => {
    const terminal = virtualTerminal(80);
    const show = watching(terminal);
    show(start, ...stepsTo(half), evaluate(1), epoch(1), saved(half), ...stepsTo(30, half + 1));
    expect((await terminal.screen()).slice(0, 8)).toEqual([
      ...printed.slice(0, 2),
      // The time is left out where the window is too narrow for it.
      'epoch 1/2 | train loss 0.5000, accuracy 80.00 % | validation 0.6000, 75.00 %',
      '',
      '━━━━━━━━━━━━━━━━━━━━━───────   75 %  epoch 2/2  2.0 steps/s  ETA 5.0 s',
      'train       loss 0.0605  accuracy 55.82 %  █▇▆▅▅▄▄▄▃▃▃▃▃▂▂▂▂▂▂▂▂▂▁▁▁▁▁▁',
      'validation  loss 0.6000  accuracy 75.00 %  best so far',
      'memory      300 MB  saved at step 20, 5 s ago',
    ]);
    expect(await terminal.cursorVisible()).toBe(false);
    show(...stepsTo(steps, 31), evaluate(2), saved(steps));
    expect(await terminal.screen()).toContain(
      'validation  loss 0.5000  accuracy 70.00 %  best: accuracy 75.00 %, epoch 1',
    );
  });

  it('says before the first step that it is preparing it, and after the last that it is scoring', async () => {
    const terminal = virtualTerminal(80);
    const show = watching(terminal);
    show(start);
    expect(await terminal.screen()).toContain(
      `${'─'.repeat(28)}    0 %  epoch 1/2  preparing the first step`,
    );
    expect((await terminal.screen()).join('\n')).not.toContain('train  ');
    show(...stepsTo(steps));
    expect(await terminal.screen()).toContain(`${'━'.repeat(28)}  100 %  epoch 2/2  scoring`);
  });

  it('believes who saves the best, where somebody does', async () => {
    const terminal = virtualTerminal(80);
    const show = watching(terminal);
    show(start, ...stepsTo(half), evaluate(1), { type: 'checkpoint', step: half, kind: 'best' }, epoch(1));
    show(...stepsTo(steps, half + 1), evaluate(2), { type: 'checkpoint', step: steps, kind: 'best' });
    expect(await terminal.screen()).toContain('validation  loss 0.5000  accuracy 70.00 %  best so far');
  });

  it('is one line in a narrow window, and none in a very low one', async () => {
    const narrow = virtualTerminal(30, 24);
    watching(narrow)(start, ...stepsTo(10));
    const shown = (await narrow.screen()).filter((line) => /%|memory|train /.test(line));
    expect(shown).toEqual([' 25 %  epoch 1/2  2.0 steps/s']);
    const low = virtualTerminal(80, 2);
    watching(low)(start, ...stepsTo(10));
    expect(await low.lines()).toEqual(printed.slice(0, 2));
  });

  it.each([
    ['not told', {}],
    ['C', { LANG: 'C' }],
    ['a locale of another encoding', { LANG: 'de_DE.ISO-8859-1' }],
    ['overruled by another', { LANG: 'en_US.UTF-8', LC_ALL: 'POSIX' }],
  ])('is ASCII where the locale is %s', async (_, env) => {
    const terminal = virtualTerminal(80);
    watching(terminal, env)(start, ...stepsTo(half));
    const text = (await terminal.screen()).join('');
    expect(text).toMatch(/^[\u0020-\u007E]*$/);
    expect(text).toContain('##############--------------   50 %');
  });
});

describe('after the end', () => {
  it('the printed lines are left, and the cursor', async () => {
    const terminal = virtualTerminal(100);
    const show = watching(terminal);
    show(...run);
    expect(await terminal.lines()).toEqual(printed);
    expect(await terminal.cursorVisible()).toBe(true);
  });

  it('of a run that failed too, once it is closed', async () => {
    const terminal = virtualTerminal(100);
    const show = watching(terminal);
    show(start, ...stepsTo(7));
    show.close();
    show.close();
    expect(await terminal.lines()).toEqual(printed.slice(0, 2));
    expect(await terminal.cursorVisible()).toBe(true);
  });
});

/** Things that happen to a window in which a run is shown. */
const happenings = fc.array(
  fc.oneof(
    {
      weight: 4,
      arbitrary: fc.record({ type: fc.constant('steps' as const), many: fc.integer({ min: 1, max: 6 }) }),
    },
    {
      weight: 4,
      arbitrary: fc.record({
        type: fc.constant('resize' as const),
        columns: fc.integer({ min: 24, max: 130 }),
        rows: fc.option(fc.integer({ min: 20, max: 50 }), { nil: undefined }),
      }),
    },
    { weight: 2, arbitrary: fc.constant({ type: 'epoch' as const }) },
    { weight: 1, arbitrary: fc.constant({ type: 'warning' as const }) },
  ),
  { maxLength: 25 },
);

/** Words in the order in which they were printed, without folds, and without times, which narrow windows do not show. */
const flat = (lines: readonly string[]): string =>
  lines
    .join(' ')
    .replaceAll(/[|\s]+/g, ' ')
    .replaceAll('1 min 15 s', '')
    .replaceAll(/ +/g, ' ')
    .trim();

describe('whatever happens to the window', () => {
  it('no trace of the view is left, and every printed line is whole', async () => {
    await fc.assert(
      fc.asyncProperty(happenings, fc.integer({ min: 0, max: 30 }), async (things, before) => {
        const terminal = virtualTerminal(80, 24);
        const shell = Array.from({ length: before }, (_, index) => `$ command ${index}`);
        for (const line of shell) terminal.output.write(`${line}\n`);
        const expected = [...shell, ...printed.slice(0, 2)];
        const show = watching(terminal);
        show(start);
        let at = 0;
        for (const thing of things) {
          if (thing.type === 'steps') show(...stepsTo(at + thing.many, at + 1));
          if (thing.type === 'steps') at += thing.many;
          if (thing.type === 'epoch') show(evaluate(1), epoch(1), saved(at));
          if (thing.type === 'epoch') expected.push(printed[2] ?? '');
          if (thing.type === 'warning') show(warning);
          if (thing.type === 'warning') expected.push(printed[3] ?? '');
          if (thing.type === 'resize') await terminal.resize(thing.columns, thing.rows);
        }
        show(end);
        expect(flat(await terminal.lines())).toBe(flat(expected));
        expect(await terminal.cursorVisible()).toBe(true);
      }),
      { numRuns: 150 },
    );
  });

  it('not even on a terminal that cuts lines instead of wrapping them', async () => {
    const terminal = virtualTerminal(100, 24, false);
    const show = watching(terminal, { ...utf8, XTERM_VERSION: 'XTerm(390)' });
    show(start, ...stepsTo(half), evaluate(1), epoch(1));
    await terminal.resize(90);
    await terminal.resize(50);
    show(...stepsTo(25, half + 1));
    await terminal.resize(28);
    show(...stepsTo(steps, 26), end);
    const kept = (await terminal.lines()).map((line, index) => printed[index]?.startsWith(line));
    expect(kept).toEqual([true, true, true]);
  });
});

describe('others who write into the same window', () => {
  const shared = () => {
    const terminal = virtualTerminal(80);
    const stream = { write: (text: string) => terminal.output.write(text) };
    const region = liveRegion(terminal.output, {});
    const sharing = besideOthers(terminal.output, region, [stream]);
    const draw = (): void => {
      if (!sharing.midLine) region.draw([1, 2].map((row) => ({ text: `view ${row}`, width: 6 })));
    };
    return { terminal, stream, sharing, region, draw };
  };

  it('find their lines whole, above the view', async () => {
    const { terminal, stream, region, sharing, draw } = shared();
    draw();
    stream.write('a warning\nof two lines\n');
    draw();
    expect(await terminal.lines()).toEqual(['a warning', 'of two lines', 'view 1', 'view 2']);
    region.clear();
    sharing.end();
    expect(await terminal.lines()).toEqual(['a warning', 'of two lines']);
  });

  it('may finish a line that they have begun', async () => {
    const { terminal, stream, sharing, region, draw } = shared();
    draw();
    stream.write('loading');
    draw();
    stream.write(' … done\n');
    draw();
    region.clear();
    sharing.end();
    expect(await terminal.lines()).toEqual(['loading … done']);
  });

  it('get their own write back in the end', () => {
    const { stream, sharing } = shared();
    sharing.end();
    const listeners = ['SIGTERM', 'SIGHUP', 'exit'].map((name) => process.listenerCount(name));
    const { write } = stream;
    const again = besideOthers({ write }, liveRegion({ write }, {}), [stream]);
    expect(stream.write).not.toBe(write);
    again.end();
    expect(stream.write).toBe(write);
    expect(['SIGTERM', 'SIGHUP', 'exit'].map((name) => process.listenerCount(name))).toEqual(listeners);
  });
});
