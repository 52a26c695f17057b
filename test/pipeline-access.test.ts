import * as fs from "node:fs";
import type { FleetIndex } from "@paved/model";
import { FLEET_ACTIONS } from "@paved/modules";
import { synthesizedWorkspace } from "./throwaway-workspace";

/** What the pipeline's roles may, against what the fleet is made of. */
const workspace = synthesizedWorkspace();
const read = (...parts: string[]) => JSON.parse(fs.readFileSync(workspace.file("cdktf.out", ...parts), "utf8"));

type Root = Readonly<Record<"resource", Readonly<Record<string, Readonly<Record<string, Record<string, string>>>>>>>;
const roots = () =>
  (read("paved.json") as FleetIndex).stacks.map(({ name, directory }) => ({
    name,
    ...(read(directory, "cdk.tf.json") as Root),
  }));

test("the table has a row for every type of AWS that the fleet has, and no other", () => {
  const types = roots().flatMap(({ resource }) => Object.keys(resource));
  const ofAws = [...new Set(types)].filter((type) => type.startsWith("aws_"));
  expect(Object.keys(FLEET_ACTIONS).toSorted()).toEqual(ofAws.toSorted());
});

test("what a role of the fleet is permitted, its boundary permits too", () => {
  const boundary = roots().find(({ name }) => name === "dev-access")!.resource["aws_iam_policy"]!;
  const { Statement } = JSON.parse(boundary["pipeline_role-boundary"]!["policy"]!) as {
    Statement: [{ Action: string[] }];
  };
  const most = new Set(Statement[0].Action);
  const policies = roots()
    .filter(({ name }) => !name.endsWith("-access"))
    .flatMap(({ resource }) => Object.values(resource["aws_iam_role_policy"] ?? {}))
    .map(({ policy }) => JSON.parse(policy!) as { Statement: { Action: string | string[] }[] });
  const actions = new Set(policies.flatMap((policy) => policy.Statement.flatMap(({ Action }) => Action)));
  expect(actions.size).toBeGreaterThan(50);
  const beyond = [...actions].filter((action) => !most.has(action) && !most.has(`${action.split(":")[0]}:*`));
  expect(beyond).toEqual([]);
});
