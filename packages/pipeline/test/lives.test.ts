import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { environmentEntry } from "@paved/testing/src/environment-entry";
import {
  environmentWarnings,
  ephemeralEnvironments,
  expiredEnvironments,
  Interruption,
  livingFindings,
  readFleet,
  whatLives,
} from "../src";
import { realEngine, remove, workspaceWith } from "./fleet-on-disk";

describe("what lives in an environment", () => {
  const workspace = workspaceWith([
    { name: "dev-network" },
    { name: "dev-orders", service: "orders" },
    { name: "qa-network" },
  ]);
  const state = (stack: string, ...types: readonly string[]) => {
    const resources = types.map((type) => ({
      mode: "managed",
      type,
      name: "it",
      instances: [{ attributes: { id: "i" } }],
    }));
    mkdirSync(path.dirname(workspace.state(stack)), { recursive: true });
    writeFileSync(workspace.state(stack), JSON.stringify({ resources }));
  };
  const living = async () => {
    const interruption = new Interruption();
    const stacks = readFleet(workspace).stacks.filter(({ environment }) => environment === "dev");
    try {
      const shared = { engine: await realEngine(), interruption, mode: "sandbox" as const };
      return await whatLives({ ...shared, workspace, environment: "dev", stacks });
    } finally {
      interruption.close();
    }
  };
  afterAll(() => remove(workspace));

  test("is nothing before anything was applied", async () => {
    expect(await living()).toEqual([]);
  });

  test("is what the states of its stacks have, with what would be lost, and nothing of others", async () => {
    state("dev-network", "aws_vpc");
    state("dev-orders", "aws_db_instance", "aws_iam_role");
    state("qa-network", "aws_vpc");
    expect((await living()).map(({ stack, address, holds }) => [stack, address, holds])).toEqual([
      ["dev-network", "aws_vpc.it", "everything that stands in it"],
      ["dev-orders", "aws_db_instance.it", "data"],
      ["dev-orders", "aws_iam_role.it", undefined],
    ]);
  });

  test("is also what a stack left that the fleet has no more", async () => {
    state("dev-former", "aws_s3_bucket");
    expect((await living()).map(({ stack }) => stack)).toContain("dev-former");
  });

  test("is not said while a state cannot be read: all of those are", async () => {
    writeFileSync(workspace.state("dev-network"), "{");
    writeFileSync(workspace.state("dev-former"), "[");
    await expect(living()).rejects.toThrow(/PVD3001 dev-network[^]*PVD3001 dev-former/);
  });
});

describe("fails with PVD2202 while something lives", () => {
  const object = (stack: string, type: string, holds?: string) => ({
    stack,
    address: `${type}.it`,
    type,
    id: "i",
    holds,
  });
  const told = { environment: "dev", destroy: "paved destroy --env dev" };

  test("for each object that holds something, the last that was made first, with a way to get it out", () => {
    const living = [object("dev-network", "aws_vpc", "everything"), object("dev-orders", "aws_db_instance", "data")];
    expect(livingFindings(living, told)).toMatchObject([
      {
        code: "PVD2202",
        where: "dev-orders aws_db_instance.it",
        got: "aws_db_instance i, which holds data",
        fix: expect.stringMatching(/^copy it \(aws rds create-db-snapshot.*; then paved destroy --env dev$/),
      },
      { code: "PVD2202", where: "dev-network aws_vpc.it" },
    ]);
  });

  test("once for all that can be made again, which would be billed and known to nobody", () => {
    const living = [object("dev-orders", "aws_iam_role"), object("dev-orders", "aws_iam_policy")];
    expect(livingFindings(living, told)).toMatchObject([
      { code: "PVD2202", where: "dev", got: "2 objects that can be made again", fix: "paved destroy --env dev" },
    ]);
  });

  test("and nothing where nothing does", () => expect(livingFindings([], told)).toEqual([]));
});

describe("an ephemeral environment", () => {
  const environments = [
    environmentEntry("dev"),
    { ...environmentEntry("preview"), ephemeral: { owner: "commerce", expires: "2026-12-05" } },
  ];
  const on = (today: string) => ephemeralEnvironments({ environments }, today);

  test("has days left, until it has none", () => {
    expect(on("2026-11-28")).toMatchObject([{ name: "preview", daysLeft: 7 }]);
    expect(on("2026-12-06")).toMatchObject([{ name: "preview", daysLeft: -1 }]);
  });

  test("is told of in its last week, and after", () => {
    expect(environmentWarnings(on("2026-11-27"))).toEqual([]);
    expect(environmentWarnings(on("2026-12-04"))).toEqual([
      "the environment preview of commerce expires in 1 day, on 2026-12-05",
    ]);
    expect(environmentWarnings(on("2026-12-05"))).toEqual([expect.stringContaining("has expired, on 2026-12-05")]);
  });

  test("fails with PVD2203 from its day on, with whose it is and how it goes", () => {
    expect(expiredEnvironments(on("2026-12-04"))).toEqual([]);
    expect(expiredEnvironments(on("2026-12-05"))).toMatchObject([
      {
        code: "PVD2203",
        where: "environments/src/preview.ts ephemeral.expires",
        got: "2026-12-05, which is over; commerce owns it",
        fix: expect.stringContaining("paved destroy --env preview --live"),
      },
    ]);
  });
});
