// Compiled steps as files: the model for tools that read ONNX, and the same as text for people.
import { MappingNetworksError } from '@mapping-networks/core';
import { dumpModel, encodeModel, type OnnxModel } from '@mapping-networks/graph';
import { cannotDump } from './errors.ts';
import { nodeModule } from './runtime/onnxruntime.ts';

/** Takes note of a compiled step; gives the name that it goes by here: the one it brings, or `step`, told apart. */
export type DumpModel = (name: string | undefined, model: OnnxModel) => string;

/** What this process has written where: sessions that share a folder leave each other's steps alone. */
const written = new Map<string, string>();

/** @throws ENGINE_ONNX_CANNOT_DUMP from the result where there is a folder */
export const modelDumper = (folder: string | undefined): DumpModel => {
  const taken = new Set<string>();
  const nameOf = (wanted: string, isFree: (name: string) => boolean): string => {
    for (let count = 1; ; count++) {
      const name = count === 1 ? wanted : `${wanted}-${count}`;
      if (taken.has(name) || !isFree(name)) continue;
      taken.add(name);
      return name;
    }
  };
  return (wanted = 'step', model) => {
    const safe = wanted.replaceAll(/[^\w.-]+/g, '-');
    if (folder === undefined) return nameOf(safe, () => true);
    try {
      return write(folder, model, (isFree) => nameOf(safe, isFree));
    } catch (cause) {
      throw cause instanceof MappingNetworksError ? cause : cannotDump(folder, cause);
    }
  };
};

type ChooseName = (isFree: (name: string) => boolean) => string;

/** The same model takes the place of what another session, or an earlier process, has written of it. */
const write = (folder: string, model: OnnxModel, choose: ChooseName): string => {
  const [{ createHash }, { mkdirSync, writeFileSync }, { join, resolve }] = [
    nodeModule('crypto'),
    nodeModule('fs'),
    nodeModule('path'),
  ];
  const bytes = encodeModel(model);
  const digest = createHash('sha256').update(bytes).digest('base64');
  const pathOf = (name: string): string => join(resolve(folder), name);
  mkdirSync(folder, { recursive: true });
  const name = choose((free) => (written.get(pathOf(free)) ?? digest) === digest);
  writeFileSync(`${pathOf(name)}.txt`, dumpModel(model));
  writeFileSync(`${pathOf(name)}.onnx`, bytes);
  written.set(pathOf(name), digest);
  return name;
};
