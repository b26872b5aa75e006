// Marks an error as the caller's: something in the command line or the config file, found before any work was done.

export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** Runs what reads the caller's wishes; whatever it throws becomes a usage error with the same words. */
export const asUsage = async <T>(read: () => T | Promise<T>): Promise<T> => {
  try {
    return await read();
  } catch (cause) {
    throw cause instanceof UsageError ? cause : new UsageError(messageOf(cause), { cause });
  }
};

/** What to do about an error of this project, also where it became a usage error. */
export const remedyOf = (thrown: unknown): string | undefined => {
  if (thrown instanceof UsageError) return remedyOf(thrown.cause);
  // Known by its looks: importing the class would load TensorFlow.js for --help.
  return thrown instanceof Error && 'remedy' in thrown ? String(thrown.remedy) : undefined;
};

/** The code of an error of this project: `CLI_NO_RUN`. Errors of the system have codes of another kind. */
export const codeOf = (thrown: unknown): string | undefined => {
  if (thrown instanceof UsageError) return codeOf(thrown.cause);
  return thrown instanceof Error && 'remedy' in thrown && 'code' in thrown ? String(thrown.code) : undefined;
};

/** The words of whatever was thrown. */
export const messageOf = (thrown: unknown): string =>
  thrown instanceof Error ? thrown.message : String(thrown);
