// Constants in another form: fewer bytes in the file, and nodes that make of them, under the same name, what they were.
// Runtimes compute such nodes once, when they load the model.
import type { OnnxNode, OnnxSide, OnnxTensor, PortableModel } from '../onnx/model.ts';

/** What is stored instead of a constant; the last node gives the value that bears its name. */
export interface StoredForm {
  readonly initializers: readonly OnnxTensor[];
  readonly nodes: readonly OnnxNode<OnnxSide>[];
}

/** The model with each constant in the form that is told for it; undefined leaves it as it is. */
export const storeConstants = (
  model: PortableModel,
  formOf: (tensor: OnnxTensor) => StoredForm | undefined,
): PortableModel => {
  const forms = model.initializers.map((tensor) => formOf(tensor) ?? { initializers: [tensor], nodes: [] });
  const initializers = new Map(
    forms.flatMap((form) => form.initializers).map((tensor) => [tensor.name, tensor]),
  );
  return {
    ...model,
    initializers: [...initializers.values()],
    nodes: [...forms.flatMap(({ nodes }) => nodes), ...model.nodes],
  };
};
