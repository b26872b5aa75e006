// A recorded config names plugins. What a config file holds as values instead (a target of its own, a callback) cannot
// be found by name; where the file still has the very same part, it takes its place.
import { isPart, toSpec, type Part } from '@mapping-networks/core';
import { isDeepStrictEqual } from 'node:util';

type Tree = Readonly<Record<string, unknown>>;

const asJson = (value: unknown): unknown => JSON.parse(JSON.stringify(value)) as unknown;

const partsIn = (value: unknown): readonly Part[] =>
  (Array.isArray(value) ? value : [value]).filter((each): each is Part => isPart(each));

/** A recorded config with the parts of `file` in place of equal specs. */
export const withParts = (recorded: Tree, file: Tree = {}): Tree =>
  Object.fromEntries(
    Object.entries(recorded).map(([key, value]) => {
      const parts = Object.hasOwn(file, key) ? partsIn(file[key]) : [];
      const part = (spec: unknown): unknown =>
        parts.find((each) => isDeepStrictEqual(asJson(toSpec(each)), spec)) ?? spec;
      return [key, Array.isArray(value) ? value.map(part) : part(value)];
    }),
  );

/** Whether a config file brings code: plugins, or parts as values. A recorded run needs the file again then. */
export const bringsCode = (file: Tree): boolean =>
  file['plugins'] !== undefined || Object.values(file).some((value) => partsIn(value).length > 0);
