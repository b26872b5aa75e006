// A parameter space says which tensors a target needs: ordered, named, with what an initialiser and a mapping have
// to know about each (role, fan-in, fan-out, layer). It holds no numbers.
import {
  layerSpans,
  placeParameters,
  type Init,
  type LayerSpan,
  type ParameterSpace,
  type ParameterSpec,
  type PlacedParameter,
  type Role,
} from '@mapping-networks/runtime/canonical';
import { requireArgument } from '../argument.ts';
import { shown } from '../shown.ts';
import { duplicateParameter, emptyParameterSpace, invalidParameter, spaceTooLarge } from '../errors.ts';

export type { Init, LayerSpan, ParameterSpace, ParameterSpec, PlacedParameter, Role };

/** 2³⁰ numbers are 4 GiB, the most that WebAssembly can address: no engine holds a larger θ. */
export const MOST_PARAMETERS: number = 2 ** 30;

const ROLES: readonly Role[] = ['kernel', 'recurrentKernel', 'bias', 'gain'];

/**
 * A parameter space from its tensors, in order. The parameters of a layer must stand together.
 *
 * @throws CORE_INVALID_ARGUMENT, CORE_EMPTY_SPACE, CORE_DUPLICATE_PARAMETER, CORE_INVALID_PARAMETER, CORE_SPACE_TOO_LARGE
 * @example
 * ```ts
 * import { parameterSpace, kernel, bias } from '@mapping-networks/core';
 * const space = parameterSpace([kernel('fc', [784, 10]), bias('fc', 10)]);
 * console.log(space.size); // 7850
 * ```
 */
export const parameterSpace = (specs: readonly ParameterSpec[]): ParameterSpace => {
  requireArgument(
    Array.isArray(specs) && specs.every(isSpec),
    'parameterSpace',
    'specs',
    'a list of what kernel, bias and gain return',
    specs,
  );
  if (specs.length === 0) throw emptyParameterSpace();
  const names = new Set<string>();
  for (const spec of specs) {
    if (names.has(spec.name)) throw duplicateParameter(spec.name);
    names.add(spec.name);
    const flaw = flawOf(spec);
    if (flaw !== undefined) throw invalidParameter(spec, flaw);
  }
  const placed = placeParameters(specs);
  const space = { ...placed, layers: layerSpans(placed.parameters) };
  requireTogether(space.layers);
  if (space.size > MOST_PARAMETERS) throw spaceTooLarge(space.size, MOST_PARAMETERS);
  return frozen(space);
};

/** @throws CORE_INVALID_PARAMETER when a layer has parameters in two places */
const requireTogether = (layers: readonly LayerSpan[]): void => {
  const again = layers.find(({ layer }, i) => layers.findIndex((each) => each.layer === layer) < i);
  const [parameter] = again?.parameters ?? [];
  if (parameter)
    throw invalidParameter(
      parameter,
      'expected the parameters of a layer to stand together, got others between them',
    );
};

const frozen = ({ parameters, layers, size }: ParameterSpace): ParameterSpace => {
  for (const { shape } of parameters) Object.freeze(shape);
  for (const each of [...parameters, ...layers]) Object.freeze(each);
  for (const list of [parameters, layers, ...layers.map((span) => span.parameters)]) Object.freeze(list);
  return Object.freeze({ parameters, layers, size });
};

/** Whether a value has the form of a parameter; its numbers are looked at by `flawOf`. */
const isSpec = (spec: unknown): spec is ParameterSpec => {
  if (typeof spec !== 'object' || spec === null) return false;
  const { name, layer, shape, init }: Partial<ParameterSpec> = spec;
  return (
    [name, layer].every((text) => typeof text === 'string' && text !== '') &&
    Array.isArray(shape) &&
    ['he', 'glorot', 'normal'].includes(String(init?.type))
  );
};

/** @throws CORE_INVALID_ARGUMENT unless `space` looks like what `parameterSpace` returns */
export const requireSpace = (call: string, space: ParameterSpace): void =>
  requireArgument(Array.isArray(space?.parameters), call, 'space', 'a parameter space', space);

/** What a parameter says that cannot be. */
const flawOf = ({ shape, fanIn, fanOut, init, role }: ParameterSpec): string | undefined => {
  const not = (field: string, expected: string, received: unknown): string =>
    `expected ${field} to be ${expected}, got ${shown(received)}`;
  if (!shape.every((side) => Number.isSafeInteger(side) && side > 0))
    return not('its sides', 'whole numbers of at least 1', shape);
  if (!ROLES.includes(role)) return not('role', ROLES.map((each) => `'${each}'`).join(', '), role);
  for (const [field, fan] of Object.entries({ fanIn, fanOut }))
    if (!(Number.isFinite(fan) && fan > 0)) return not(field, 'a finite number above 0', fan);
  if (init.type !== 'normal') return undefined;
  if (!Number.isFinite(init.mean)) return not('init.mean', 'a finite number', init.mean);
  // What trains is scaled by it.
  return Number.isFinite(init.std) && init.std > 0
    ? undefined
    : not('init.std', 'a finite number above 0', init.std);
};
