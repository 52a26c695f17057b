import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { FleetIndex, StackEntry } from "@paved/model";
import fc from "fast-check";
import { checkAddresses } from "../src/addresses/check";
import { compareAddresses, vanishedFinding } from "../src/addresses/compare";
import { proposal } from "../src/addresses/propose";
import { Workspace } from "../src/workspace/workspace";
import { environmentEntry } from "@paved/testing/src/environment-entry";

const NONE: StackEntry["records"] = { moved: [], retired: [], forgotten: [], imported: [] };

function stack(name: string, addresses: readonly string[], records: Partial<StackEntry["records"]> = {}): StackEntry {
  return {
    name,
    environment: "dev",
    kind: "service",
    service: name.slice("dev-".length),
    owner: "commerce",
    directory: `stacks/${name}`,
    dependsOn: [],
    publishes: [],
    consumes: [],
    notes: [],
    deviations: [],
    records: { ...NONE, ...records },
    elements: Object.fromEntries(addresses.map((address) => [address, { path: "x" }])),
  };
}

function index(...stacks: readonly StackEntry[]): FleetIndex {
  const services = stacks.map(({ service }) => ({
    name: service!,
    owner: "commerce",
    tier: 1,
    onCall: "commerce",
    runbook: "https://runbooks.example.com",
    source: `stacks/services/${service}.ts`,
    goldenPath: "node-api@1",
    stacks: [`dev-${service}`],
    allowsFrom: [],
  }));
  return { version: 1, environments: [environmentEntry("dev")], stacks, services, goldenPaths: [] };
}

const KEY = "aws_kms_key.api_database_key_key";
const INSTANCE = "aws_db_instance.api_database_instance";
const VPC = "aws_vpc.network_vpc";

describe("comparing", () => {
  const compare = (locked: readonly string[], has: readonly string[], records: Partial<StackEntry["records"]> = {}) =>
    compareAddresses(locked, stack("dev-orders", has, records));

  test("what is new, and what is gone", () => {
    expect(compare([VPC, KEY], [VPC, INSTANCE])).toMatchObject({ added: [INSTANCE], vanished: [KEY], explained: [] });
  });

  test("data sources have nothing to lose", () => {
    expect(compare([], ["data.aws_region.current"])).toMatchObject({ added: [], vanished: [] });
  });

  test.each([
    ["moved", { moved: [{ from: KEY, to: "aws_kms_key.api_store_key_key" }] }],
    ["forgotten", { forgotten: [{ address: KEY, reason: "kept" }] }],
    ["retired by its path", { retired: [{ path: "api/database", reason: "gone" }] }],
    ["retired with all that the stack had", { retired: [{ path: "", reason: "gone" }] }],
  ])("an address that was %s is explained", (_how, records) => {
    expect(compare([KEY], [], records)).toMatchObject({ vanished: [], explained: [KEY] });
  });

  test.each(["api/data", "database", "api/database/key/key/deeper"])("a record of %s explains nothing else", (at) => {
    expect(compare([KEY], [], { retired: [{ path: at, reason: "gone" }] }).vanished).toEqual([KEY]);
  });

  test("an address that moves to where another one stands is not explained: OpenTofu would destroy it", () => {
    const moved = [
      { from: "aws_vpc.old", to: "aws_vpc.older" },
      { from: "aws_vpc.older", to: VPC },
    ];
    expect(compare(["aws_vpc.old"], [VPC], { moved }).vanished).toEqual([]);
    expect(compare(["aws_vpc.old", VPC], [VPC], { moved }).vanished).toEqual(["aws_vpc.old"]);
    expect(compare(["aws_vpc.old", "aws_vpc.older"], [VPC], { moved })).toMatchObject({
      explained: ["aws_vpc.older"],
      vanished: ["aws_vpc.old"],
    });
  });

  test("every locked address is there, explained or vanished, and none is two of them", () => {
    const address = fc.constantFrom(KEY, INSTANCE, VPC, "aws_vpc.other", "aws_kms_key.a");
    const some = fc.uniqueArray(address);
    fc.assert(
      fc.property(some, some, some, (locked, has, forgotten) => {
        const result = compare(locked, has, { forgotten: forgotten.map((each) => ({ address: each, reason: "r" })) });
        const kept = locked.filter((each) => has.includes(each));
        expect([...kept, ...result.explained, ...result.vanished].toSorted()).toEqual(locked.toSorted());
        expect(result.added.toSorted()).toEqual(has.filter((each) => !locked.includes(each)).toSorted());
      }),
    );
  });
});

