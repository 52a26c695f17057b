import * as fs from "node:fs";
import { loadEnvironments } from "@paved/environments";
import { parse } from "yaml";
import { deliveredRoom, type Workload } from "./capacity/delivered-pods";
import { addOnsRoom, releaseRoom } from "./capacity/platform-pods";
import { allocatable, type Room, times, total } from "./capacity/room";
import { synthesizedWorkspace } from "./throwaway-workspace";

/** The fewest nodes of each environment have room for all that always runs: nobody waits for the autoscaler to begin with. */
const workspace = synthesizedWorkspace();

const environments = loadEnvironments().map(({ environment }) => environment);

/** Share of the nodes that is planned with: pods do not fill nodes to the brim, and rollouts need some. */
const PLANNED = 0.9;

function platform(name: string, nodes: number): Room {
  const file = workspace.file("cdktf.out", "stacks", `${name}-platform`, "cdk.tf.json");
  const { resource } = JSON.parse(fs.readFileSync(file, "utf8")) as {
    resource: { helm_release: Record<string, { chart: string; values: [string] }> };
  };
  const releases = Object.values(resource.helm_release).map(({ chart, values: [text] }) => ({
    chart,
    values: JSON.parse(text) as Record<string, unknown>,
  }));
  return total([addOnsRoom(nodes), ...releases.map((release) => releaseRoom(release, nodes))]);
}

function services(name: string): Room {
  const folder = workspace.file("cdktf.out", "gitops", name);
  const files = fs.readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".yaml"));
  return deliveredRoom(files.map((file) => parse(fs.readFileSync(`${folder}/${file}`, "utf8")) as Workload));
}

test.each(environments.map((environment) => [environment.name, environment] as const))(
  "the fewest nodes of %s have room for the platform and every service",
  (name, { cluster: { nodes } }) => {
    const asked = total([platform(name, nodes.min), services(name)]);
    const short = nodes.instanceTypes.flatMap((type) => {
      const room = times(nodes.min, allocatable(type));
      const kinds = (["cpu", "memory", "pods"] as const).filter((kind) => asked[kind] > room[kind] * PLANNED);
      return kinds.map((kind) => `${type}: ${asked[kind]} ${kind} of ${room[kind]}`);
    });
    expect(short).toEqual([]);
  },
);

test("what is counted is what there is: a platform without monitoring asks for less", () => {
  const values = {
    prometheus: { prometheusSpec: { replicas: 2, resources: { requests: { cpu: "500m", memory: "2Gi" } } } },
  };
  expect(releaseRoom({ chart: "any", values }, 3)).toEqual({ cpu: 1000, memory: 4096, pods: 2 });
  expect(releaseRoom({ chart: "aws-for-fluent-bit", values: { resources: { requests: { cpu: "50m" } } } }, 3)).toEqual({
    cpu: 150,
    memory: 0,
    pods: 3,
  });
});

test("a large node of two cores has 1.93 of them for pods", () => {
  expect(allocatable("m7g.large")).toMatchObject({ cpu: 1930, pods: 110 });
});
