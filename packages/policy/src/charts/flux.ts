import type { EnvironmentEntry } from "@paved/model";
import { FLUX_NAMESPACE, FLUX_RIGHTS } from "../rule/flux-rights";
import { fields, is, listOf, type Shape } from "../rule/shape";
import { resources } from "./add-on-settings";
import { deliveryCredentials, listOfEither } from "./credentials";

const off = fields({ create: is(false) }, "create");

/**
 * Flux: its two controllers alone, in their namespace, without the chart's rights, which reach every secret of the cluster, and
 * with what the accounts that it delivers as may do listed to the verb.
 */
export function flux(environment: EnvironmentEntry): Shape {
  const known = {
    installCRDs: is(true),
    crds: fields({ annotations: fields({ "helm.sh/resource-policy": is("keep") }) }),
    multitenancy: fields(
      { enabled: is(true), privileged: is(false), defaultServiceAccount: is("default") },
      "enabled",
      "privileged",
    ),
    watchAllNamespaces: is(false),
    policies: fields({ create: is(true) }),
    rbac: fields({ create: is(false), createAggregation: is(false) }, "create", "createAggregation"),
    extraObjects: listOfEither([...FLUX_RIGHTS, ...deliveryCredentials(environment, FLUX_NAMESPACE)]),
    prometheus: fields({ podMonitor: fields({ create: is(true) }) }),
    sourceController: fields({ resources }),
    kustomizeController: fields(
      { resources, container: fields({ additionalArgs: listOf(is("--no-remote-bases=true")) }) },
      "container",
    ),
    helmController: off,
    imageAutomationController: off,
    imageReflectionController: off,
    notificationController: off,
    sourceWatcher: off,
  };
  return fields(known, ...Object.keys(known));
}
