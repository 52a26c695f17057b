import { loadEnvironments } from "@paved/environments";
import { PLATFORM_NAMES } from "@paved/model";
import { buildFleet } from "@paved/stacks";
import { synth } from "@paved/testing";

/** Stacks and namespaces of the platform itself, in all environments, as synth makes and delivers them. */
function platformNames(): ReadonlySet<string> {
  const names = new Set<string>();
  const stacks = synth((app) => {
    const fleet = buildFleet(app, loadEnvironments(), []);
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
  return names;
}

test("every stack and namespace of the platform is a name that no service can have, and no other is", () => {
  expect([...platformNames()].toSorted()).toEqual(PLATFORM_NAMES.toSorted());
});
