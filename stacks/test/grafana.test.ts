import { dev } from "@paved/environments/src/dev";
import { production } from "@paved/environments/src/production";
import type { Manifest } from "@paved/golden-paths";
import { GRAFANA, MONITORING_NAMESPACE, subnetsOf } from "@paved/modules";
import { platformManifests } from "../src/platform/delivery";

const all = platformManifests(dev);
const of = <T = object>(kind: string, name: string = GRAFANA.name) =>
  all.find((manifest) => manifest.kind === kind && manifest.metadata.name === name) as Manifest & { readonly spec: T };

interface Listener {
  readonly name: string;
  readonly hostname: string;
  readonly allowedRoutes: { readonly namespaces: { readonly selector: object } };
}

const { listeners } = of<{ listeners: readonly Listener[] }>("Gateway", "public").spec;

test("the gateway has a listener for Grafana's host, at which its own namespace alone attaches", () => {
  const listener = listeners.find(({ hostname }) => hostname === "grafana.dev.paved.example.com");
  expect(listener?.allowedRoutes.namespaces).toEqual({
    from: "Selector",
    selector: { matchLabels: { "kubernetes.io/metadata.name": MONITORING_NAMESPACE } },
  });
});

test("routes of services attach at the domain and at the host of gRPC alone", () => {
  const open = listeners.filter(({ allowedRoutes }) =>
    JSON.stringify(allowedRoutes.namespaces).includes("paved.dev/service"),
  );
  expect(open.map(({ hostname }) => hostname)).toEqual([dev.domain, `grpc.${dev.domain}`]);
});

test("Grafana's route is for its host, at its listener", () => {
  const { metadata, spec } = of("HTTPRoute");
  const listener = listeners.find(({ name }) => name === "grafana");
  expect(metadata.namespace).toBe(MONITORING_NAMESPACE);
  expect(spec).toMatchObject({
    parentRefs: [{ name: "public", namespace: "gateway", sectionName: listener?.name }],
    hostnames: [listener?.hostname],
    rules: [{ backendRefs: [{ name: GRAFANA.name, port: 80 }] }],
  });
});

test("the load balancer asks Grafana for its health where it answers without sign-in", () => {
  expect(of("TargetGroupConfiguration").spec).toMatchObject({
    targetReference: { name: GRAFANA.name },
    defaultConfiguration: { targetType: "ip", healthCheckConfig: { healthCheckPath: "/api/health" } },
  });
});

test("the load balancer and Prometheus get to Grafana, and nobody else", () => {
  const { spec } = of<{ ingress: [{ from: { ipBlock?: { cidr: string } }[]; ports: object[] }] }>("NetworkPolicy");
  const [{ from, ports }] = spec.ingress;
  const ranges = from.flatMap(({ ipBlock }) => ipBlock?.cidr ?? []);
  expect(spec.ingress).toHaveLength(1);
  expect(ranges).toEqual(subnetsOf(dev.network.cidr, dev.network.zones.length).public);
  expect(from.slice(ranges.length)).toEqual([
    { namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": MONITORING_NAMESPACE } } },
  ]);
  expect(ports).toEqual([{ protocol: "TCP", port: GRAFANA.port }]);
});

test("Grafana gets out to names, to what it shows, to its cloud identity and to HTTPS, and never to the nodes' credentials", () => {
  const { spec } = of<{ policyTypes: string[]; egress: { to: object[]; ports: { port: number }[] }[] }>(
    "NetworkPolicy",
  );
  expect(spec.policyTypes).toEqual(["Ingress", "Egress"]);
  expect(spec.egress.map(({ ports }) => ports.map(({ port }) => port))).toEqual([[53, 53], [9090, 9093], [80], [443]]);
  expect(spec.egress.at(-1)?.to).toEqual([{ ipBlock: { cidr: "0.0.0.0/0", except: ["169.254.0.0/16"] } }]);
});

test("the client secret comes from Secrets Manager, by the name that the environment says", () => {
  const { metadata, spec } = of("ExternalSecret", GRAFANA.signInSecret.name);
  expect(metadata.namespace).toBe(MONITORING_NAMESPACE);
  expect(spec).toMatchObject({
    data: [{ secretKey: GRAFANA.signInSecret.key, remoteRef: { key: "paved/dev/platform/grafana-client" } }],
  });
  expect(production.signIn.clientSecret).toBe("grafana-client");
});
