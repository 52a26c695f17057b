import { type ServiceMetadata, systemOf } from "@paved/model";
import { entityRef, type SystemEntity } from "./entity";

/**
 * The systems that services are parts of, by name. A system is its services', so it is owned by the team of the one that
 * most depends on: that of the lowest tier, and of several the first by name.
 */
export function systems(services: readonly ServiceMetadata[]): readonly SystemEntity[] {
  const names = [...new Set(services.map(systemOf))].toSorted();
  return names.map((name) => {
    const parts = services
      .filter((service) => systemOf(service) === name)
      .toSorted((a, b) => a.tier - b.tier || (a.name < b.name ? -1 : 1));
    return {
      apiVersion: "backstage.io/v1alpha1",
      kind: "System",
      metadata: {
        name,
        description: `What ${parts
          .map((service) => service.name)
          .toSorted()
          .join(", ")} make together`,
        labels: {},
        annotations: {},
        tags: [],
      },
      spec: { owner: entityRef("group", parts[0]!.owner) },
    };
  });
}
