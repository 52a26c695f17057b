import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { checkCommand } from "../src/commands/check";
import { index } from "./sample-fleet";
import { run, sampleWorkspace, write } from "./sample-workspace";

const workspace = sampleWorkspace();
const today = "2027-01-01";
const LOCK = "environments/dev/addresses/orders.txt";
const read = (file: string) => readFileSync(path.join(workspace.root, file), "utf8");
const files = () => [LOCK, "environments/adoption.txt"].map(read);
const without = (short: string) => ({
  ...index,
  stacks: index.stacks.map((stack) => (stack.name.endsWith(`-${short}`) ? { ...stack, elements: {} } : stack)),
});

beforeEach(async () => {
  write(workspace, "cdktf.out/paved.json", JSON.stringify(index));
  await run(checkCommand, workspace, { options: { today, write: true } });
});

test("as locked and within the guard-rails, it says so in three lines", async () => {
  expect(await run(checkCommand, workspace, { options: { today } })).toEqual({
    code: 0,
    out: expect.stringMatching(
      /^\d+ stacks with \d+ resources: as locked; 0 deviations\n.* guard-rails on .*, none broken\n\d+ permissions: as reviewed$/,
    ),
    err: "",
  });
});

test("fails with PVD2010 alone when addresses are gone: nothing could be written then", async () => {
  write(workspace, "cdktf.out/paved.json", JSON.stringify(without("orders")));
  const { code, out, err } = await run(checkCommand, workspace, { options: { today } });
  expect(code).toBe(1);
  expect(out).toMatch(/2 stacks not as locked; 0 deviations; 2 findings$/m);
  expect(err).toMatch(/PVD2010 dev-orders \(stacks\/services\/orders\.ts\): got no aws_.* write retire\(service/);
  expect(err).not.toContain("PVD2011");
  const before = files();
  expect(await run(checkCommand, workspace, { options: { write: true } })).toMatchObject({ code: 1, err });
  expect(files()).toEqual(before);
});

test("fails with PVD2011 for a lock that somebody wrote in, until it is written anew", async () => {
  write(workspace, LOCK, `# hello\n${read(LOCK)}`);
  const { code, err } = await run(checkCommand, workspace);
  expect({ code, err }).toEqual({
    code: 1,
    err: expect.stringContaining(`PVD2011 ${LOCK}: got a lock with the line "# hello", which is no address`),
  });
});

test("--write says which files it wrote, and removes the lock of what has no addresses left", async () => {
  write(workspace, LOCK, "");
  const { code, out } = await run(checkCommand, workspace, { options: { today, write: true } });
  expect(code).toBe(0);
  expect(out).toContain(`wrote ${LOCK}`);
  expect(existsSync(path.join(workspace.root, LOCK))).toBe(true);
});

test("as JSON it has what changed and the findings", async () => {
  write(workspace, "cdktf.out/paved.json", JSON.stringify(without("orders")));
  const { code, out } = await run(checkCommand, workspace, { options: { today, json: true } });
  expect(code).toBe(1);
  const { addresses, errors } = JSON.parse(out) as {
    addresses: { changed: { stack: string; vanished: string[] }[] };
    errors: { code: string }[];
  };
  expect(addresses.changed.map(({ stack }) => stack)).toEqual(["dev-orders", "production-orders"]);
  expect(new Set(errors.map(({ code: each }) => each))).toEqual(new Set(["PVD2010"]));
});

test("fails with PVD4003 for a base where there is no repository", async () => {
  await expect(run(checkCommand, workspace, { options: { today, base: "main" } })).rejects.toThrow(/PVD4003 --base/);
});

describe("consent to lose data", () => {
  const consent = (until: string) => ({
    ...index,
    stacks: index.stacks.map((stack) => ({
      ...stack,
      records: {
        ...stack.records,
        replaceable: Object.keys(stack.elements).map((address) => ({ address, until, reason: "r" })),
      },
    })),
  });

  test("that ends soon is told of, and fails nothing", async () => {
    write(workspace, "cdktf.out/paved.json", JSON.stringify(consent("2027-01-08")));
    const { code, out } = await run(checkCommand, workspace, { options: { today } });
    expect(code).toBe(0);
    expect(out).toContain("note: dev-network aws_vpc.network_vpc: allowReplace expires in 7 days, on 2027-01-08");
  });

  test("fails with PVD5017 when it is over", async () => {
    write(workspace, "cdktf.out/paved.json", JSON.stringify(consent(today)));
    const { code, err } = await run(checkCommand, workspace, { options: { today } });
    expect(code).toBe(1);
    expect(err).toContain(`PVD5017 dev-network aws_vpc.network_vpc: got allowReplace until ${today}, which is over`);
  });
});
