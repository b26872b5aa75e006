// Thrown when Ctrl-C ended a command in good order; the message says what became of the work.

export class Interrupted extends Error {
  override readonly name = 'Interrupted';
}
