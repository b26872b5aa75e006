// What may be shown where: redrawing, colours and characters; errors in a window and in a file; --quiet and --verbose.
import { run } from '@mapping-networks/cli';
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { isColoured, isLive, isUnicode, sizeOf } from '../src/output.ts';
import { specText } from '../src/spec-text.ts';
import { wrap } from '../src/wrap.ts';
import { emptyFolder, here, small } from './mapnet.ts';
import { nodeArguments } from './node-arguments.ts';

const stream = { write: () => true };
const window = { ...stream, isTTY: true };

afterEach(() => {
  vi.unstubAllEnvs();
});

describe('an output', () => {
  it.each([
    [window, {}, true],
    [stream, {}, false],
    [window, { TERM: 'dumb' }, false],
    [window, { CI: 'true' }, false],
    [window, { CI: '1' }, false],
    [window, { CI: 'false' }, true],
    [window, { CI: '' }, true],
  ])('%o with %o is redrawn: %s', (output, env, live) => {
    expect(isLive(output, env)).toBe(live);
  });

  it.each([
    [window, {}, true],
    [stream, {}, false],
    [window, { TERM: 'dumb' }, false],
    [window, { NO_COLOR: '1' }, false],
    [window, { NO_COLOR: '' }, true],
    [stream, { FORCE_COLOR: '1' }, true],
    [stream, { FORCE_COLOR: '' }, true],
    [window, { FORCE_COLOR: '0' }, false],
    [stream, { FORCE_COLOR: '1', NO_COLOR: '1' }, false],
  ])('%o with %o is coloured: %s', (output, env, coloured) => {
    expect(isColoured(output, env)).toBe(coloured);
  });

  it.each([
    [{ LANG: 'en_US.UTF-8' }, true],
    [{ LANG: 'C.utf8' }, true],
    [{ LANG: 'C' }, false],
    [{}, false],
    [{ LANG: 'en_US.UTF-8', LC_ALL: 'C' }, false],
    [{ LANG: 'C', LC_CTYPE: 'de_DE.UTF-8' }, true],
  ])('with %o has characters beyond ASCII: %s', (env, unicode) => {
    vi.stubEnv('TERM', 'xterm');
    expect(isUnicode(env, 'linux')).toBe(unicode);
  });

  it('is asked for its size anew, and has one where nobody knows', () => {
    expect(sizeOf(stream)).toEqual({ columns: 80, rows: 24 });
    expect(sizeOf({ ...window, columns: 50, rows: 10 })).toEqual({ columns: 50, rows: 10 });
    const fresh = { ...window, columns: 50, rows: 10, getWindowSize: () => [40, 8] as const };
    expect(sizeOf(fresh)).toEqual({ columns: 40, rows: 8 });
  });
});

describe('an error', () => {
  const said = async (output: object): Promise<string> => {
    let text = '';
    const stderr = { write: (part: string) => (text += part), ...output };
    await run(['train', ...small, '--target', 'cnn22'], {
      stdout: stream,
      stderr,
      folder: await emptyFolder(),
    });
    return text;
  };

  it('is two lines in a file, and ends with its code', async () => {
    vi.stubEnv('FORCE_COLOR', '0');
    expect(await said({})).toMatch(
      /^error: There is no target 'cnn22'\.\nDid you mean 'cnn2'\? Allowed: .*\. \(CORE_UNKNOWN_NAME\)\n$/,
    );
  });

  it('is folded in a window, in colours', async () => {
    vi.stubEnv('NO_COLOR', '');
    vi.stubEnv('FORCE_COLOR', '1');
    const text = await said({ isTTY: true, columns: 40, rows: 24 });
    expect(text.startsWith('\u001B[31merror:\u001B[39m There')).toBe(true);
    expect(text).toContain('\u001B[2m(CORE_UNKNOWN_NAME)\u001B[22m');
    const lines = stripVTControlCharacters(text).trimEnd().split('\n');
    expect(lines.length).toBeGreaterThan(2);
    for (const line of lines) expect(line.length).toBeLessThanOrEqual(40);
  });
});

it('an error of the command line has the same colour', async () => {
  let text = '';
  const stderr = { write: (part: string) => (text += part) };
  vi.stubEnv('NO_COLOR', '');
  vi.stubEnv('FORCE_COLOR', '1');
  await run(['trian'], { stdout: stream, stderr, folder: '.' });
  expect(text).toMatch(/^.{5}error:.{5} unknown command 'trian'\.\n/);
});

