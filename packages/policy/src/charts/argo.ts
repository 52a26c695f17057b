import type { EnvironmentEntry } from "@paved/model";
import { bootstrapApplications } from "../rule/argo-application";
import { bootstrapProjects } from "../rule/argo-project";
import { aFlag, aNumber, fields, holding, is, like, listOf, type Shape } from "../rule/shape";
import { budget, metrics, resources, serviceAccount } from "./add-on-settings";

const component = { resources, metrics, replicas: aNumber, pdb: budget };

/** Manifests that come with Argo CD: what it reads the delivery repository with, out of the platform's own secrets. */
function deliveryCredentials({ name, region, delivery }: EnvironmentEntry): Shape {
  const own = fields({ name: is("delivery-repository"), namespace: is("argocd") }, "name", "namespace");
  const apiVersion = is("external-secrets.io/v1");
  const aws = fields({ service: is("SecretsManager"), region: is(region) });
  const store = fields({
    apiVersion,
    kind: is("SecretStore"),
    metadata: own,
    spec: fields({ provider: fields({ aws }) }),
  });
  const key = holding((value) => typeof value === "string" && value.startsWith(`paved/${name}/platform/`));
  const secret = fields({
    apiVersion,
    kind: is("ExternalSecret"),
    metadata: own,
    spec: fields({
      refreshInterval: like(/[1-9]\d*[mh]/),
      secretStoreRef: fields({ kind: is("SecretStore"), name: is("delivery-repository") }),
      dataFrom: listOf(fields({ extract: fields({ key }) })),
      target: fields({
        name: is("delivery-repository"),
        creationPolicy: is("Owner"),
        template: fields({
          mergePolicy: is("Merge"),
          metadata: fields({ labels: fields({ "argocd.argoproj.io/secret-type": is("repository") }) }),
          data: fields({ type: is("git"), url: is(delivery.repository) }),
        }),
      }),
    }),
  });
  return listOf((value, path) => {
    const [asStore, asSecret] = [store, secret].map((shape) => shape(value, path));
    return [asStore, asSecret].some((found) => found?.length === 0) ? [] : (asSecret ?? []);
  });
}

/** Argo CD: no administrator, no guest, no shell in pods, no rights by default but to read, and its own exclusions. */
export function argoCd(environment: EnvironmentEntry): Shape {
  const cm = {
    "admin.enabled": is(false),
    "users.anonymous.enabled": is(false),
    "application.resourceTrackingMethod": is("annotation"),
  };
  const rbac = { "policy.default": is("role:readonly", ""), scopes: is("[groups]") };
  return fields(
    {
      crds: fields({ install: is(true), keep: is(true) }),
      extraObjects: deliveryCredentials(environment),
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

/** The first projects and applications. */
export function argoCdApps(environment: EnvironmentEntry): Shape {
  return fields({
    projects: bootstrapProjects(environment),
    applications: bootstrapApplications(environment),
  });
}
