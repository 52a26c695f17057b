import type { Environment } from "@paved/model";
import type { Manifest } from "@paved/golden-paths";
import { dev } from "@paved/environments/src/dev";
import { production } from "@paved/environments/src/production";
import { MONITORING_NAMESPACE, PLATFORM_DELIVERS, RECEIVERS_SECRET } from "@paved/modules";
import { applicationManifests } from "../src/platform/applications";
import { platformManifests } from "../src/platform/delivery";

function only<T extends object>(environment: Environment, kind: string): Manifest & T {
  return platformManifests(environment).find((manifest) => manifest.kind === kind) as Manifest & T;
}

test("what every service attaches to, in production", () => {
  expect(platformManifests(production)).toMatchSnapshot();
});

test("the platform's project lets through all that is delivered in it, where it is delivered", () => {
  const { clusterKinds, namespacedKinds, namespaces } = PLATFORM_DELIVERS;
  const refused = [...platformManifests(production), ...applicationManifests(production, [])].filter((manifest) => {
    const { apiVersion, kind, metadata } = manifest;
    const group = apiVersion.includes("/") ? apiVersion.split("/")[0] : "";
    const kinds: readonly { group: string; kind: string }[] =
      metadata.namespace === undefined ? clusterKinds : namespacedKinds;
    const isKind = kinds.some((each) => each.group === group && each.kind === kind);
    return !isKind || !(metadata.namespace === undefined || namespaces.some((each) => each === metadata.namespace));
  });
  expect(refused).toEqual([]);
});

test("where Flux delivers, what has no namespace is no namespace: OpenTofu makes the gateway's", () => {
  const names = (environment: Environment) =>
    platformManifests(environment).map(({ kind, metadata }) => `${kind} ${metadata.name}`);
  const here = names({ ...dev, delivery: { ...dev.delivery, by: "flux" } });
  expect(names(dev).filter((name) => !here.includes(name))).toEqual(["Namespace gateway", "ServiceAccount default"]);
  expect(names(dev)).toEqual(expect.arrayContaining(here));
});

test("the public gateway is a load balancer on the internet, which speaks no TLS below 1.2", () => {
  const { metadata, spec } = only<{ spec: object }>(dev, "LoadBalancerConfiguration");
  expect(spec).toMatchObject({
    scheme: "internet-facing",
    listenerConfigurations: [{ protocolPort: "HTTPS:443", sslPolicy: expect.stringMatching(/-TLS13-1-2-/) }],
  });
  const gateway = only<{ spec: object }>(dev, "Gateway");
  expect(gateway.spec).toMatchObject({
    infrastructure: { parametersRef: { kind: "LoadBalancerConfiguration", name: metadata.name } },
  });
  expect(gateway.metadata.namespace).toBe(metadata.namespace);
});

test("HTTP and gRPC have a host and a listener each, since a route of one may keep out one of the other", () => {
  const { spec } = only<{ spec: { listeners: { hostname: string; port: number }[] } }>(dev, "Gateway");
  const hosts = spec.listeners.map(({ hostname, port }) => `${hostname}:${port}`);
  expect(hosts).toEqual(expect.arrayContaining(["dev.paved.example.com:443", "grpc.dev.paved.example.com:443"]));
});

test.each([
  [production, "true"],
  [dev, "false"],
])("its load balancer is protected from deletion as the environment is", (environment, value) => {
  const { spec } = only<{ spec: { loadBalancerAttributes: object[] } }>(environment, "LoadBalancerConfiguration");
  expect(spec.loadBalancerAttributes).toContainEqual({ key: "deletion_protection.enabled", value });
});

test("what every rotation is reached by comes from Secrets Manager, and nothing of it is in Git", () => {
  const receivers = platformManifests(production).find(({ metadata }) => metadata.name === RECEIVERS_SECRET);
  expect(receivers).toMatchObject({
    kind: "ExternalSecret",
    metadata: { namespace: MONITORING_NAMESPACE },
    spec: {
      data: [...Object.keys(production.onCall.rotations), "_dead-mans-switch"].map((secretKey) =>
        expect.objectContaining({
          secretKey,
          remoteRef: { key: expect.stringMatching(/^paved\/production\/platform\/[a-z-]+$/) },
        }),
      ),
    },
  });
});
