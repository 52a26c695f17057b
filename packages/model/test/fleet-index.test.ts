import { type FleetIndex, parseFleetIndex } from "../src";

const index: FleetIndex = {
  version: 1,
  environments: [
    {
      name: "dev",
      account: "111111111111",
      region: "eu-west-1",
      domain: "dev.example.com",
      cidr: "10.10.0.0/16",
      cluster: "arn:aws:eks:eu-west-1:111111111111:cluster/paved-dev",
      apiFrom: ["10.250.0.0/20"],
      delivery: { repository: "https://git.example.com/platform", revision: "delivery" },
      protected: false,
      approvals: 0,
    },
  ],
  stacks: [
    {
      name: "dev-orders",
      environment: "dev",
      kind: "service",
      service: "orders",
      owner: "commerce",
      directory: "stacks/dev-orders",
      dependsOn: ["dev-network"],
      publishes: [],
      consumes: [{ contract: "network@1", from: "dev-network" }],
      notes: [],
      deviations: [],
      records: { moved: [], retired: [{ path: "", reason: "all" }], forgotten: [], imported: [] },
      elements: { "aws_vpc.a": { path: "a" } },
    },
  ],
  services: [],
  goldenPaths: [],
};

/** The index with something else at a path. */
function damaged(path: readonly (string | number)[], value: unknown): unknown {
  const copy = structuredClone(index) as unknown as Record<PropertyKey, unknown>;
  const holder = path.slice(0, -1).reduce((inner, key) => inner[key] as Record<PropertyKey, unknown>, copy);
  if (value === undefined) delete holder[path.at(-1)!];
  else holder[path.at(-1)!] = value;
  return copy;
}

test("an index as synth writes it is taken as it is, with what others may have added", () => {
  const more = { ...index, more: 1 };
  expect(parseFleetIndex(more, "paved.json")).toBe(more);
});

test.each([
  [["version"], 2, "version: got 2, want version 1"],
  [["environments"], undefined, "environments: got nothing, want a list"],
  [["stacks", 0, "name"], 7, "stacks.0.name: got 7, want text"],
  [["stacks", 0, "kind"], "x", 'stacks.0.kind: got "x", want a kind of stack'],
  [["stacks", 0, "release"], "x", 'stacks.0.release: got "x", want whether its workload can run'],
  [["goldenPaths"], undefined, "goldenPaths: got nothing, want a list"],
  [["stacks", 0, "records"], undefined, "stacks.0.records: got nothing, want records"],
  [["stacks", 0, "elements"], [], "stacks.0.elements: got [], want elements by address"],
])("fails with PVD2009 when %j is %p", (path, value, said) => {
  expect(() => parseFleetIndex(damaged(path, value), "paved.json")).toThrow(
    `PVD2009 paved.json ${said}, as this version of Paved writes it; run paved synth`,
  );
});

test.each([undefined, null, [], 1, ""])("fails with PVD2009 on %p", (data) => {
  expect(() => parseFleetIndex(data, "paved.json")).toThrow(/^PVD2009 paved\.json index: .*want an object/);
});
