// Thrown when a signal ended a command in good order; the message says what became of the work.
import { INTERRUPTED, TERMINATED } from './exit-code.ts';

/** The signals that are heard, and what the process answers with. */
export const signals: { readonly [Name in 'SIGINT' | 'SIGTERM']: number } = {
  SIGINT: INTERRUPTED,
  SIGTERM: TERMINATED,
};

export class Interrupted extends Error {
  override readonly name = 'Interrupted';
  readonly exitCode: number;

  constructor(message: string, signal: keyof typeof signals = 'SIGINT') {
    super(message);
    this.exitCode = signals[signal];
  }
}
