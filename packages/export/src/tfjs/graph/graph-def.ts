// A graph as TensorFlow.js reads it: a GraphDef in JSON, operators of TensorFlow by name, their attributes with types.

/** One attribute; numbers of `list.i` are strings, strings are in base64. */
export type Attribute =
  | { readonly type: 'DT_FLOAT' | 'DT_INT32' }
  | { readonly shape: { readonly dim: readonly { readonly size: string }[] } }
  | { readonly i: string }
  | { readonly f: number }
  | { readonly b: boolean }
  | { readonly s: string }
  | { readonly list: { readonly i: readonly string[] } | { readonly s: readonly string[] } };

export type Attributes = Readonly<Record<string, Attribute>>;

/** An operator; `input` names other nodes. A `Const` has its value in the weights manifest, under its name. */
export interface NodeDef {
  readonly name: string;
  readonly op: string;
  readonly input?: readonly string[];
  readonly attr?: Attributes;
}

export const FLOAT: Attribute = { type: 'DT_FLOAT' };
export const INT: Attribute = { type: 'DT_INT32' };

export const text = (value: string): Attribute => ({ s: btoa(value) });
export const texts = (values: readonly string[]): Attribute => ({ list: { s: values.map(btoa) } });
export const integer = (value: number): Attribute => ({ i: String(value) });
export const integers = (values: readonly number[]): Attribute => ({ list: { i: values.map(String) } });
export const real = (value: number): Attribute => ({ f: value });
export const flag = (value: boolean): Attribute => ({ b: value });

/** −1 stands for the batch. */
export const shapeOf = (
  sides: readonly number[],
): { readonly dim: readonly { readonly size: string }[] } => ({
  dim: sides.map((side) => ({ size: String(side) })),
});
