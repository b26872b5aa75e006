// `mapnet doctor`: what is here, what works, what is missing. It leaves nothing behind and downloads nothing.
import { unwell } from '../errors.ts';
import { examineConfig } from '../doctor/config.ts';
import { dataFindings } from '../doctor/data.ts';
import { engineFindings } from '../doctor/engines.ts';
import { environmentFindings } from '../doctor/environment.ts';
import type { Finding } from '../doctor/finding.ts';
import { machineFinding, nodeFinding, versionFinding } from '../doctor/machine.ts';
import { onnxruntimeFinding, optionalFindings } from '../doctor/optional.ts';
import { lines } from '../doctor/show.ts';
import { cacheFinding, diskFinding } from '../doctor/storage.ts';
import { say, type Terminal } from '../terminal.ts';

export interface DoctorOptions {
  readonly config?: string | undefined;
  readonly json?: true | undefined;
}

/** @throws CLI_UNWELL when something is broken */
export const doctor = async ({ config, json }: DoctorOptions, terminal: Terminal): Promise<void> => {
  const { folder, stdout } = terminal;
  const findings = await examine(folder, config);
  const broken = findings.filter(({ state }) => state === 'problem').map(({ topic }) => topic);
  if (json) say(stdout, JSON.stringify({ well: broken.length === 0, findings }));
  else for (const line of lines(findings, stdout)) say(stdout, line);
  if (broken.length > 0) throw unwell(broken);
  if (!json) say(stdout, '\nNothing is broken: mapnet can train here.');
};

const examine = async (folder: string, given: string | undefined): Promise<readonly Finding[]> => {
  const { finding, registry, run } = await examineConfig(folder, given);
  return [
    nodeFinding(),
    versionFinding(),
    machineFinding(),
    ...(await engineFindings(registry, run?.record.engine.use)),
    onnxruntimeFinding(),
    ...optionalFindings(folder),
    ...(await dataFindings(registry, run?.parts.dataset)),
    await cacheFinding(process.env),
    await diskFinding(folder),
    ...environmentFindings(process.env),
    finding,
  ];
};
