import { type CatalogService, catalogEntities, ServiceStack } from "@paved/golden-paths";
import { contractLedger } from "@paved/modules";
import type { Fleet } from "../fleet";

/** What the catalog knows of each service, as Backstage reads it: the entities of a service by its name. */
export function catalogOf(fleet: Fleet): ReadonlyMap<string, readonly object[]> {
  const stacks = fleet.stacks.filter((stack): stack is ServiceStack => stack instanceof ServiceStack);
  const names = fleet.services.map(({ definition }) => definition.metadata.name);
  return new Map(
    names.flatMap((name) => {
      const own = stacks.filter(({ service }) => service.name === name);
      const described = describe(own, stacks);
      return described === undefined ? [] : [[name, catalogEntities(described)]];
    }),
  );
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
      const released = !stack.workload.needsImage || stack.digest !== undefined;
      return [{ ...stack.workload.catalogFacts(), environment: stack.environment, released }];
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
