import type { EnvironmentEntry } from "@paved/model";
import { FLUX_NAMESPACE, FLUX_RIGHTS } from "../rule/flux-rights";
import { all, either, holding, is, listOf, type Shape } from "../rule/shape";
import { resources } from "./add-on-settings";
import { deliveryCredentials } from "./credentials";

const off = all({ create: is(false) });

/** Of the one that applies: what a folder refers to is in the folder, never on another host. */
const onlyWhatIsThere = holding(
  (value) => Array.isArray(value) && value.length === 1 && value[0] === "--no-remote-bases=true",
);

/**
 * Flux: its two controllers alone, in their namespace, without the chart's rights, which reach every secret of the cluster, and
 * with what the accounts that it delivers as may do listed to the verb. Nothing is left to the chart's defaults.
 */
export function flux(environment: EnvironmentEntry): Shape {
  return all({
    installCRDs: is(true),
    crds: all({ annotations: all({ "helm.sh/resource-policy": is("keep") }) }),
    multitenancy: all({ enabled: is(true), privileged: is(false), defaultServiceAccount: is("default") }),
    watchAllNamespaces: is(false),
    policies: all({ create: is(true) }),
    rbac: all({ create: is(false), createAggregation: is(false) }),
    extraObjects: listOf(either(...FLUX_RIGHTS, ...deliveryCredentials(environment, FLUX_NAMESPACE))),
    prometheus: all({ podMonitor: all({ create: is(true) }) }),
    sourceController: all({ resources }),
    kustomizeController: all({ resources, container: all({ additionalArgs: onlyWhatIsThere }) }),
    helmController: off,
    imageAutomationController: off,
    imageReflectionController: off,
    notificationController: off,
    sourceWatcher: off,
  });
}
