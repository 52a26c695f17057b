import { Refusal } from "../../protocol/diagnostics";
import { type Check, defineBehaviour } from "../define";
import type { Instance } from "../instance";
import { clusterAnswers, hasNamespace } from "../kubernetes/object";

const LONGEST_NAME = 53;

const nameIsAllowed: Check = (it) => {
  const name = it.text("name");
  if (name === undefined || (/^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/.test(name) && name.length <= LONGEST_NAME)) return;
  const detail = `Use at most ${LONGEST_NAME} lower case letters, digits and '-'. Got ${JSON.stringify(name)}.`;
  throw new Refusal("invalid release name", detail, ["name"]);
};

const nameIsFree: Check = (it) => {
  const same = it
    .all("helm_release")
    .find((other) => other.text("name") === it.text("name") && other.text("namespace") === it.text("namespace"));
  if (same === undefined || it.prior !== undefined) return;
  const detail = `A release named ${it.text("name")} is in namespace ${it.text("namespace")} already: choose another name, or import it.`;
  throw new Refusal("cannot re-use a name that is still in use", detail, ["name"]);
};

const namespaceExists: Check = Object.assign(
  (it: Instance): void => {
    const namespace = it.text("namespace") ?? "default";
    if (it.isTrue("create_namespace") || hasNamespace(it, namespace)) return;
    const detail = "Create the namespace first, and refer to it so that it comes first, or set create_namespace.";
    throw new Refusal(`create: failed to create: namespaces "${namespace}" not found`, detail, ["namespace"]);
  },
  { isOfCluster: true },
);

const DEPLOYED_AT = 1_735_689_600;

export const release = defineBehaviour({
  type: "helm_release",
  id: (it) => it.text("name")!,
  defaults: {
    atomic: false,
    cleanup_on_fail: false,
    create_namespace: false,
    dependency_update: false,
    disable_crd_hooks: false,
    disable_openapi_validation: false,
    disable_webhooks: false,
    force_update: false,
    lint: false,
    max_history: 0,
    namespace: "default",
    pass_credentials: false,
    recreate_pods: false,
    render_subchart_notes: true,
    replace: false,
    reset_values: false,
    reuse_values: false,
    "set.type": "",
    skip_crds: false,
    take_ownership: false,
    timeout: 300,
    upgrade_install: false,
    verify: false,
    wait: true,
    wait_for_jobs: false,
  },
  replaceOn: ["name", "namespace"],
  // One that Helm has in any other state is brought there by the next apply, as by the provider.
  planned: () => ({ status: "deployed" }),
  recompute: { metadata: ["*"] },
  computed: (it) => ({
    manifest: null,
    metadata: {
      app_version: it.text("version") ?? "",
      chart: it.text("chart")?.split("/").at(-1) ?? "",
      first_deployed: it.prior?.number("metadata.first_deployed") ?? DEPLOYED_AT,
      last_deployed: DEPLOYED_AT,
      name: it.text("name") ?? "",
      namespace: it.text("namespace") ?? "",
      notes: "",
      revision: (it.prior?.number("metadata.revision") ?? 0) + 1,
      values: JSON.stringify(it.get("values") ?? {}),
      version: it.text("version") ?? "0.0.0",
    },
    resources: {},
    status: "deployed",
    version: "0.0.0",
  }),
  validate: [nameIsAllowed],
  checks: [clusterAnswers, namespaceExists, nameIsFree],
  importIds: (it) => [`${it.text("namespace")}/${it.text("name")}`],
});
