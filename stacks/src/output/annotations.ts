import type { Finding } from "@paved/model";
import { originOf, type PavedStack } from "@paved/modules";
import { AnnotationMetadataEntryType } from "cdktf";

/** PVD1024 for every construct that was annotated with an error: cdktf would stop at the first stack that has one. */
export function annotatedErrors(stack: PavedStack): readonly Finding[] {
  return stack.node.findAll().flatMap((construct) =>
    construct.node.metadata
      .filter(({ type }) => type === (AnnotationMetadataEntryType.ERROR as string))
      .map(({ data }) => ({
        code: "PVD1024",
        where: construct.node.path,
        source: originOf(construct),
        got: String(data),
        want: "no error",
        fix: "see the message",
      })),
  );
}
