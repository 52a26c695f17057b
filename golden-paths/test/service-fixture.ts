import { dev } from "@paved/environments/src/dev";
import { production } from "@paved/environments/src/production";
import { type Environment, PavedError, type ServiceMetadata } from "@paved/model";
import { clusterContract, DnsZone, Network, PavedStack, platformContract, publish } from "@paved/modules";
import { synth, type SynthesizedStack } from "@paved/testing";
import { type Manifest, ServiceStack, TrafficLedger, type Workload } from "../src";

export const orders: ServiceMetadata = {
  name: "orders",
  owner: "commerce",
  tier: 1,
  onCall: "commerce-primary",
  runbook: "https://runbooks.example.com/orders",
};

/** Terms of a deviation that nothing is wrong with. */
export const terms = {
  rule: "startup-time",
  reason: "The model takes two minutes to load.",
  owner: "commerce",
  ticket: "https://tickets.example.com/1",
  expires: "2027-06-30",
  approvedBy: "platform",
};

/** What one service gives in one environment. */
export interface BuiltService<P> {
  readonly stack: SynthesizedStack;
  readonly manifests: readonly Manifest[];
  readonly notes: readonly string[];
  /** The golden path that was made. */
  readonly path: P;
}

export interface FixtureOptions<P> {
  readonly environment?: Environment;
  readonly service?: ServiceMetadata;
  /** @default - released */
  readonly digest?: string | null;
  readonly traffic?: TrafficLedger;
  /** Says more about the service, after it is built. */
  readonly also?: (path: P) => void;
}

/** Builds a service the way the fleet does, with the platform's contracts published beside it. */
export function buildService<P extends Workload>(
  make: (stack: ServiceStack) => P,
  options: FixtureOptions<P> = {},
): BuiltService<P> {
  const environment = options.environment ?? dev;
  const service = options.service ?? orders;
  const digest = options.digest === null ? undefined : (options.digest ?? `sha256:${"a".repeat(64)}`);
  let built: Omit<BuiltService<P>, "stack"> | undefined;
  const stacks = synth((app) => {
    const platform = new PavedStack(app, { environment, name: "platform", kind: "platform", owner: "platform" });
    new Network(platform, "network");
    new DnsZone(platform, "dns");
    publish(platform, clusterContract, { name: "paved", securityGroupId: "sg-1" });
    publish(platform, platformContract, {
      argoCdNamespace: "argocd",
      accessLogsBucket: "access-logs",
      databaseAccessNamespace: "database-access",
    });
    const traffic = options.traffic ?? new TrafficLedger();
    const file = `stacks/services/${service.name}.ts`;
    const stack = new ServiceStack(app, { environment, service, file, digest, traffic });
    const path = make(stack);
    options.also?.(path);
    built = { path, manifests: stack.manifests(), notes: stack.notes };
  });
  return {
    stack: stacks[`${environment.name}-${service.name}`] as SynthesizedStack,
    ...(built as Omit<BuiltService<P>, "stack">),
  };
}

/** What a reviewer reads: what has tests of its own (dashboards, alerts, the job of a database) is named only. */
export function reviewed({ manifests }: Pick<BuiltService<unknown>, "manifests">): readonly (Manifest | string)[] {
  const long = new Set(["ConfigMap", "Job", "PrometheusRule"]);
  return manifests.map((manifest) =>
    long.has(manifest.kind) ? `${manifest.kind} ${manifest.metadata.name}` : manifest,
  );
}

/** The only manifest of a kind. */
export function only<T>(built: Pick<BuiltService<unknown>, "manifests">, kind: string): T {
  const all = built.manifests.filter((manifest) => manifest.kind === kind);
  if (all.length !== 1) throw new Error(`expected one ${kind}, got ${all.length}`);
  return all[0] as unknown as T;
}

/** Codes and fields of what is refused, for example `PVD1025 port`; nothing when it is accepted. */
export function refusals(make: () => unknown): readonly string[] {
  try {
    make();
    return [];
  } catch (error) {
    if (!(error instanceof PavedError)) throw error;
    return error.findings.map(({ code, where }) => `${code} ${where.replace(/^stacks\/services\/\w+\.ts /, "")}`);
  }
}

export { dev, production };
