// A parameter space says which tensors a target needs: ordered, named, with what an initialiser and a mapping have
// to know about each (role, fan-in, fan-out, layer). It holds no numbers.
import { sizeOf, type TensorSpec } from '../arrays.ts';
import { requireArgument } from '../argument.ts';
import { shown } from '../shown.ts';
import { duplicateParameter, emptyParameterSpace, invalidParameter, spaceTooLarge } from '../errors.ts';

/** 2³⁰ numbers are 4 GiB, the most that WebAssembly can address: no engine holds a larger θ. */
export const MOST_PARAMETERS: number = 2 ** 30;

/** What a tensor does in its layer. */
export type Role = 'kernel' | 'recurrentKernel' | 'bias' | 'gain';

const ROLES: readonly Role[] = ['kernel', 'recurrentKernel', 'bias', 'gain'];

/**
 * How a fresh tensor is distributed: `he` is N(0, 2 / fanIn) (He et al. 2015), `glorot` is N(0, 2 / (fanIn + fanOut))
 * (Glorot & Bengio 2010), `normal` is N(mean, std²).
 */
export type Init =
  | { readonly type: 'he' }
  | { readonly type: 'glorot' }
  | { readonly type: 'normal'; readonly mean: number; readonly std: number };

export interface ParameterSpec extends TensorSpec {
  readonly role: Role;
  /** Inputs that one unit sums over. */
  readonly fanIn: number;
  /** Units that one input feeds. */
  readonly fanOut: number;
  /** The layer it belongs to; kernel and bias of a layer share it. */
  readonly layer: string;
  readonly init: Init;
}

/** A parameter and where it lies in the flat θ. */
export interface PlacedParameter extends ParameterSpec {
  readonly size: number;
  readonly offset: number;
}

/** Consecutive parameters of one layer. */
export interface LayerSpan {
  readonly layer: string;
  readonly size: number;
  readonly offset: number;
  readonly parameters: readonly PlacedParameter[];
}

/**
 * All tensors that a target needs, in order and laid out in one flat θ of P float32 numbers. Frozen, without values.
 */
export interface ParameterSpace {
  /** In the order of θ. */
  readonly parameters: readonly PlacedParameter[];
  /** Layers in the order of their first parameter. */
  readonly layers: readonly LayerSpan[];
  /** P, the number of scalars. */
  readonly size: number;
}

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
  let offset = 0;
  const names = new Set<string>();
  const parameters = specs.map((spec): PlacedParameter => {
    if (names.has(spec.name)) throw duplicateParameter(spec.name);
    names.add(spec.name);
    const size = sizeOf(spec.shape);
    const flaw = flawOf(spec);
    if (flaw !== undefined) throw invalidParameter(spec, flaw);
    const placed = Object.freeze({ ...spec, shape: Object.freeze([...spec.shape]), size, offset });
    offset += size;
    return placed;
  });
  if (offset > MOST_PARAMETERS) throw spaceTooLarge(offset, MOST_PARAMETERS);
  return Object.freeze({ parameters: Object.freeze(parameters), layers: layersOf(parameters), size: offset });
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

const layersOf = (parameters: readonly PlacedParameter[]): readonly LayerSpan[] => {
  const spans: { layer: string; size: number; offset: number; parameters: PlacedParameter[] }[] = [];
  const names = new Set<string>();
  for (const parameter of parameters) {
    const last = spans.at(-1);
    if (last?.layer === parameter.layer) {
      last.parameters.push(parameter);
      last.size += parameter.size;
    } else {
      const { layer, size, offset } = parameter;
      if (names.has(layer))
        throw invalidParameter(
          parameter,
          'expected the parameters of a layer to stand together, got others between them',
        );
      names.add(layer);
      spans.push({ layer, size, offset, parameters: [parameter] });
    }
  }
  return Object.freeze(
    spans.map((span) => Object.freeze({ ...span, parameters: Object.freeze(span.parameters) })),
  );
};
