// Compiled steps as files: the model for tools that read ONNX, and the same as text for people.
import { MappingNetworksError } from '@mapping-networks/core';
import { dumpModel, encodeModel, type OnnxModel } from '@mapping-networks/graph';
import { cannotDump } from './errors.ts';
import { nodeModule } from './runtime/onnxruntime.ts';

/** Takes note of a compiled step; gives the name that it goes by here: the one it brings, or `step`, told apart. */
export type DumpModel = (name: string | undefined, model: OnnxModel) => string;

/** @throws ENGINE_ONNX_CANNOT_DUMP from the result where there is a folder */
export const modelDumper = (folder: string | undefined): DumpModel => {
  const taken = new Map<string, number>();
  return (wanted = 'step', model) => {
    const safe = wanted.replaceAll(/[^\w.-]+/g, '-');
    const count = (taken.get(safe) ?? 0) + 1;
    taken.set(safe, count);
    const name = count === 1 ? safe : `${safe}-${count}`;
    if (folder !== undefined) write(folder, name, model);
    return name;
  };
};

const write = (folder: string, name: string, model: OnnxModel): void => {
  const [{ mkdirSync, writeFileSync }, { join }] = [nodeModule('fs'), nodeModule('path')];
  try {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, `${name}.txt`), dumpModel(model));
    writeFileSync(join(folder, `${name}.onnx`), encodeModel(model));
  } catch (cause) {
    throw cause instanceof MappingNetworksError ? cause : cannotDump(folder, cause);
  }
};
