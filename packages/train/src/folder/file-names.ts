// The files of a checkpoint folder, by their names.

export const BEST = 'best.safetensors';

/** `step-00000100.safetensors`. */
export const stepFile = (step: number): string => `step-${String(step).padStart(8, '0')}.safetensors`;

/** The step of a file that is named like a checkpoint. */
export const stepOf = (file: string): number | undefined => {
  const digits = /^step-(\d{8,15})\.safetensors$/.exec(file)?.[1];
  return digits !== undefined && stepFile(Number(digits)) === file ? Number(digits) : undefined;
};

/** Whether a file was left by a writer that was killed: named by `atomicWrite` after one of ours. */
export const isLeftover = (file: string): boolean =>
  /^\.(?:step-\d{8,15}|best)\.safetensors\.[0-9a-f-]{36}\.tmp$/.test(file);
