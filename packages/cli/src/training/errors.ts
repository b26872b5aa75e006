// Errors that come from below while a run is trained, with what this means for the run.
import { MappingNetworksError, reasonOf } from '@mapping-networks/core';

/** What went wrong, and what to do about it. */
const partsOf = (cause: unknown): { readonly problem: string; readonly remedy: string } => {
  if (!(cause instanceof MappingNetworksError))
    return { problem: `${reasonOf(cause)}.`, remedy: 'Look into it with: mapnet doctor.' };
  const { message, remedy } = cause;
  const problem = message.endsWith(` ${remedy}`) ? message.slice(0, -remedy.length - 1) : message;
  return { problem, remedy };
};

/** When the engine of a run that is to be resumed does not open. */
export const engineMissing = (
  run: string,
  engine: string,
  cause: unknown,
  resume: string,
): MappingNetworksError => {
  const { problem } = partsOf(cause);
  return new MappingNetworksError({
    code: 'CLI_ENGINE_MISSING',
    problem: `Cannot resume the run '${run}' on its engine '${engine}': ${problem}`,
    remedy: `A run that is resumed keeps its engine, or its last digits would differ. What the engine lacks is told by: mapnet doctor. Once it opens, go on with: ${resume}; or train anew on another engine.`,
    cause,
  });
};

/** An error of the trainer about numbers that are not finite, with what is kept of the run and what would help. */
export const withKept = (
  cause: MappingNetworksError,
  step: number,
  folder: string,
  stopped: boolean,
): MappingNetworksError => {
  const { problem, remedy } = partsOf(cause);
  const halve =
    'Resuming from it would come to the same; training again with --on-nan halve-lr goes back and on.';
  return new MappingNetworksError({
    code: cause.code,
    problem,
    remedy: `${remedy}\nThe checkpoint of step ${step} in ${folder} is kept.${stopped ? ` ${halve}` : ''}`,
    cause,
  });
};
