import { goldenPathEntry, goldenPaths, ServiceStack, type TrafficLedger } from "@paved/golden-paths";
import {
  type Environment,
  type EnvironmentEntry,
  type FleetIndex,
  order,
  type ServiceEntry,
  type StackEntry,
} from "@paved/model";
import { clusterName, contractLedger, type PavedStack, STATE_STACK } from "@paved/modules";
import type { Fleet } from "../fleet";
import { origins, type TreeElement } from "./elements";

/** What a stack synthesized to. */
export interface SynthesizedStack {
  readonly stack: PavedStack;
  readonly elements: readonly TreeElement[];
  /** The parsed `cdk.tf.json`. */
  readonly json: Readonly<Record<string, unknown>>;
}

/** `paved.json`: what the pipeline needs to know of the output, stacks in dependency order. */
export function indexOf(fleet: Fleet, synthesized: readonly SynthesizedStack[]): FleetIndex {
  const entries = new Map(synthesized.map((each) => [each.stack.node.id, stackEntry(each)]));
  const ordering = order(new Map([...entries].map(([name, entry]) => [name, entry.dependsOn])));
  // Circles were refused when the fleet was built, see ContractLedger.
  const names = "sorted" in ordering ? ordering.sorted : [...entries.keys()];
  return {
    version: 1,
    environments: fleet.environments.map(environmentEntry),
    stacks: names.map((name) => entries.get(name) as StackEntry),
    services: fleet.services.map(({ definition, file }) => serviceEntry(fleet, definition.metadata.name, file)),
    goldenPaths: goldenPaths.map(goldenPathEntry),
  };
}

function environmentEntry(environment: Environment): EnvironmentEntry {
  const { name, account, region, domain, network, cluster, delivery, approvals, ephemeral } = environment;
  return {
    name,
    account,
    region,
    domain,
    cidr: network.cidr,
    cluster: `arn:aws:eks:${region}:${account}:cluster/${clusterName(environment)}`,
    apiFrom: cluster.api.from,
    delivery: {
      by: delivery.by,
      repository: delivery.repository,
      revision: delivery.revision,
      syncWindow: delivery.syncWindow,
    },
    protected: environment.protected,
    approvals,
    ...(ephemeral !== false && { ephemeral }),
  };
}

function stackEntry({ stack, elements, json }: SynthesizedStack): StackEntry {
  const ledger = contractLedger(stack);
  const consumes = ledger.consumedBy(stack).map(({ contract, from }) => ({ contract, from: from.node.id }));
  // Before its key is there, no state can be written.
  const keys = stack.shortName === STATE_STACK ? [] : [`${stack.environment.name}-${STATE_STACK}`];
  return {
    name: stack.node.id,
    environment: stack.environment.name,
    kind: stack.kind,
    service: stack instanceof ServiceStack ? stack.service.name : undefined,
    owner: stack.owner,
    directory: `stacks/${stack.node.id}`,
    dependsOn: [...new Set([...keys, ...consumes.map(({ from }) => from)])].toSorted(),
    publishes: ledger.publishedBy(stack),
    consumes,
    release: stack instanceof ServiceStack ? stack.release : undefined,
    notes: stack.notes,
    deviations: stack.deviationsIn(json),
    records: stack.addressRecords(),
    elements: origins(elements),
  };
}

function serviceEntry(fleet: Fleet, name: string, file: string): ServiceEntry {
  const stacks = fleet.stacks.filter(
    (stack): stack is ServiceStack => stack instanceof ServiceStack && stack.service.name === name,
  );
  const first = stacks[0] as ServiceStack;
  return {
    ...first.service,
    source: file,
    goldenPath: first.workload?.goldenPath ?? "none",
    stacks: stacks.map((stack) => stack.node.id),
    allowsFrom: callersOf(first.traffic, name),
  };
}

function callersOf(traffic: TrafficLedger, service: string): readonly string[] {
  return traffic.into(service).map((rule) => rule.from);
}
