// `mapnet completion`: a script that makes a shell complete this command line.
import type { CommandUnknownOpts } from '@commander-js/extra-typings';
import { registry } from 'mapping-networks';
import { bashScript } from '../completion/bash.ts';
import { completionsOf, type Completions } from '../completion/completions.ts';
import { fishScript } from '../completion/fish.ts';
import { zshScript } from '../completion/zsh.ts';
import type { Terminal } from '../terminal.ts';

const scripts: Readonly<Record<'bash' | 'zsh' | 'fish', (completions: Completions) => string>> = {
  bash: bashScript,
  zsh: zshScript,
  fish: fishScript,
};

export type Shell = keyof typeof scripts;

export const completion = (shell: Shell, program: CommandUnknownOpts, { stdout }: Terminal): void => {
  stdout.write(scripts[shell](completionsOf(program, registry())));
};
