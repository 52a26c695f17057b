import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { Workspace } from "@paved/pipeline";
import { findApplied } from "../src/explain/applied-object";
import { index } from "./sample-fleet";

const workspace = new Workspace(mkdtempSync(path.join(tmpdir(), "paved-cli-")));
afterAll(() => rmSync(workspace.root, { recursive: true, force: true }));

beforeAll(() => {
  const resource = {
    mode: "managed",
    type: "aws_vpc",
    name: "network_vpc",
    instances: [{ attributes: { id: "vpc-1" } }],
  };
  for (const stack of ["dev-network", "production-network"]) {
    mkdirSync(path.dirname(workspace.state(stack)), { recursive: true });
    writeFileSync(workspace.state(stack), JSON.stringify({ version: 4, resources: [resource] }));
  }
});

const find = (subject: string) => findApplied(workspace, index.stacks, subject);

test("an applied object is found by stack and address", () => {
  expect(find("dev-network:aws_vpc.network_vpc")).toMatchObject({ stack: "dev-network", type: "aws_vpc", id: "vpc-1" });
});

test("fails with PVD4002 when several stacks have the address, naming each", () => {
  expect(() => find("aws_vpc.network_vpc")).toThrow(
    "PVD4002 the sandbox: got aws_vpc.network_vpc, want an address of one stack only; " +
      "use one of dev-network:aws_vpc.network_vpc, production-network:aws_vpc.network_vpc",
  );
});

test("fails with PVD3003 when nothing is applied there, with the likely one", () => {
  expect(() => find("dev-network:aws_vpc.network_vp")).toThrow(/^PVD3003 .*did you mean aws_vpc\.network_vpc\?$/);
  expect(() => find("nothing-like-it-at-all")).toThrow(/^PVD3003 .*see paved sandbox objects$/);
});