describe("proposing", () => {
  test("a rename, from what was added with the same type and end", () => {
    const vanished = [INSTANCE, KEY, "aws_kms_alias.api_database_key_alias"];
    const added = vanished.map((address) => address.replace("api_database", "api_orders_store"));
    expect(proposal({ vanished, added }, added)).toBe(
      'was it renamed? write renamedFrom(<construct at api/orders/store>, "api/database")',
    );
  });

  test("the rename that explains most, where several would fit", () => {
    const vanished = ["aws_kms_key.old_a_key", "aws_kms_key.old_b_key"];
    const added = ["aws_kms_key.new_a_key", "aws_kms_key.new_b_key"];
    expect(proposal({ vanished, added }, added)).toContain('renamedFrom(<construct at new>, "old")');
  });

  const POLICY = "aws_iam_role_policy.api_identity_policy";
  const ROLE = "aws_iam_role.api_identity_role_role";

  test("retirements of the fewest paths that have all that is gone below them, and nothing that is there", () => {
    expect(proposal({ vanished: [INSTANCE, KEY, POLICY], added: [] }, [ROLE, VPC])).toBe(
      'was it meant to go? write retire(service, { path: "api/database", reason: "…", until: "…" }) and ' +
        'retire(service, { path: "api/identity/policy", reason: "…" })',
    );
    expect(proposal({ vanished: [INSTANCE, KEY, ROLE], added: [] }, [VPC])).toBe(
      'was it meant to go? write retire(service, { path: "api", reason: "…", until: "…" })',
    );
  });

  test("a retirement of all, where nothing is there", () => {
    expect(proposal({ vanished: [VPC, KEY], added: [] }, [])).toBe(
      'was it meant to go? write retire(service, { reason: "…", until: "…" })',
    );
  });

  test("another id for what stands at the path of what is gone", () => {
    expect(proposal({ vanished: [POLICY], added: [] }, ["aws_iam_policy.api_identity_policy"])).toBe(
      "something of another type stands at api/identity/policy: give that another id, and retire the path",
    );
  });

  test("never throws, and always says what to write", () => {
    const part = fc.constantFrom("a", "b", "key");
    const address = fc
      .tuple(fc.constantFrom("aws_vpc", "aws_kms_key"), fc.array(part, { minLength: 1, maxLength: 4 }))
      .map(([type, ids]) => `${type}.${ids.join("_")}`);
    fc.assert(
      fc.property(fc.array(address, { minLength: 1 }), fc.array(address), (vanished, added) => {
        expect(proposal({ vanished, added }, added)).toMatch(/renamedFrom\(<|retire\(service, \{|another id/);
      }),
    );
  });

  test("PVD2010 names the first and counts the others", () => {
    const comparison = compareAddresses([INSTANCE, KEY], stack("dev-orders", []));
    expect(vanishedFinding(comparison, "stacks/services/orders.ts", "what to write")).toMatchObject({
      code: "PVD2010",
      where: "dev-orders",
      got: `no ${INSTANCE} and 1 others that were there`,
    });
  });
});

describe("the lock on disk", () => {
  let workspace: Workspace;
  const file = (name: string) => path.join(workspace.root, "environments", "dev", "addresses", name);
  const git = (...words: string[]) =>
    execFileSync("git", ["-c", "user.name=t", "-c", "user.email=t@example.com", ...words], { cwd: workspace.root });
  const codes = (fleet: FleetIndex, options: Parameters<typeof checkAddresses>[2] = {}) =>
    checkAddresses(workspace, fleet, options).findings.map(({ code, where }) => `${code} ${where}`);

  beforeEach(() => {
    workspace = new Workspace(mkdtempSync(path.join(tmpdir(), "paved-addresses-")));
  });
  afterEach(() => rmSync(workspace.root, { recursive: true, force: true }));

  const both = index(stack("dev-orders", [INSTANCE, KEY]), stack("dev-ledger", [VPC]));

  test("fails with PVD2011 until it is written, then passes", () => {
    expect(codes(both)).toEqual([
      "PVD2011 environments/dev/addresses/orders.txt",
      "PVD2011 environments/dev/addresses/ledger.txt",
    ]);
    expect(checkAddresses(workspace, both, { write: true })).toMatchObject({
      addresses: 3,
      findings: [],
      written: ["environments/dev/addresses/orders.txt", "environments/dev/addresses/ledger.txt"],
    });
    expect(readFileSync(file("orders.txt"), "utf8")).toBe(`${INSTANCE}\n${KEY}\n`);
    expect(codes(both)).toEqual([]);
  });

  test("fails with PVD2010 when an address is gone, and writes nothing however asked", () => {
    checkAddresses(workspace, both, { write: true });
    const smaller = index(stack("dev-orders", [KEY]), stack("dev-ledger", [VPC]));
    expect(codes(smaller)).toEqual(["PVD2010 dev-orders"]);
    expect(codes(smaller, { write: true })).toEqual(["PVD2010 dev-orders"]);
    expect(checkAddresses(workspace, smaller, { write: true })).toMatchObject({ isRefused: true, written: [] });
    expect(readFileSync(file("orders.txt"), "utf8")).toContain(INSTANCE);
  });

  test("fails with PVD2010 for a stack that is not there any more, naming the file that should say why", () => {
    checkAddresses(workspace, both, { write: true });
    const { findings } = checkAddresses(workspace, index(stack("dev-orders", [INSTANCE, KEY])));
    expect(findings[0]).toMatchObject({
      code: "PVD2010",
      where: "dev-ledger",
      source: "stacks/services/ledger.ts",
      fix: 'restore stacks/services/ledger.ts with retire(service, { reason: "…", until: "…" }) as all it does',
    });
  });

  test("fails with PVD2010 for the key of a state whose service is gone, and says that the service is to be retired", () => {
    const keys = (...addresses: string[]): FleetIndex =>
      index({ ...stack("dev-state", addresses), kind: "state" as const });
    checkAddresses(workspace, keys("aws_kms_key.keys_ledger_key"), { write: true });
    expect(checkAddresses(workspace, keys()).findings).toMatchObject([
      { code: "PVD2010", where: "dev-state", fix: expect.stringMatching(/^restore the service .* retire\(service/) },
    ]);
  });

  test("fails with PVD2010 for a stack of the platform that an environment has no more", () => {
    const network = { ...stack("dev-network", [VPC]), kind: "network" as const, service: undefined };
    const other = { ...network, name: "staging-network", environment: "staging" };
    const fleet = { ...both, stacks: [network, other] };
    checkAddresses(workspace, fleet, { write: true });
    expect(checkAddresses(workspace, { ...fleet, stacks: [other] }).findings[0]).toMatchObject({
      where: "dev-network",
      source: "stacks/src",
      fix: 'restore the stack with retire(this, { reason: "…", until: "…" }) as all it does',
    });
  });

  const LOCKED = `${INSTANCE}\n${KEY}\n`;
  test.each([
    ["the ends of another system", LOCKED.replaceAll("\n", "\r\n"), "lines that do not end as they are written"],
    ["no end", LOCKED.trimEnd(), "lines that do not end as they are written"],
    ["an empty line", `${LOCKED}\n`, "lines that do not end as they are written"],
    ["a remark", `# kept\n${LOCKED}`, 'the line "# kept", which is no address'],
    ["another order", `${KEY}\n${INSTANCE}\n`, `${INSTANCE} out of its order`],
    ["an address twice", `${INSTANCE}\n${LOCKED}`, `${INSTANCE} twice`],
  ])("fails with PVD2011 for a lock with %s, which hides and invents nothing", (_what, text, got) => {
    checkAddresses(workspace, both, { write: true });
    writeFileSync(file("orders.txt"), text);
    const { findings } = checkAddresses(workspace, both);
    expect(findings).toMatchObject([{ code: "PVD2011", where: "environments/dev/addresses/orders.txt" }]);
    expect(findings[0]?.got).toContain(got);
    expect(codes(index(stack("dev-orders", [KEY]), stack("dev-ledger", [VPC])))).toEqual(["PVD2010 dev-orders"]);
    expect(checkAddresses(workspace, both, { write: true }).written).toEqual(["environments/dev/addresses/orders.txt"]);
    expect(readFileSync(file("orders.txt"), "utf8")).toBe(LOCKED);
  });

  test("a retired stack leaves no lock, and its file may go then", () => {
    checkAddresses(workspace, both, { write: true });
    const retired = stack("dev-ledger", [], { retired: [{ path: "", reason: "merged into orders" }] });
    const orders = stack("dev-orders", [INSTANCE, KEY]);
    expect(checkAddresses(workspace, index(orders, retired), { write: true }).findings).toEqual([]);
    expect(existsSync(file("ledger.txt"))).toBe(false);
    expect(codes(index(orders))).toEqual([]);
  });

  describe("of what held data", () => {
    const today = "2026-11-28";
    const without = (record: Partial<StackEntry["records"]>) =>
      index(stack("dev-orders", [KEY], record), stack("dev-ledger", [VPC]));
    const retired = { path: "api/database/instance", reason: "nobody reads it" };

    beforeEach(() => void checkAddresses(workspace, both, { write: true }));

    test.each([
      ["no end", {}],
      ["one that is over", { until: today }],
    ])("fails with PVD5016 when it is retired with %s, and writes nothing however asked", (_end, end) => {
      const fleet = without({ retired: [{ ...retired, ...end }] });
      const check = checkAddresses(workspace, fleet, { today, write: true });
      expect(check).toMatchObject({ isRefused: true, written: [] });
      expect(check.findings).toMatchObject([
        { code: "PVD5016", where: `dev-orders ${INSTANCE}`, source: "stacks/services/orders.ts" },
      ]);
    });

    test("it may go until the day that its record says, and leave without being destroyed", () => {
      const gone = without({ retired: [{ ...retired, until: "2026-11-29" }] });
      expect(codes(gone, { today })).toEqual(["PVD2011 environments/dev/addresses/orders.txt"]);
      const left = without({ forgotten: [{ address: INSTANCE, reason: "theirs" }] });
      expect(codes(left, { today, write: true })).toEqual([]);
    });
  });

  test("against a base, a lock that was changed by hand hides nothing", () => {
    checkAddresses(workspace, both, { write: true });
    git("init", "-q", "-b", "main");
    git("add", ".");
    git("commit", "-qm", "locked");
    const smaller = index(stack("dev-orders", [KEY]), stack("dev-ledger", [VPC]));
    rmSync(file("orders.txt"));
    expect(codes(smaller)).toEqual(["PVD2011 environments/dev/addresses/orders.txt"]);
    expect(codes(smaller, { base: "main" })).toEqual(["PVD2010 dev-orders"]);
    expect(codes(both, { base: "main" })).toEqual(["PVD2011 environments/dev/addresses/orders.txt"]);
  });

  test.each(["nowhere", "--help", "main; echo x"])("fails with PVD4003 for the base %p", (base) => {
    git("init", "-q", "-b", "main");
    expect(() => checkAddresses(workspace, both, { base })).toThrow(/^PVD4003 --base: got .*want a revision/);
  });
});
