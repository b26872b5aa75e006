// Flags and arguments that several commands share: one wording each.
import { Argument, Option } from '@commander-js/extra-typings';
import { seconds } from '../duration-argument.ts';

export const configFlag = (): Option<'--config <file>'> =>
  new Option('--config <file>', 'config file (default: mapnet.config.* in this folder)');
export const jsonFlag = (what: string): Option<'--json'> =>
  new Option('--json', `print ${what} as JSON on stdout, words on stderr`);
export const quietFlag = (but = 'errors'): Option<'--quiet'> =>
  new Option('--quiet', `say nothing but ${but}`);
export const verboseFlag = (also: string): Option<'--verbose'> =>
  new Option('--verbose', `say also ${also}`).conflicts('quiet');
export const debugFlag = (): Option<'--debug'> => new Option('--debug', 'show where an error is from');
export const engineFlag = (standard = 'onnx'): Option<'--engine <name>'> =>
  new Option(
    '--engine <name>',
    `what computes: onnx, wasm, cpu; wasm where onnx does not load (default: ${standard})`,
  );
export const datasetFlag = (note: string): Option<'--dataset <name>'> =>
  new Option('--dataset <name>', `data: glyphs, mnist, fashionMnist${note}`);
export const timeLimitFlag = (
  does: string,
  standard = 'none',
): Option<'--time-limit <duration>', undefined, undefined, number> =>
  new Option('--time-limit <duration>', `${does}, such as 90s, 15m, 1h30m (default: ${standard})`).argParser(
    seconds,
  );
const whenNotFinite = ['stop', 'halve-lr'] as const;
export const onNanFlag = (
  standard = 'stop',
): Option<'--on-nan <what>', undefined, undefined, undefined, false, (typeof whenNotFinite)[number]> =>
  new Option(
    '--on-nan <what>',
    `when the loss is no number: stop, or halve-lr, back to a checkpoint and on at half the rate (default: ${standard})`,
  ).choices(whenNotFinite);
export const runArgument = (): Argument<'<run>'> =>
  new Argument('<run>', 'run folder that mapnet train has written');

export const collect = (text: string, before: readonly string[] = []): readonly string[] => [...before, text];
