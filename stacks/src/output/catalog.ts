import { type CatalogService, catalogEntities, ServiceStack, systems } from "@paved/golden-paths";
import { contractLedger } from "@paved/modules";
import type { Fleet } from "../fleet";

/** Where the systems are; no service can have an underscore. */
const SYSTEMS = "_systems";

/** What the catalog knows, as Backstage reads it: the entities of a service by its name, and the systems they make up. */
export function catalogOf(fleet: Fleet): ReadonlyMap<string, readonly object[]> {
  const stacks = fleet.stacks.filter((stack): stack is ServiceStack => stack instanceof ServiceStack);
  const names = fleet.services.map(({ definition }) => definition.metadata.name);
  const described = names.flatMap((name) => {
    const own = stacks.filter(({ service }) => service.name === name);
    return describe(own, stacks) ?? [];
  });
  return new Map<string, readonly object[]>([
    [SYSTEMS, systems(described.map(({ service }) => service))],
    ...described.map((one) => [one.service.name, catalogEntities(one)] as const),
  ]);
}

function describe(own: readonly ServiceStack[], all: readonly ServiceStack[]): CatalogService | undefined {
  const [first] = own;
  const workload = first?.workload;
  if (first === undefined || workload === undefined) return undefined;
  const calls = unique(own.flatMap(({ traffic, service }) => traffic.outOf(service.name).map((rule) => rule.to)));
  const providers = all.filter((stack) => stack.workload?.catalogFacts().provides !== undefined);
  return {
    service: first.service,
    kind: workload.kind,
    goldenPath: workload.goldenPath,
    environments: own.flatMap((stack) => {
      if (stack.workload === undefined) return [];
      const { environment, released } = stack;
      return [{ ...stack.workload.catalogFacts(), environment, released }];
    }),
    dependsOn: unique([...calls, ...own.flatMap(sourcesOf)]),
    provides: workload.catalogFacts().provides,
    consumes: calls.filter((callee) => providers.some(({ service }) => service.name === callee)),
  };
}

/** Services whose topics, queues or databases the stack was told of. */
function sourcesOf(stack: ServiceStack): readonly string[] {
  return contractLedger(stack)
    .consumedBy(stack)
    .flatMap(({ from }) => (from instanceof ServiceStack ? [from.service.name] : []));
}

function unique(names: readonly string[]): readonly string[] {
  return [...new Set(names)].toSorted();
}
