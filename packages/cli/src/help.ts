// The parts of the help that commander does not write: examples and exit codes.

const shown = (title: string, lines: readonly string[]): string =>
  `\n${title}:\n${lines.map((line) => `  ${line}`).join('\n')}`;

/** Command lines to copy, each with what it does. */
export const examples = (...entries: readonly (readonly [command: string, does: string])[]): string => {
  const width = Math.max(...entries.map(([command]) => command.length));
  return shown(
    'Examples',
    entries.map(([command, does]) => `${`$ ${command}`.padEnd(width + 4)}# ${does}`),
  );
};

export const exitCodes: string = shown('Exit codes', [
  '0    done',
  '1    failed: the message says why, --debug where',
  '2    the command line or the config file is wrong; nothing was done',
  '130  interrupted',
]);
