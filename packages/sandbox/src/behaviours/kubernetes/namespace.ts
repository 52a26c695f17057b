import { Refusal } from "../../protocol/diagnostics";
import type { Check } from "../define";
import { objectMeta } from "./object";

const isEmpty: Check = (it) => {
  const name = it.text("metadata.name");
  const releases = it.all("helm_release").filter((release) => release.text("namespace") === name);
  if (releases.length === 0) return;
  const ids = releases.map(({ id }) => id).join(", ");
  throw new Refusal(
    `namespaces "${name}" still has Helm releases`,
    `Destroy helm_release ${ids} first: deleting the namespace would tear them down uncleanly.`,
  );
};

export const namespace = objectMeta({
  type: "kubernetes_namespace_v1",
  kind: "namespaces",
  defaults: { wait_for_default_service_account: false },
  canDelete: [isEmpty],
});
