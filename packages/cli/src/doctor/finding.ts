// What an examination comes to: one line of `mapnet doctor`.

/** Nothing to do; worth knowing; broken. */
export type State = 'ok' | 'note' | 'problem';

export interface Finding {
  /** What was looked at. */
  readonly topic: string;
  readonly state: State;
  /** What was found, for people. */
  readonly fact: string;
  /** What to do about it. */
  readonly remedy?: string;
}

export const ok = (topic: string, fact: string): Finding => ({ topic, state: 'ok', fact });

export const note = (topic: string, fact: string, remedy?: string): Finding => ({
  topic,
  state: 'note',
  fact,
  ...(remedy !== undefined && { remedy }),
});

export const problem = (topic: string, fact: string, remedy?: string): Finding => ({
  ...note(topic, fact, remedy),
  state: 'problem',
});
