// Flags and arguments that several commands share: one wording each.
import { Argument, Option } from '@commander-js/extra-typings';

export const configFlag = (): Option<'--config <file>'> =>
  new Option('--config <file>', 'config file (default: mapnet.config.* in this folder)');
export const jsonFlag = (what: string): Option<'--json'> =>
  new Option('--json', `print ${what} as JSON on stdout, words on stderr`);
export const debugFlag = (): Option<'--debug'> => new Option('--debug', 'show where an error is from');
export const engineFlag = (): Option<'--engine <name>'> =>
  new Option('--engine <name>', 'what computes: wasm (default), cpu');
export const datasetFlag = (note: string): Option<'--dataset <name>'> =>
  new Option('--dataset <name>', `data: glyphs, mnist, fashionMnist${note}`);
export const runArgument = (): Argument<'<run>'> =>
  new Argument('<run>', 'run folder that mapnet train has written');

export const collect = (text: string, before: readonly string[] = []): readonly string[] => [...before, text];
