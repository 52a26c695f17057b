import { loadEnvironments, type ReleasedEnvironment } from "@paved/environments";
import { DELIVERERS, PLATFORM_NAMES } from "@paved/model";
import { buildFleet } from "@paved/stacks";
import { synth } from "@paved/testing";

/** The environments, delivered by Argo CD and by Flux. */
const fleets = DELIVERERS.map((by) =>
  loadEnvironments().map(({ environment, ...released }) => {
    const { syncWindow: _none, ...delivery } = environment.delivery;
    return { ...released, environment: { ...environment, delivery: { ...delivery, by } } };
  }),
);

/** Stacks and namespaces of the platform itself, in these environments, as synth makes and delivers them. */
function platformNames(environments: readonly ReleasedEnvironment[]): readonly string[] {
  const names = new Set<string>();
  const stacks = synth((app) => {
    const fleet = buildFleet(app, environments, []);
    for (const { shortName } of fleet.stacks) names.add(shortName);
    for (const { kind, metadata } of fleet.deliveries.flatMap(({ manifests }) => manifests)) {
      const namespace = kind === "Namespace" ? metadata.name : metadata.namespace;
      if (namespace !== undefined) names.add(namespace);
    }
  });
  for (const stack of Object.values(stacks)) {
    for (const { metadata } of Object.values(stack.resources("kubernetes_namespace_v1")))
      names.add((metadata as { readonly name: string }).name);
  }
  return [...names];
}

test("every stack and namespace of the platform is a name that no service can have, and no other is", () => {
  expect([...new Set(fleets.flatMap(platformNames))].toSorted()).toEqual(PLATFORM_NAMES.toSorted());
});
