import { attributeDifferences } from "../difference/attributes";
import { maskedDifference } from "../impact/masked";
import type { DriftedResource } from "./drift";

interface PlanDocument {
  readonly resource_drift?: readonly {
    readonly address: string;
    readonly mode: "managed" | "data";
    readonly change: {
      readonly actions: readonly string[];
      readonly before: unknown;
      readonly after: unknown;
      readonly before_sensitive?: unknown;
      readonly after_sensitive?: unknown;
    };
  }[];
}

/** Attributes that a provider computes from others: they follow what was changed, and say nothing new. */
const FOLLOWING = new Set(["tags_all"]);

type Read = Pick<DriftedResource, "address" | "change" | "attributes">;

/** What a plan says is no longer as it was applied, from the text of `tofu show -json`; sorted by address. */
export function readDrift(document: string): readonly Read[] {
  const { resource_drift: drift = [] } = JSON.parse(document) as PlanDocument;
  return drift
    .filter(({ mode }) => mode === "managed")
    .flatMap(({ address, change }): readonly Read[] => {
      if (change.actions.includes("delete")) return [{ address, change: "gone", attributes: [] }];
      const hidden = [change.before_sensitive, change.after_sensitive];
      const attributes = attributeDifferences(change.before, change.after)
        .filter(({ path }) => !FOLLOWING.has(path.split(/[.[]/)[0] ?? ""))
        .map((each) =>
          maskedDifference(
            each,
            hidden.some((marks) => isMarked(marks, each.path)),
          ),
        );
      return attributes.length === 0 ? [] : [{ address, change: "changed", attributes }];
    })
    .toSorted((a, b) => (a.address < b.address ? -1 : 1));
}

/** Whether the engine marks the value at a path, or what it is in, or anything in it, as sensitive. */
function isMarked(marks: unknown, path: string): boolean {
  let here = marks;
  for (const step of path.match(/[^.[\]]+/g) ?? []) {
    if (here === true) return true;
    if (typeof here !== "object" || here === null) return false;
    here = (here as Readonly<Record<string, unknown>>)[step];
  }
  return JSON.stringify(here)?.includes("true") ?? false;
}
