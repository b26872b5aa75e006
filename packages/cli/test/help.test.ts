// The help: the same words as before (golden texts), in any width, with flags, defaults, names and examples that are
// the real ones.
import type { CommandUnknownOpts } from '@commander-js/extra-typings';
import { pipeline, registry } from 'mapping-networks';
import { resolveSettings } from '@mapping-networks/train';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { program } from '../src/program/program.ts';
import { here, mapnet } from './mapnet.ts';

const folder = tmpdir();
const silent = { write: () => true };
const root = program({ stdout: silent, stderr: silent, folder });
const names = root.commands.map((command) => command.name());

const helpOf = async (...command: readonly string[]): Promise<string> =>
  (await here(folder, ...command, '--help')).stdout;

afterEach(() => {
  vi.unstubAllEnvs();
});

describe('the help', () => {
  it.each(['', ...names])('of mapnet %s', async (name) => {
    const { code, stdout, stderr } = await here(folder, ...(name === '' ? [] : [name]), '--help');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    await expect(stdout).toMatchFileSnapshot(`golden/help${name === '' ? '' : `-${name}`}.txt`);
  });

  it.each(names)('of %s is also mapnet help %s', async (name) => {
    expect(await here(folder, 'help', name)).toEqual(await here(folder, name, '--help'));
  });

  it('is there in a process of its own, and so is the version', async () => {
    expect(await mapnet(folder, ['--help'])).toMatchObject({ code: 0, stderr: '' });
    expect((await mapnet(folder, ['--version'])).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  });

  it('answers mapnet alone, on stderr and with code 2: no command is not a command', async () => {
    const { code, stdout, stderr } = await here(folder);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toBe(await helpOf());
  });

  it('suggests a command for one that is not there', async () => {
    const { code, stderr } = await here(folder, 'help', 'trian');
    expect({ code, stderr }).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('Did you mean train?') as string,
    });
  });
});

/** The lines that must fit: all but examples, which are to be copied. */
const prose = (help: string): readonly string[] => help.replace(/\nExamples:\n(?: {2}.*\n)*/, '').split('\n');

describe('the width of help', () => {
  it.each([60, 80, 100])('is that of a window of %i columns', async (columns) => {
    for (const name of names) {
      let text = '';
      const stdout = { isTTY: true, columns, rows: 24, write: (part: string) => (text += part) };
      vi.stubEnv('NO_COLOR', '1');
      await expect(
        program({ stdout, stderr: silent, folder }).parseAsync([name, '--help'], { from: 'user' }),
      ).rejects.toThrow('outputHelp');
      for (const line of prose(text)) expect(line.length, line).toBeLessThanOrEqual(columns);
    }
  });

  it('is 80 in a pipe, command lines of examples aside', async () => {
    for (const name of ['', ...names]) {
      const lines = (await helpOf(...(name === '' ? [] : [name]))).split('\n');
      for (const line of lines.filter((each) => !each.startsWith('  $ ')))
        expect(line.length, line).toBeLessThanOrEqual(80);
    }
  });
});

describe('colours of help', () => {
  it('are there where they are asked for, and nowhere else', async () => {
    vi.stubEnv('NO_COLOR', '');
    vi.stubEnv('FORCE_COLOR', '1');
    expect(await helpOf('list')).toContain('\u001B[1mOptions:\u001B[22m');
    vi.stubEnv('NO_COLOR', '1');
    expect(await helpOf('list')).not.toContain('\u001B');
    vi.unstubAllEnvs();
    expect(await helpOf('list')).not.toContain('\u001B');
  });
});

/** What the help of a command says of a flag, on one line. */
const said = async (command: string, flag: string): Promise<string> => {
  const [, text = ''] = (await helpOf(command)).split(new RegExp(`^ +${flag}(?= |,)`, 'm'));
  const [entry = ''] = text.split(/\n {2}-|\n\n/);
  return entry.replaceAll(/\s+/g, ' ').trim();
};

describe('what the help says is so', () => {
  it.each(['target', 'dataset', 'projection', 'parameterization', 'engine'] as const)(
    'it names every built-in %s',
    async (kind) => {
      const entry = await said('train', `--${kind}`);
      for (const { name } of registry().list(kind)) expect(entry).toMatch(new RegExp(`\\b${name}\\b`));
    },
  );

  it('it names every built-in exporter, and no other', async () => {
    const [, names = ''] = /^<names> ([\w, ]+): one or several/.exec(await said('export', '--to')) ?? [];
    expect(names.split(', ').toSorted()).toEqual(
      registry()
        .list('exporter')
        .map(({ name }) => name)
        .toSorted(),
    );
  });

  const config = { target: 'mlp', dataset: 'glyphs', latentDim: 64 } as const;
  const { record } = pipeline(config);
  const settings = resolveSettings({}, 0.15);
  const { parameterization, engine } = record;
  it.each([
    ['--epochs', settings.epochs],
    ['--batch-size', settings.batchSize],
    ['--seed', settings.seed],
    ['--checkpoint-every', settings.checkpointEvery],
    ['--on-nan', settings.onNan],
    ['--patience', settings.patience],
    ['--time-limit', settings.timeLimit],
    ['--engine', engine.use],
    ['--parameterization', parameterization.use],
    ['--strategy', parameterization['strategy']],
    ['--projection', (parameterization['projection'] as { use: string }).use],
  ])('%s has the default %s', async (flag, standard) => {
    expect(await said('train', flag)).toContain(`(default: ${String(standard)})`);
  });

  it('every flag is described, and its choices are named', async () => {
    for (const command of root.commands)
      for (const { long, hidden, argChoices = [] } of command.options) {
        const entry = await said(command.name(), `(?:-\\w, )?${long ?? ''}`);
        expect({ hidden, flag: long, words: entry.split(' ').length > 2 }).toEqual({
          hidden: false,
          flag: long,
          words: true,
        });
        for (const choice of argChoices) expect(entry).toContain(choice);
      }
  });

  it('every command is in the README', async () => {
    const readme = await readFile(new URL('../README.md', import.meta.url), 'utf8');
    for (const name of names.filter((each) => each !== 'help'))
      expect(readme).toMatch(new RegExp(`^\\| \`${name}[ \`]`, 'm'));
  });
});

/** The command lines of the examples, each a list of words. */
const examples = async (): Promise<(readonly string[])[]> => {
  const texts = await Promise.all(['', ...names].map((name) => helpOf(...(name === '' ? [] : [name]))));
  const lines = texts.flatMap((text) => text.match(/^ {2}\$ .*$/gm) ?? []);
  const commands = lines.flatMap((line) => line.replace('  $ ', '').split('&&'));
  return commands
    .map((command) =>
      command
        .replace(/[|>].*/, '')
        .trim()
        .split(' '),
    )
    .filter(([first]) => first === 'mapnet')
    .map(([, ...args]) => args);
};

it('every example is a command line that mapnet understands', async () => {
  const all = await examples();
  expect(all.length).toBeGreaterThan(10);
  for (const args of all) {
    const understood: CommandUnknownOpts = program({ stdout: silent, stderr: silent, folder });
    let done = false;
    for (const command of understood.commands)
      command.action(() => {
        done = true;
      });
    await understood.parseAsync(args, { from: 'user' });
    expect(done, args.join(' ')).toBe(true);
  }
});