describe('words', () => {
  it('are folded between each other, and longer ones left whole', () => {
    expect(wrap('one two three', 8)).toBe('one two\nthree');
    expect(wrap('one incomprehensibilities two', 8, '  ')).toBe('one\n  incomprehensibilities\n  two');
    expect(wrap('one\ntwo three', 100)).toBe('one\ntwo three');
    expect(wrap('right 91 % of all', 8)).toBe('right\n91 % of\nall');
  });

  it('show a plugin as a call', () => {
    const projection = { use: 'hadamard' };
    const spec = {
      use: 'mapping',
      latentDim: 2,
      train: ['latent'],
      activation: { type: 'tanh' },
      projection,
    };
    expect(specText(spec)).toBe(
      'mapping(latentDim: 2, train: ["latent"], activation: {"type":"tanh"}, projection: hadamard)',
    );
    expect([specText([projection, { use: 'dense' }]), specText([]), specText(null)]).toEqual([
      'hadamard, dense',
      'none',
      'null',
    ]);
  });
});

describe('--quiet and --verbose', () => {
  let folder: string;
  let verbose: string;
  beforeAll(async () => {
    folder = await emptyFolder();
    verbose = (await here(folder, 'train', ...small, '--out', 'run', '--verbose')).stdout;
  });

  it('cannot be had at once', async () => {
    for (const command of ['train', 'resume run', 'eval run', 'report run']) {
      const { code, stdout, stderr } = await here(folder, ...command.split(' '), '--quiet', '--verbose');
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
      expect(stderr).toContain("option '--verbose' cannot be used with option '--quiet'");
    }
  });

  it('--verbose says what is trained, where it goes, and how long each phase took', () => {
    expect(verbose).toMatch(/^target +mlp\(inputShape: \[28,28,1\], hidden: \[8\],/m);
    expect(verbose).toMatch(/^seed +0$/m);
    expect(verbose).toContain(`run folder           ${join(folder, 'run')}\n`);
    expect(verbose.match(/^time: [a-z ,]+/gm)).toEqual([
      'time: loading data ',
      'time: first step, compiled, ',
      'time: training ',
    ]);
    expect(verbose).toMatch(/^checkpoint: step 6$/m);
    for (const line of verbose.split('\n')) expect(line.length).toBeLessThanOrEqual(100);
  });

  it('--quiet leaves nothing of training, and of eval the scores', async () => {
    const trained = await here(folder, 'train', ...small, '--out', 'quiet', '--quiet');
    expect(trained).toEqual({ code: 0, stdout: '', stderr: '' });
    const scored = await here(folder, 'eval', 'quiet', '--quiet');
    expect(scored).toMatchObject({ code: 0, stderr: '' });
    expect(scored.stdout).toMatch(/^Glyphs, test split \(60 examples\): loss \d.*\n$/);
    const more = await here(folder, 'eval', 'quiet', '--verbose');
    expect(more.stdout).toMatch(/^time: loading data .*\ntime: scoring .*\nGlyphs, test split/m);
    expect(await here(folder, 'report', 'quiet', '--quiet')).toEqual({ code: 0, stdout: '', stderr: '' });
  });
});

describe('a pipe that is closed', () => {
  /** Runs the command and closes its stdout as soon as `words` have been read, or at once. */
  const closedAfter = async (words: string | undefined, args: readonly string[]) => {
    const cwd = await emptyFolder();
    const child = spawn(process.execPath, nodeArguments(args), { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
    let [stdout, stderr] = ['', ''];
    child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
    if (words === undefined) child.stdout.destroy();
    child.stdout.on('data', (chunk: Buffer) => {
      stdout += chunk.toString();
      if (words !== undefined && stdout.includes(words)) child.stdout.destroy();
    });
    const code = await new Promise((resolve) => child.on('close', resolve));
    return { code, stderr };
  };

  it('is no error for a command that only tells something', async () => {
    expect(await closedAfter(undefined, ['list'])).toEqual({ code: 0, stderr: '' });
  });

  it('interrupts a run in good order', async () => {
    const { code, stderr } = await closedAfter('epoch      1/100000', [
      'train',
      ...small,
      '--epochs',
      '100000',
    ]);
    expect(code).toBe(130);
    expect(stderr).toMatch(
      /^interrupted after step \d+; .*\ngo on with: mapnet resume runs\/mlp-glyphs-\S+\n$/,
    );
  });
});
