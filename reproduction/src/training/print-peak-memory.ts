// Loaded before the command line: writes the process's peak resident memory in MB to file descriptor 3 when it ends.
import { writeSync } from 'node:fs';

process.once('exit', () => {
  writeSync(3, String(Math.round(process.resourceUsage().maxRSS / 1000)));
});
