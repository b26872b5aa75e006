// An ONNX model as plain data: what lowering makes, the encoder writes and people read as text. Only what this project
// uses of the format: one graph, dense tensors, fixed shapes.

/** Element types of ONNX that occur. int64 is what shapes and axes are given in. */
export type OnnxDType = 'bool' | 'float32' | 'int32' | 'int64';

/** The array that holds the elements of a tensor: bool as bytes of 0 and 1. */
export type OnnxArray = BigInt64Array | Float32Array | Int32Array | Uint8Array;

/** A named value: an input, an output, or what flows between two nodes. */
export interface OnnxValue {
  readonly name: string;
  readonly dtype: OnnxDType;
  readonly shape: readonly number[];
}

/** A result of the model. */
export interface OnnxOutput extends OnnxValue {
  /**
   * What the graph calls the result. In a model no output may bear the name of an input, so that `name` can differ:
   * a step that reads and returns `model.z` has the result `model.z` in the output `model.z.out`.
   */
  readonly result: string;
}

/** A constant of the model. `data` is a view of the caller's array, not a copy. */
export interface OnnxTensor extends OnnxValue {
  readonly data: OnnxArray;
}

/** An attribute of a node. */
export type OnnxAttribute =
  | { readonly type: 'float'; readonly value: number }
  | { readonly type: 'int'; readonly value: number }
  | { readonly type: 'ints'; readonly value: readonly number[] }
  | { readonly type: 'string'; readonly value: string };

/** Standard operators are in the domain ''; 'com.microsoft…' hold those that only onnxruntime knows. */
export type OnnxDomain = '' | 'com.microsoft' | 'com.microsoft.nchwc';

/** One call of an operator. `inputs` are names; '' leaves an optional input out. */
export interface OnnxNode {
  readonly operator: string;
  readonly domain: OnnxDomain;
  readonly inputs: readonly string[];
  readonly outputs: readonly OnnxValue[];
  readonly attributes: Readonly<Record<string, OnnxAttribute>>;
}

/** A set of operators in one version. */
export interface OnnxOperatorSet {
  readonly domain: OnnxDomain;
  readonly version: number;
}

/** A model: `nodes` in an order in which they can be run. */
export interface OnnxModel {
  readonly operatorSets: readonly OnnxOperatorSet[];
  readonly inputs: readonly OnnxValue[];
  readonly outputs: readonly OnnxOutput[];
  readonly initializers: readonly OnnxTensor[];
  readonly nodes: readonly OnnxNode[];
}
