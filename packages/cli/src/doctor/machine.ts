// Node, this command and the machine that they run on.
import { availableParallelism, freemem, totalmem } from 'node:os';
import { version } from '../version.ts';
import { note, ok, problem, type Finding } from './finding.ts';
import { largeBytes } from './large-bytes.ts';

/** The versions of Node that the tests run on: from the first, before the second. */
export const supportedNode = { from: [20, 19], before: 25 } as const;

const [FROM, MINOR] = supportedNode.from;
const range = `${FROM}.${MINOR} to ${supportedNode.before - 1}`;

export const nodeFinding = (running: string = process.version): Finding => {
  const [major = 0, minor = 0] = running.replace(/^v/, '').split('.').map(Number);
  const fact = `${running}, supported: ${range}`;
  if (major < FROM || (major === FROM && minor < MINOR)) {
    return problem('node', fact, `Install Node ${FROM}.${MINOR} or later: https://nodejs.org`);
  }
  return major < supportedNode.before ? ok('node', fact) : note('node', fact, 'Newer than what is tested.');
};

export const machineFinding = (): Finding => {
  const cores = availableParallelism();
  const memory = `${largeBytes(totalmem())} of memory, ${largeBytes(freemem())} free`;
  return ok(
    'machine',
    `${process.platform} ${process.arch}, ${cores} ${cores === 1 ? 'core' : 'cores'}, ${memory}`,
  );
};

export const versionFinding = (): Finding => ok('mapnet', version);
