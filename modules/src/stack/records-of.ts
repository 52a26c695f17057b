import type { IConstruct } from "constructs";

/** What a construct was marked with, in the order it was. */
export function recorded<T>(construct: IConstruct, mark: string): readonly T[] {
  return construct.node.metadata.filter(({ type }) => type === mark).map(({ data }) => data as T);
}
