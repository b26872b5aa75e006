// A target that leaves open what the dataset decides gets it from there: the shape of its inputs and the number of
// classes, where its plugin declares options of these names. What the user writes always wins.
import type { AnyPlugin, DatasetInfo, Spec } from '@mapping-networks/core';

/** The spec with `inputShape` and `classes` filled in from the dataset, as far as the plugin has them. */
export const fitTarget = (spec: Spec, { schema }: AnyPlugin, info: DatasetInfo): Spec => {
  const declared = schema.properties ?? {};
  const facts = {
    inputShape: info.inputShape,
    ...(info.task === 'classification' ? { classes: info.classes.length } : {}),
  };
  const fitting = Object.entries(facts).filter(([name]) => Object.hasOwn(declared, name));
  return { ...Object.fromEntries(fitting), ...spec };
};
