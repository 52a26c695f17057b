import type { ElementOrigin, FleetIndex, StackEntry } from "@paved/model";
import { stringify } from "yaml";
import { environmentEntry } from "@paved/testing/src/environment-entry";

/** One stack of a made fleet. */
export interface MadeStack extends Partial<Omit<StackEntry, "name">> {
  /** The whole root, or what is under `resource`. */
  readonly root?: object;
  readonly resource?: Readonly<Record<string, Readonly<Record<string, object>>>>;
}

/** What {@link fleetOf} makes. */
export interface MadeFleet {
  readonly index: FleetIndex;
  /** Text by path below `cdktf.out`. */
  readonly files: Readonly<Record<string, string>>;
}

/** What a synth would have written: stacks by name, and manifests by `<environment>/<unit>`. */
export function fleetOf(
  stacks: Readonly<Record<string, MadeStack>>,
  manifests: Readonly<Record<string, readonly object[]>> = {},
  more: Partial<FleetIndex> = {},
): MadeFleet {
  const files: Record<string, string> = {};
  const entries = Object.entries(stacks).map(([name, { root, resource, ...entry }]): StackEntry => {
    files[`stacks/${name}/cdk.tf.json`] = JSON.stringify(root ?? { resource: resource ?? {} });
    const [environment = "", ...rest] = name.split("-");
    return {
      name,
      environment,
      kind: "service",
      service: rest.join("-"),
      owner: "commerce",
      directory: `stacks/${name}`,
      dependsOn: [],
      publishes: [],
      consumes: [],
      notes: [],
      deviations: [],
      records: { moved: [], retired: [], forgotten: [], imported: [] },
      elements: originsOf(resource ?? {}),
      ...entry,
    };
  });
  for (const [folder, all] of Object.entries(manifests)) {
    for (const manifest of all as readonly { kind: string; metadata: { name: string } }[]) {
      files[`gitops/${folder}/${manifest.kind.toLowerCase()}-${manifest.metadata.name}.yaml`] = stringify(manifest);
    }
  }
  const environments = [...new Set(entries.map(({ environment }) => environment))];
  const index: FleetIndex = {
    version: 1,
    environments: environments.map(environmentEntry),
    stacks: entries,
    services: [],
    goldenPaths: [],
    ...more,
  } as FleetIndex;
  return { index, files };
}

function originsOf(
  resource: Readonly<Record<string, Readonly<Record<string, object>>>>,
): Record<string, ElementOrigin> {
  return Object.fromEntries(
    Object.entries(resource).flatMap(([type, named]) =>
      Object.keys(named).map((name) => [
        `${type}.${name}`,
        { path: name.replaceAll("_", "/"), module: `modules/src/${type}`, source: "stacks/services/orders.ts:4" },
      ]),
    ),
  );
}
