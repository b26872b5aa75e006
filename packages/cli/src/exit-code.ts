// What the process answers with. Documented in `mapnet --help` and the README; scripts depend on it.

/** Done. */
export const OK = 0;
/** The command was understood and failed: a damaged run, a missing dataset, an accuracy that is not a number. */
export const FAILURE = 1;
/** The command line or the config file asks for something that does not exist. */
export const USAGE = 2;
/** Interrupted by Ctrl-C in good order: 128 + SIGINT. */
export const INTERRUPTED = 130;
/** Ended by SIGTERM in good order: 128 + SIGTERM. */
export const TERMINATED = 143;
