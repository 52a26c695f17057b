import { type DocumentedChange, plannedAttributes } from "../difference/planned-attributes";
import type { DriftedResource } from "./drift";

interface PlanDocument {
  readonly resource_drift?: readonly {
    readonly address: string;
    readonly mode: "managed" | "data";
    readonly change: DocumentedChange;
  }[];
}

type Read = Pick<DriftedResource, "address" | "change" | "attributes">;

/** What a plan says is no longer as it was applied, from the text of `tofu show -json`; sorted by address. */
export function readDrift(document: string): readonly Read[] {
  const { resource_drift: drift = [] } = JSON.parse(document) as PlanDocument;
  return drift
    .filter(({ mode }) => mode === "managed")
    .flatMap(({ address, change }): readonly Read[] => {
      if (change.actions.includes("delete")) return [{ address, change: "gone", attributes: [] }];
      const attributes = plannedAttributes(change);
      return attributes.length === 0 ? [] : [{ address, change: "changed", attributes }];
    })
    .toSorted((a, b) => (a.address < b.address ? -1 : 1));
}
