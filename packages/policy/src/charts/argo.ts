import type { EnvironmentEntry } from "@paved/model";
import { aFlag, aNumber, either, fields, is, listOf, type Shape } from "../rule/shape";
import { budget, metrics, resources, serviceAccount } from "./add-on-settings";
import { deliveryCredentials } from "./credentials";

const component = { resources, metrics, replicas: aNumber, pdb: budget };

/** Argo CD: no administrator, no guest, no shell in pods, no rights by default but to read, and its own exclusions. */
export function argoCd(environment: EnvironmentEntry): Shape {
  const cm = {
    "admin.enabled": is(false),
    "users.anonymous.enabled": is(false),
    "application.resourceTrackingMethod": is("annotation"),
  };
  const rbac = { "policy.default": is("role:readonly", ""), scopes: is("[groups]") };
  const template = fields({
    mergePolicy: is("Merge"),
    metadata: fields({ labels: fields({ "argocd.argoproj.io/secret-type": is("repository") }) }),
    data: fields({ type: is("git"), url: is(environment.delivery.repository) }),
  });
  return fields(
    {
      crds: fields({ install: is(true), keep: is(true) }),
      extraObjects: listOf(either(...deliveryCredentials(environment, "argocd", template))),
      global: fields({ networkPolicy: fields({ create: is(true) }, "create") }, "networkPolicy"),
      configs: fields(
        { cm: fields(cm, "admin.enabled", "users.anonymous.enabled"), rbac: fields(rbac, "policy.default") },
        "cm",
        "rbac",
      ),
      dex: fields({ enabled: is(false) }),
      controller: fields(component),
      server: fields(component),
      repoServer: fields({ ...component, serviceAccount }, "serviceAccount"),
      applicationSet: fields(component),
      notifications: fields(component),
      redis: fields({ enabled: aFlag, resources }),
      "redis-ha": fields({ enabled: aFlag }),
      redisSecretInit: fields({ resources }),
    },
    "configs",
    "global",
    "dex",
    "repoServer",
  );
}
