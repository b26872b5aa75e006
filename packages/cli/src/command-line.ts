// Command lines that messages tell people to type.

/** A word as a shell reads it back, quoted where it has to be. */
const quoted = (word: string): string =>
  /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;

/** A command line of these words. */
export const commandLine = (...words: readonly string[]): string => words.map(quoted).join(' ');

/** The command that goes on with the run `path`; `config` is the file that was named with --config, if any. */
export const resumeCommand = (path: string, config?: string): string =>
  commandLine('mapnet', 'resume', path, ...(config === undefined ? [] : ['--config', config]));
