// mapnet completion: scripts that know what the command knows. Their text is compared with golden ones of a small
// command line, which were tried in zsh 5.9 and fish 3.6; what they do is tried in the bash of this machine.
import { Argument, Command, Option } from '@commander-js/extra-typings';
import { createRegistry, hadamard, oneHot } from '@mapping-networks/core';
import { registry } from 'mapping-networks';
import { spawnSync } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { bashScript } from '../src/completion/bash.ts';
import { completionsOf, type Flag } from '../src/completion/completions.ts';
import { fishScript } from '../src/completion/fish.ts';
import { zshScript } from '../src/completion/zsh.ts';
import { collect } from '../src/program/flags.ts';
import { whole } from '../src/number-argument.ts';
import { program } from '../src/program/program.ts';
import { emptyFolder, here } from './mapnet.ts';

const silent = { write: () => true };
const root = program({ stdout: silent, stderr: silent, folder: tmpdir() });
const known = completionsOf(root, registry());

const shells = { bash: bashScript, zsh: zshScript, fish: fishScript } as const;
const names = ['bash', 'zsh', 'fish'] as const;

describe('the script for', () => {
  const small = new Command('mapnet').version('1').addCommand(
    new Command('make')
      .summary("make it: 'quickly' [or not]")
      .option('--projection <name>', 'a kind: of plugins')
      .option('-n, --number <n>', 'a number', whole(1))
      .addOption(new Option('--how <way>', 'a choice').choices(['well', 'badly']))
      .option('--out <folder>', 'a folder')
      .option('--set <path=value>', 'repeatable', collect)
      .addOption(new Option('--secret').hideHelp())
      .argument('<run>')
      .argument('[files...]'),
  );
  small.addCommand(new Command('list').addArgument(new Argument('[kind]')));

  it.each(names)('%s is as it was tried', async (shell) => {
    const script = shells[shell](completionsOf(small, createRegistry([hadamard, oneHot])));
    await expect(script).toMatchFileSnapshot(`golden/completion.${shell}`);
  });

  it.each(names)('%s is printed by the command, and names every command and every flag', async (shell) => {
    const { code, stdout, stderr } = await here(tmpdir(), 'completion', shell);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    for (const command of root.commands) {
      expect(stdout).toContain(command.name());
      for (const { long, hidden } of command.options) {
        expect(stdout.includes(shell === 'fish' ? `-l ${long?.slice(2)} ` : (long ?? ''))).toBe(!hidden);
      }
    }
  });

  it('another shell is refused, with what there is', async () => {
    const { code, stderr } = await here(tmpdir(), 'completion', 'tcsh');
    expect(code).toBe(2);
    expect(stderr.replaceAll(/\s+/g, ' ')).toContain('Allowed choices are bash, zsh, fish.');
  });
});

describe('what is known of the command line', () => {
  const flag = (command: string, long: string): Flag | undefined =>
    known.commands.find(({ name }) => name === command)?.flags.find((each) => each.long === long);

  it.each(['target', 'dataset', 'engine', 'projection', 'parameterization'] as const)(
    'has the plugins of kind %s, with what they are',
    (kind) => {
      const words = registry()
        .list(kind)
        .map(({ name, summary }) => ({ value: name, summary }));
      expect(flag('train', `--${kind}`)?.value?.source).toEqual({ type: 'words', words });
    },
  );

  it('has choices, files, folders, and what is to be written', () => {
    expect(flag('train', '--strategy')?.value?.source).toMatchObject({
      words: [{ value: 'single' }, { value: 'layerwise' }],
    });
    expect(flag('train', '--config')?.value?.source.type).toBe('files');
    expect(flag('train', '--out')?.value?.source.type).toBe('folders');
    expect(flag('train', '--epochs')?.value?.source.type).toBe('text');
    expect(flag('train', '--quiet')?.value).toBeUndefined();
  });

  it('tells flags that may be repeated', () => {
    expect(
      known.commands
        .flatMap(({ flags }) => flags.filter(({ repeatable }) => repeatable))
        .map(({ long }) => long),
    ).toEqual(['--set', '--to', '--pass']);
  });

  it('has the places of arguments', () => {
    const places = (name: string) =>
      known.commands
        .find((each) => each.name === name)
        ?.places.map(({ source, variadic }) => [source.type, variadic]);
    expect(places('predict')).toEqual([
      ['folders', false],
      ['files', true],
    ]);
    expect(places('list')).toEqual([['words', false]]);
  });
});

