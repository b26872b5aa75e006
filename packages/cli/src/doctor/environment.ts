// The environment variables that change what the command does. Names and passwords of proxies are not shown.
import { existsSync } from 'node:fs';
import { proxiesOf, type Environment } from '@mapping-networks/datasets/node';
import { messageOf, remedyOf } from '../usage-error.ts';
import { note, ok, problem, type Finding } from './finding.ts';

const PLAIN = ['MAPPING_NETWORKS_CACHE', 'NO_COLOR', 'FORCE_COLOR', 'CI', 'no_proxy', 'NO_PROXY'] as const;

/** One finding for each variable that is set, or one that says that none is. */
export const environmentFindings = (env: Environment): readonly Finding[] => {
  const set = [
    ...dataFolder(env['MAPPING_NETWORKS_DATA']),
    ...PLAIN.flatMap((name) => (env[name] ? [ok(name, env[name])] : [])),
    ...proxies(env),
  ];
  return set.length > 0 ? set : [ok('environment', 'no variable is set that matters here')];
};

const dataFolder = (folder: string | undefined): readonly Finding[] => {
  if (!folder) return [];
  const name = 'MAPPING_NETWORKS_DATA';
  if (existsSync(folder)) return [ok(name, folder)];
  return [note(name, `${folder}, which does not exist`, 'Correct it, or unset it.')];
};

const proxies = (env: Environment): readonly Finding[] => {
  try {
    return proxiesOf(env).map(({ variable, shown }) => ok(variable, `${shown}, for downloads`));
  } catch (cause) {
    const remedy = remedyOf(cause) ?? '';
    return [problem('proxy', messageOf(cause).replace(` ${remedy}`, ''), remedy)];
  }
};
