import { dev } from "@paved/environments/src/dev";
import { production } from "@paved/environments/src/production";
import { SsmParameter } from "@cdktf/provider-aws/lib/ssm-parameter";
import { synth, synthStack } from "@paved/testing";
import type { App } from "cdktf";
import { Construct } from "constructs";
import { consume, contractLedger, networkContract, PavedStack, publish } from "../src";

const facts = {
  vpcId: "vpc-1",
  vpcCidr: "10.0.0.0/16",
  publicSubnetIds: ["a"],
  privateSubnetIds: ["b"],
  intraSubnetIds: ["c"],
};
const network = (app: Construct) =>
  new PavedStack(app, { environment: dev, name: "network", kind: "network", owner: "platform" });
const cluster = (app: Construct) =>
  new PavedStack(app, { environment: dev, name: "cluster", kind: "cluster", owner: "platform" });

test("a stack keeps its state in the environment's bucket, locked and encrypted", () => {
  const stack = synthStack((app) => network(app));
  expect(stack.json).toMatchSnapshot();
});

test("no two stacks of the fleet share a state object", () => {
  const stacks = synth((app) => {
    for (const environment of [dev, production]) {
      for (const name of ["network", "cluster"] as const)
        new PavedStack(app, { environment, name, kind: name, owner: "platform" });
    }
  });
  const keys = Object.values(stacks).map((stack) => {
    const { backend } = stack.json["terraform"] as { backend: { s3: { bucket: string; key: string } } };
    return `${backend.s3.bucket}/${backend.s3.key}`;
  });
  expect(new Set(keys).size).toBe(4);
});

test("fails with PVD1021 on a second stack of one name, wherever in the app it stands", () => {
  const twice = (app: App) => {
    network(app);
    network(new Construct(app, "elsewhere"));
  };
  expect(() => synth(twice)).toThrow(/^PVD1021 dev-network: got a second stack of this name/);
});

test("an address is the construct path, without a hash", () => {
  const stack = synthStack((app) => {
    const inner = new Construct(new Construct(network(app), "api"), "data-base");
    new SsmParameter(inner, "fact", { name: "/a", type: "String", insecureValue: "a" });
  });
  expect(stack.addresses()).toEqual(["aws_ssm_parameter.api_data-base_fact"]);
});

test.each(["a.b", "Upper", "under_score", "9lives"])("fails with PVD1014 when a construct is called %s", (id) => {
  expect(() =>
    synth((app) => new SsmParameter(network(app), id, { name: "/a", type: "String", insecureValue: "a" })),
  ).toThrow(/PVD1014/);
});

test("facts published by one stack are read by another at a stable name, without its state", () => {
  const stacks = synth((app) => {
    publish(network(app), networkContract, facts);
    const consumer = cluster(app);
    const { privateSubnetIds, vpcId } = consume(consumer, networkContract);
    new SsmParameter(consumer, "copy", {
      name: "/copy",
      type: "String",
      insecureValue: `${vpcId} ${privateSubnetIds.join}`,
    });
  });
  expect(stacks["dev-network"]?.summary()).toMatchSnapshot();
  expect(stacks["dev-cluster"]?.at("data.aws_ssm_parameter.contract-network-v1")).toEqual({
    name: "/paved/dev/network/v1",
  });
});

test("fails with PVD1011 when a consumed contract is published in another environment only", () => {
  const findings: string[] = [];
  synth((app) => {
    publish(
      new PavedStack(app, { environment: production, name: "network", kind: "network", owner: "platform" }),
      networkContract,
      facts,
    );
    consume(cluster(app), networkContract);
    findings.push(
      ...contractLedger(app)
        .findings()
        .map((finding) => `${finding.code} ${finding.where}`),
    );
  });
  expect(findings).toEqual(["PVD1011 dev-cluster"]);
});