describe('in bash', () => {
  let folder: string;
  let script: string;
  beforeAll(async () => {
    folder = await emptyFolder();
    await mkdir(join(folder, 'runs', 'first'), { recursive: true });
    for (const file of ['mapnet.config.ts', 'seven.png', 'two words.png'])
      await writeFile(join(folder, file), '');
    script = bashScript(known);
  });

  /** What bash proposes for the last word; in the way that readline splits them, `=` is a word of its own. */
  const proposed = (...words: readonly string[]): readonly string[] => {
    const ask = `COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _mapnet; ((\${#COMPREPLY[@]})) && printf '%s\\n' "\${COMPREPLY[@]}"`;
    const { stdout, stderr, error } = spawnSync(
      'bash',
      ['--norc', '-c', `${script}\n${ask}`, 'bash', 'mapnet', ...words],
      { cwd: folder, encoding: 'utf8' },
    );
    expect({ error, stderr }).toEqual({ error: undefined, stderr: '' });
    return stdout
      .split('\n')
      .filter((line) => line !== '')
      .toSorted();
  };

  const commands = root.commands.map((command) => command.name()).toSorted();
  const targets = registry()
    .list('target')
    .map(({ name }) => name);
  const kinds = [...new Set(registry().plugins.map(({ kind }) => kind))].toSorted();

  it.each<[readonly string[], readonly string[]]>([
    [[''], commands],
    [['pre'], ['predict']],
    [['--v'], ['--version']],
    [['train', '--tar'], ['--target']],
    [['train', '--target', ''], targets],
    [
      ['train', '--target', 'cnn'],
      ['cnn1', 'cnn2', 'cnnBn'],
    ],
    [['train', '--target', '=', 'ml'], ['mlp']],
    [['train', '--target', '='], targets],
    [
      ['train', '--target', '=', 'mlp', '--strategy', ''],
      ['layerwise', 'single'],
    ],
    [
      ['train', '--quiet', '--engine', ''],
      ['cpu', 'onnx', 'wasm'],
    ],
    [['train', '--epochs', ''], []],
    [
      ['train', '--config', ''],
      ['mapnet.config.ts', 'runs', 'seven.png', 'two words.png'],
    ],
    [['train', '--out', ''], ['runs']],
    [['train', ''], []],
    [['list', ''], kinds],
    [['list', 'target', ''], []],
    [['info', ''], ['runs']],
    [['info', 'runs/'], ['runs/first']],
    [['info', 'runs/first', ''], []],
    [['predict', '--top', '3', ''], ['runs']],
    [['predict', '--top', '=', '3', ''], ['runs']],
    [['predict', 'runs/first', 'two'], ['two words.png']],
    [['predict', 'runs/first', '--invert', 'seven.png', 's'], ['seven.png']],
    [
      ['completion', ''],
      ['bash', 'fish', 'zsh'],
    ],
    [['nonsense', ''], []],
  ])('mapnet %j is completed to %j', (words, expected) => {
    expect(proposed(...words)).toEqual(expected.toSorted());
  });

  it('every flag of every command is proposed', () => {
    for (const command of root.commands) {
      const visible = root.createHelp().visibleOptions(command);
      const all = visible.flatMap(({ long, short }) => [long ?? '', ...(short ? [short] : [])]);
      expect(proposed(command.name(), '-')).toEqual(all.toSorted());
    }
  });
});
