import type { IConstruct } from "constructs";

/**
 * Something of which there is one in each construct tree, made when it is first asked for. It goes with its tree.
 * @returns finds that of the tree which a construct belongs to
 */
export function perTree<T>(make: () => T): (construct: IConstruct) => T {
  const all = new WeakMap<IConstruct, T>();
  return ({ node: { root } }) => {
    const known = all.get(root) ?? make();
    all.set(root, known);
    return known;
  };
}
