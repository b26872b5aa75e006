// Every error that `graph` throws, one function each.
import { MappingNetworksError } from '@mapping-networks/core';

const error = (code: string, problem: string, remedy: string, cause?: unknown): MappingNetworksError =>
  new MappingNetworksError({
    code: `GRAPH_${code}`,
    problem,
    remedy,
    ...(cause === undefined ? {} : { cause }),
  });

/** When a run lacks one of the graph's inputs. */
export const missingInput = (name: string, given: readonly string[]): MappingNetworksError =>
  error(
    'MISSING_INPUT',
    `Expected an array for the input '${name}', got ${given.length === 0 ? 'no arrays' : given.join(', ')}.`,
    'Give one array for each input of the graph, under the names of its signature.',
  );

/** When the bytes of a model exceed what its file format can hold. */
export const modelTooLarge = (bytes: number, limit: number): MappingNetworksError =>
  error(
    'MODEL_TOO_LARGE',
    `Expected a model of at most ${limit.toLocaleString('en-US')} bytes (constants included), got ${bytes.toLocaleString('en-US')}.`,
    'Give large constants as inputs of the step instead of frozen arrays, or use a smaller network.',
  );

/** When a pass makes a node whose operands do not fit: a mistake in this package. */
export const invalidNode = (kind: string, problem: string): MappingNetworksError =>
  error(
    'INVALID_NODE',
    `A node of kind ${kind} cannot be made: ${problem}.`,
    'This is a mistake in @mapping-networks/graph: please report it with the step that led to it.',
  );

/** When a graph is lowered before a layout has been chosen for its images. */
export const spatialNode = (kind: string): MappingNetworksError =>
  error(
    'SPATIAL_NODE',
    `Expected a graph whose layout has been chosen, got a node of kind ${kind}, which no single operator computes.`,
    'Pass the graph through layOut first, as compileToOnnx does.',
  );

/** When a step reads the numbers of a tensor: dataSync, arraySync, data, print. */
export const dataRead = (): MappingNetworksError =>
  error(
    'DATA_READ',
    'The step asked for the numbers of a tensor while it was being recorded, when there are none yet.',
    "Decide by tensors (tf.where) instead of numbers, return what is to be printed, or use engine: 'wasm'.",
  );

/** When a step calls an operation that draws random numbers. */
export const notPureKernel = (name: string): MappingNetworksError =>
  error(
    'NOT_PURE',
    `The step uses the operation ${name}, which draws random numbers.`,
    'Draw them outside and give them to the step as an input.',
  );

/** When a step records another graph at its second call. */
export const notPureStep = (output: string, difference: string): MappingNetworksError =>
  error(
    'NOT_PURE',
    `The step did something else when it was called again: its output '${output}' depends on ${difference}, which had other values.`,
    'Give random numbers, counters and the like to the step as inputs: it must be a pure function of them.',
  );

/** When a step returns other outputs at its second call. */
export const outputNames = (first: readonly string[], second: readonly string[]): MappingNetworksError =>
  error(
    'NOT_PURE',
    `The step returned ${first.join(', ') || 'nothing'}, and when it was called again ${second.join(', ') || 'nothing'}.`,
    'Return the same outputs in the same order at each call: a step must be a pure function of its inputs.',
  );

/** When a step keeps a tensor from one recording and uses it in another. */
export const staleTensor = (): MappingNetworksError =>
  error(
    'NOT_PURE',
    'The step used a tensor that was computed in an earlier call of a step, which no longer exists.',
    'Compute it in each call, or give it to the step as an input.',
  );

/** When a step reads a tf.Variable: recorded once, its numbers of that moment would stay for good. */
export const capturedVariable = ({
  name,
  dtype,
  shape,
}: {
  readonly name: string;
  readonly dtype: string;
  readonly shape: readonly number[];
}): MappingNetworksError =>
  error(
    'NOT_PURE',
    `Expected a step that depends on its inputs alone, got one that reads the variable '${name}' (${dtype} [${shape.join(', ')}]), whose numbers may change between runs.`,
    "Give it to the step as an input (in a target: as a parameter or a buffer), use engine: 'wasm', or, if it never changes, use its clone, made outside of the step.",
  );

/** When a step calls an operation that cannot be recorded. */
export const unsupportedKernel = (name: string, cause?: unknown): MappingNetworksError =>
  error(
    'UNSUPPORTED_KERNEL',
    `The step uses the operation ${name}, which cannot be compiled.`,
    "Use engine: 'wasm', which runs operations one by one, or write the step with supported operations (docs/guides/kernels.md).",
    cause,
  );

/** When a step makes tensors of strings or complex numbers. */
export const unsupportedType = (dtype: string): MappingNetworksError =>
  error(
    'UNSUPPORTED_TYPE',
    `The step uses a tensor of type ${dtype}; float32, int32 and bool can be compiled.`,
    "Use these types, or engine: 'cpu', which has all of them.",
  );

/** When a signature has one name among its frozen arrays, or weights, and its inputs. */
export const nameTwice = (name: string): MappingNetworksError =>
  error(
    'NAME_TWICE',
    `'${name}' is both a frozen array and an input of the signature.`,
    'Give frozen arrays and inputs different names, for example by a prefix.',
  );

/** Where two recordings of a step for batches of different sizes part. */
export interface BatchDifference {
  readonly operator?: string;
  readonly value: string;
}

/** When a network does something else for batches of another size. */
export const batchDependent = (batch: number, { operator, value }: BatchDifference): MappingNetworksError =>
  error(
    'BATCH_DEPENDENT',
    `Expected a network that does the same for batches of any size, got one whose '${value}'${operator === undefined ? '' : ` (${operator})`} is another for ${batch} examples.`,
    'Treat each example by itself: reshape to [-1, …], and let operations broadcast instead of making tensors with a side of the length of the batch.',
  );

/** When a value of a model is asked for that it does not have. */
export const noSuchValue = (name: string): MappingNetworksError =>
  error(
    'NO_SUCH_VALUE',
    `Expected the name of a value of the model, got '${name}'.`,
    'Ask for names of inputs or of outputs of nodes, such as those that activationNames lists.',
  );
