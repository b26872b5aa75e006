// An ONNX model as plain data: what lowering makes, the encoder writes and people read as text. Only what this project
// uses of the format: one graph, dense tensors.

/** Element types of ONNX that occur. int64 is what shapes and axes are given in. */
export type OnnxDType =
  | 'bool'
  | 'float16'
  | 'float32'
  | 'int8'
  | 'int16'
  | 'int32'
  | 'int64'
  | 'uint8'
  | 'uint16'
  | 'uint32';

/** The array that holds the elements of a tensor: bool as bytes of 0 and 1, float16 as its bits. */
export type OnnxArray =
  | BigInt64Array
  | Float32Array
  | Int16Array
  | Int32Array
  | Int8Array
  | Uint16Array
  | Uint32Array
  | Uint8Array;

/** A side of a shape: its length, or the name of a length that each run may choose, such as `batch`. */
export type OnnxSide = number | string;

/** A named value: an input, an output, or what flows between two nodes. */
export interface OnnxValue<Side extends OnnxSide = number> {
  readonly name: string;
  readonly dtype: OnnxDType;
  readonly shape: readonly Side[];
}

/** A result of the model. */
export interface OnnxOutput<Side extends OnnxSide = number> extends OnnxValue<Side> {
  /**
   * What the graph calls the result. In a model no output may bear the name of an input, so that `name` can differ:
   * a step that reads and returns `model.z` has the result `model.z` in the output `model.z.out`.
   */
  readonly result: string;
}

/** A constant of the model. `data` is a view of the caller's array, not a copy. */
export interface OnnxTensor extends OnnxValue {
  readonly data: OnnxArray;
  /** Not part of the file: which weight this is, if its numbers are those of a weight in another order. */
  readonly origin?: WeightOrigin;
}

/** Element i of a constant is element `places[i]` of the weight that the exported step was given. */
export interface WeightOrigin {
  readonly name: string;
  readonly shape: readonly number[];
  readonly places: Int32Array;
}

/** An attribute of a node. */
export type OnnxAttribute =
  | { readonly type: 'float'; readonly value: number }
  | { readonly type: 'int'; readonly value: number }
  | { readonly type: 'ints'; readonly value: readonly number[] }
  | { readonly type: 'string'; readonly value: string };

/**
 * Standard operators are in the domain ''; 'com.microsoft…' hold those that only onnxruntime knows, 'local' the functions of
 * the model itself.
 */
export type OnnxDomain = '' | 'com.microsoft' | 'com.microsoft.nchwc' | 'local';

/** One call of an operator. `inputs` are names; '' leaves an optional input out. */
export interface OnnxNode<Side extends OnnxSide = number> {
  readonly operator: string;
  readonly domain: OnnxDomain;
  readonly inputs: readonly string[];
  readonly outputs: readonly OnnxValue<Side>[];
  readonly attributes: Readonly<Record<string, OnnxAttribute>>;
}

/** A node of a function: for values of any type and shape that its operator takes. */
export type OnnxFunctionNode = Omit<OnnxNode, 'outputs'> & { readonly outputs: readonly string[] };

/** Nodes that stand for one: whoever calls `name` in the domain 'local' computes them. */
export interface OnnxFunction {
  readonly name: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly nodes: readonly OnnxFunctionNode[];
}

/** A set of operators in one version. */
export interface OnnxOperatorSet {
  readonly domain: OnnxDomain;
  readonly version: number;
}

/** A model: `nodes` in an order in which they can be run. */
export interface OnnxModel<Side extends OnnxSide = number> {
  /** What other tools show as the name of the graph; default `step`. */
  readonly name?: string;
  readonly operatorSets: readonly OnnxOperatorSet[];
  readonly inputs: readonly OnnxValue<Side>[];
  readonly outputs: readonly OnnxOutput<Side>[];
  readonly initializers: readonly OnnxTensor[];
  readonly nodes: readonly OnnxNode<Side>[];
  /** Those that nodes of the domain 'local' call. */
  readonly functions?: readonly OnnxFunction[];
}

/** A model for batches of any size: the first side of inputs and outputs is `batch`. */
export type PortableModel = OnnxModel<OnnxSide>;
