import { dev, production } from "@paved/environments";
import type { Environment, ServiceMetadata } from "@paved/model";
import { Network, PavedStack, publish, clusterContract, platformContract } from "@paved/modules";
import { synth, type SynthesizedStack } from "@paved/testing";
import { type Manifest, NodeApi, type NodeApiProps, ServiceStack, TrafficLedger } from "../src";

export const orders: ServiceMetadata = {
  name: "orders",
  owner: "commerce",
  tier: 1,
  onCall: "commerce-primary",
  runbook: "https://runbooks.example.com/orders",
};

export const minimal: NodeApiProps = { image: "commerce/orders", port: 8080 };

export const everything: NodeApiProps = {
  image: "commerce/orders",
  port: 9000,
  size: "medium",
  replicas: { min: 2, max: 5 },
  database: { size: "small" },
  config: { GREETING: "costs $(5) or ${6}" },
  secrets: ["stripe-api-key"],
  health: { live: "/live", ready: "/ready" },
  internet: true,
  environments: { production: { size: "large", replicas: { min: 6, max: 20 }, database: { size: "large" } } },
};

/** What one service gives in one environment. */
export interface BuiltService {
  readonly stack: SynthesizedStack;
  readonly manifests: readonly Manifest[];
  readonly notes: readonly string[];
  readonly api: NodeApi;
}

export interface FixtureOptions {
  readonly environment?: Environment;
  readonly service?: ServiceMetadata;
  /** @default - released */
  readonly digest?: string | null;
  readonly traffic?: TrafficLedger;
  /** Says more about the service, after it is built. */
  readonly also?: (api: NodeApi) => void;
}

/** Builds a service the way the fleet does, with the platform's contracts published beside it. */
export function build(props: NodeApiProps, options: FixtureOptions = {}): BuiltService {
  const environment = options.environment ?? dev;
  const service = options.service ?? orders;
  const digest = options.digest === null ? undefined : (options.digest ?? `sha256:${"a".repeat(64)}`);
  let built: Omit<BuiltService, "stack"> | undefined;
  const stacks = synth((app) => {
    const platform = new PavedStack(app, { environment, name: "platform", kind: "platform", owner: "platform" });
    new Network(platform, "network");
    publish(platform, clusterContract, { name: "paved", securityGroupId: "sg-1" });
    publish(platform, platformContract, { argoCdNamespace: "argocd" });
    const traffic = options.traffic ?? new TrafficLedger();
    const stack = new ServiceStack(app, {
      environment,
      service,
      file: `stacks/services/${service.name}.ts`,
      digest,
      traffic,
    });
    const api = new NodeApi(stack, "api", props);
    options.also?.(api);
    built = { api, manifests: stack.manifests(), notes: stack.notes };
  });
  return {
    stack: stacks[`${environment.name}-${service.name}`] as SynthesizedStack,
    ...(built as Omit<BuiltService, "stack">),
  };
}

export { dev, production };
