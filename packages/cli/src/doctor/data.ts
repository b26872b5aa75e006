// Every dataset that reads files: where they are, how large, what is missing.
import type { Dataset, DatasetLocation, Registry } from '@mapping-networks/core';
import { bytes } from '../format.ts';
import { messageOf } from '../usage-error.ts';
import { note, ok, problem, type Finding } from './finding.ts';

/** A dataset as it will be used: with the options of the config, or with none. */
export interface NamedDataset {
  readonly name: string;
  readonly impl: Dataset;
}

/** @param configured the dataset of the config, which stands for the plugin of its name */
export const dataFindings = async (
  registry: Registry,
  configured: NamedDataset | undefined,
): Promise<readonly Finding[]> => {
  const others = registry
    .list('dataset')
    .filter(({ name, schema }) => name !== configured?.name && (schema.required ?? []).length === 0)
    .map(({ name }) => registry.get('dataset', name).parse({}));
  const all: readonly NamedDataset[] = configured === undefined ? others : [...others, configured];
  const findings = await Promise.all(all.map(dataFinding));
  return findings.flatMap((finding) => finding ?? []);
};

const dataFinding = async ({ name, impl }: NamedDataset): Promise<Finding | undefined> => {
  const topic = `data ${name}`;
  try {
    const location = await impl.locate?.();
    return location && locationFinding(topic, location);
  } catch (cause) {
    return problem(topic, messageOf(cause));
  }
};

const sizeOf = (files: DatasetLocation['files']): string =>
  bytes(files.reduce((sum, file) => sum + file.bytes, 0));

const locationFinding = (topic: string, { folder, source, files, downloads }: DatasetLocation): Finding => {
  const missing = files.filter(({ present }) => !present);
  if (missing.length === 0) return ok(topic, `${sizeOf(files)} in ${folder} (${source})`);
  const names = missing.map(({ name }) => name).join(', ');
  if (!downloads) {
    return problem(
      topic,
      `no ${names} in ${folder} (${source})`,
      'Put all its files there, or name another folder.',
    );
  }
  const some = missing.length < files.length;
  return note(
    topic,
    `${some ? names : 'not here'}: ${sizeOf(missing)} are downloaded into ${folder} when first used`,
  );
};
