// Ctrl-C and SIGTERM for a program that has children to wait for: nothing new is begun, and the exit code tells.

const CODES = { SIGINT: 130, SIGTERM: 143 } as const;

/** 0 unless one of the signals came. */
export const underSignals = async (work: (signal: AbortSignal) => Promise<number>): Promise<number> => {
  const controller = new AbortController();
  let came: number | undefined;
  const hear = (name: NodeJS.Signals): void => {
    came ??= name === 'SIGTERM' ? CODES.SIGTERM : CODES.SIGINT;
    controller.abort();
  };
  process.on('SIGINT', hear).on('SIGTERM', hear);
  try {
    const code = await work(controller.signal);
    return came ?? code;
  } catch (cause) {
    if (came !== undefined && cause instanceof Error && cause.name === 'AbortError') return came;
    throw cause;
  } finally {
    process.off('SIGINT', hear).off('SIGTERM', hear);
  }
};
