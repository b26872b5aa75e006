// Every error of `mapnet export`, one function each.
import { MappingNetworksError, reasonOf, shown, type LossWarning } from '@mapping-networks/core';

const error = (code: string, problem: string, remedy: string, cause?: unknown): MappingNetworksError =>
  new MappingNetworksError({ code: `CLI_${code}`, problem, remedy, cause });

/** When --out is a folder that holds something. */
export const exportExists = (folder: string): MappingNetworksError =>
  error(
    'EXPORT_EXISTS',
    `'${folder}' already holds files.`,
    'Name another folder with --out, or pass --force to replace the export in it.',
  );

/** The same with --force, where not all that it holds is an export as it was written. */
export const foreignFiles = (folder: string, file: string): MappingNetworksError =>
  error(
    'EXPORT_EXISTS',
    `'${folder}' holds ${shown(file)}, which mapnet export has not written like this.`,
    'Move it elsewhere, or name another folder with --out.',
  );

/** When a flag takes a plugin as JSON, and gets something that only begins like it. */
export const badSpec = (flag: string, text: string, example: string): MappingNetworksError =>
  error(
    'BAD_SPEC',
    `Expected ${flag} to be a name or JSON, got ${shown(text)}.`,
    `Quote all of it for the shell, such as ${flag} '{"use":"${example}"}'.`,
  );

export const noExporter = (known: readonly string[]): MappingNetworksError =>
  error('NO_EXPORTER', 'There is no --to.', `Name one or several of ${known.join(', ')}: --to onnx,latent.`);

/** When passes are asked for in both ways, whose order is then not known. */
export const passesAndFlags = (): MappingNetworksError =>
  error(
    'PASSES_AND_FLAGS',
    'There are --pass and flags that stand for passes.',
    'Write all passes with --pass, in their order and with their own fineTune, or all with flags.',
  );

export const nothingToFineTune = (): MappingNetworksError =>
  error(
    'NOTHING_TO_FINE_TUNE',
    '--fine-tune goes with a pass that trains on, and there is none.',
    'Add for example --prune 0.9, or leave --fine-tune out.',
  );

/** When --precision goes to none of the exporters. */
export const nothingPrecise = (
  exporters: readonly string[],
  takers: readonly string[],
): MappingNetworksError =>
  error(
    'NOTHING_PRECISE',
    `--precision is an option of ${takers.join(', ')}; --to names ${exporters.join(', ')}.`,
    'Leave it out, or see what options these have: mapnet list exporter; --quantize puts the weights themselves in fewer bits.',
  );

/** When a file system does not take an export. */
export const cannotWriteExport = (folder: string, cause: unknown): MappingNetworksError =>
  error(
    'CANNOT_WRITE_EXPORT',
    `Cannot write an export to '${folder}': ${reasonOf(cause)}.`,
    'Nothing of it was kept. Name a folder that you may write to, with room for it, with --out.',
    cause,
  );

export const scopeWithoutPrune = (): MappingNetworksError =>
  error(
    'SCOPE_WITHOUT_PRUNE',
    '--prune-scope goes with --prune, and there is none.',
    'Add for example --prune 0.9, or leave --prune-scope out.',
  );

/** A warning: the pass did what was asked for, and most likely more than was meant. */
export const lostAccuracy = (pass: string, before: string, after: string, remedy: string): LossWarning => ({
  code: 'CLI_LOST_ACCURACY',
  message: `pass '${pass}' takes the accuracy on validation from ${before} to ${after}, and nothing was trained on: ${remedy}`,
});

/** A warning: an export stores in full what has become small, because its format has no such form. */
export const largeExport = (name: string, size: string, weights: string, smaller: string): LossWarning => ({
  code: 'CLI_LARGE_EXPORT',
  message: `export '${name}' takes ${size} for weights that fit into ${weights}: its format has no form that says them exactly in less. ${smaller === '' ? '' : `Smaller: ${smaller}. `}Options that round are listed by: mapnet list exporter`,
});
