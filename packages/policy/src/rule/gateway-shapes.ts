import type { EnvironmentEntry } from "@paved/model";
import { asText, at, shown } from "./attributes";
import { aNumber, anything, aText, fields, holding, is, like, listOf, type Shape, someOf } from "./shape";

/** A name of the environment's domain or below it. */
function isOwnHost(host: unknown, { domain }: EnvironmentEntry): boolean {
  const name = asText(host);
  return !name.includes("*") && (name === domain || name.endsWith(`.${domain}`));
}

/** At which hosts services answer, and with which selector of theirs; everywhere else one namespace does, by its name. */
function routesOf(host: unknown, { domain }: EnvironmentEntry): Shape {
  const one = { matchLabels: fields({ "kubernetes.io/metadata.name": aText }, "kubernetes.io/metadata.name") };
  const ofServices = fields({ key: is("paved.dev/service"), operator: is("Exists") }, "key", "operator");
  const isShared = host === domain || host === `grpc.${domain}`;
  const selector = isShared
    ? fields({ matchExpressions: someOf(ofServices) }, "matchExpressions")
    : fields(one, "matchLabels");
  return fields({ namespaces: fields({ from: is("Selector"), selector }, "from", "selector") }, "namespaces");
}

function listener(environment: EnvironmentEntry): Shape {
  return (value, path) => {
    const host = at(value, "hostname");
    const known = {
      name: aText,
      protocol: is("HTTPS"),
      port: is(443),
      hostname: holding((name) => isOwnHost(name, environment)),
      allowedRoutes: routesOf(host, environment),
    };
    return fields(known, "protocol", "hostname", "allowedRoutes")(value, path);
  };
}

/** The public gateway: of the platform's own class and parameters, with its listeners and no others. */
export function gateway(environment: EnvironmentEntry): Shape {
  const parameters = {
    group: is("gateway.k8s.aws"),
    kind: is("LoadBalancerConfiguration"),
    name: is("public"),
  };
  const known = {
    gatewayClassName: is("aws-alb"),
    infrastructure: fields({ parametersRef: fields(parameters, ...Object.keys(parameters)) }, "parametersRef"),
    listeners: someOf(listener(environment)),
  };
  return fields(known, ...Object.keys(known));
}

/** The class of gateways that become application load balancers. */
export const gatewayClass = fields({ controllerName: is("gateway.k8s.aws/alb") }, "controllerName");

/** TLS 1.2 or 1.3 with forward secrecy; what AWS calls `Ext` takes ciphers without it. */
const tlsPolicy = like(/ELBSecurityPolicy-TLS13-1-(2|2-Res|3)(-FIPS|-PQ|-FIPS-PQ)?-\d{4}-\d{2}/);

/** What the platform says of its load balancer, and no more: who may reach it is the gateway's to say. */
export function loadBalancer({ name, account }: EnvironmentEntry): Shape {
  const attribute = (key: string, value: Shape): Shape => fields({ key: is(key), value }, "key", "value");
  const flag = is("true", "false");
  const attributes: Readonly<Record<string, Shape>> = {
    "access_logs.s3.bucket": is(`paved-${name}-access-logs-${account}`),
    "access_logs.s3.enabled": flag,
    "access_logs.s3.prefix": aText,
    "deletion_protection.enabled": flag,
    "routing.http.drop_invalid_header_fields.enabled": flag,
  };
  const known: Shape = (value, path) => {
    const key = asText(at(value, "key"));
    const shape = Object.hasOwn(attributes, key) ? attributes[key] : undefined;
    return shape === undefined ? [{ got: `${path} has ${shown(key)}` }] : attribute(key, shape)(value, key);
  };
  const listening = { protocolPort: is("HTTPS:443"), sslPolicy: tlsPolicy };
  return fields(
    {
      scheme: is("internal", "internet-facing"),
      listenerConfigurations: someOf(fields(listening, ...Object.keys(listening))),
      loadBalancerAttributes: listOf(known),
    },
    "listenerConfigurations",
    "loadBalancerAttributes",
  );
}

/** A route of the platform's own gateway to Services of its own namespace. What changes or copies requests is not listed. */
export function route(environment: EnvironmentEntry, namespace: unknown): Shape {
  const parent = fields({ name: is("public"), namespace: is("gateway"), sectionName: aText }, "name", "namespace");
  const backend = fields(
    { group: is(""), kind: is("Service"), name: aText, namespace: is(namespace), port: aNumber, weight: aNumber },
    "name",
  );
  const known = {
    parentRefs: someOf(parent),
    hostnames: someOf(holding((host) => isOwnHost(host, environment))),
    rules: listOf(fields({ name: aText, matches: anything, backendRefs: listOf(backend), timeouts: anything })),
  };
  return fields(known, "parentRefs", "hostnames");
}
