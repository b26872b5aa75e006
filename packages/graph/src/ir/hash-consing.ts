// Makes nodes out of drafts, so that equal drafts give the same object: they agree in kind, attributes, type and bits of
// constants, and their operands are the same objects.
import { invalidNode } from '../errors.ts';
import { createConstantKeys } from './constant-key.ts';
import type { AnyDraft } from './draft.ts';
import { keyOf } from './draft-key.ts';
import type { Node, NodeOf } from './node.ts';
import { typeOf } from './type-of.ts';

/** The node of a draft, frozen. Its operands must have been made by the same function. */
type MakeNode = <D extends AnyDraft>(draft: D) => NodeOf<D['kind']>;

export const createHashConsing = (): MakeNode => {
  const made = new Map<string, Node>();
  const ids = new Map<Node, number>();
  const constantKey = createConstantKeys();

  const idOf = (kind: string, operand: Node): number => {
    const id = ids.get(operand);
    if (id === undefined) throw invalidNode(kind, `its operand of kind ${operand.kind} is of another graph`);
    return id;
  };

  return <D extends AnyDraft>(draft: D): NodeOf<D['kind']> => {
    const type = typeOf(draft);
    const operands = draft.operands.map((operand) => idOf(draft.kind, operand)).join();
    const data = draft.kind === 'constant' ? constantKey(draft.data) : '';
    const key = `${keyOf({ ...draft, type })}(${operands})${data}`;
    const known = made.get(key);
    if (known !== undefined) return known as NodeOf<D['kind']>;
    const frozen: object = Object.freeze({ ...draft, type: Object.freeze(type) });
    const node = frozen as NodeOf<D['kind']>;
    made.set(key, node);
    ids.set(node, ids.size);
    return node;
  };
};
