// Which process is meant by an id: ids are used again, within one machine and one container. Where the system tells
// more (Linux, in /proc), a process is known by id and start time, and ids are only compared where they mean the same.
import { readFile, readlink } from 'node:fs/promises';

/** Processes with the same scope (and host name) see each other's ids: one boot, one namespace. */
export const processScope = async (): Promise<string> => {
  const parts = await Promise.all([
    readFile('/proc/sys/kernel/random/boot_id', 'utf8').catch(() => ''),
    readlink('/proc/self/ns/pid').catch(() => ''),
  ]);
  return parts.map((part) => part.trim()).join(' ');
};

/** When a process started, in whatever the system counts; undefined where it does not tell, or the process is gone. */
export const startOf = async (pid: number): Promise<string | undefined> => (await statOf(pid))?.start;

/** Whether the process `pid` that started at `start` still runs. */
export const isRunning = async (pid: number, start: string | undefined): Promise<boolean> => {
  if (!exists(pid)) return false;
  const stat = await statOf(pid);
  if (stat === undefined) return true;
  const zombie = stat.state === 'Z' || stat.state === 'X';
  return !zombie && (start === undefined || stat.start === start);
};

const exists = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (cause) {
    // EPERM: it is there, and somebody else's.
    return cause instanceof Error && 'code' in cause && cause.code === 'EPERM';
  }
};

/** Fields 3 and 22 of /proc/PID/stat; the name in field 2 may hold spaces and brackets. */
const statOf = async (
  pid: number,
): Promise<{ readonly state: string; readonly start: string } | undefined> => {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  const [state, start] = [fields[0], fields[19]];
  return state && start ? { state, start } : undefined;
};
