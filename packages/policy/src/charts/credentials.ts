import type { EnvironmentEntry } from "@paved/model";
import { fields, holding, is, like, listOf, type Shape } from "../rule/shape";

/**
 * Manifests by which what delivers reads the delivery repository, out of the platform's own secrets.
 * @param namespace of what delivers
 * @param template what stands beside the secret in the cluster. @default - nothing
 */
export function deliveryCredentials(
  { name, region }: EnvironmentEntry,
  namespace: string,
  template?: Shape,
): readonly Shape[] {
  const own = fields({ name: is("delivery-repository"), namespace: is(namespace) }, "name", "namespace");
  const apiVersion = is("external-secrets.io/v1");
  const aws = fields({ service: is("SecretsManager"), region: is(region) });
  const key = holding((value) => typeof value === "string" && value.startsWith(`paved/${name}/platform/`));
  const target = { name: is("delivery-repository"), creationPolicy: is("Owner") };
  return [
    fields({
      apiVersion,
      kind: is("SecretStore"),
      metadata: own,
      spec: fields({ provider: fields({ aws }) }),
    }),
    fields({
      apiVersion,
      kind: is("ExternalSecret"),
      metadata: own,
      spec: fields({
        refreshInterval: like(/[1-9]\d*[mh]/),
        secretStoreRef: fields({ kind: is("SecretStore"), name: is("delivery-repository") }),
        dataFrom: listOf(fields({ extract: fields({ key }) })),
        target: fields(template === undefined ? target : { ...target, template }),
      }),
    }),
  ];
}
