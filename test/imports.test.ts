import * as fs from "node:fs";
import { importIdOf, type ManagedObject, readStateFile } from "@paved/pipeline";
import { ThrowawayWorkspace } from "./throwaway-workspace";

const workspace = new ThrowawayWorkspace();
afterAll(() => workspace.remove());

const NOTHING = { add: 0, change: 0, destroy: 0 };
const NETWORK = "stacks/src/platform/network-stack.ts";
const CLUSTER = "stacks/src/platform/cluster-stack.ts";
const MADE = 'new ImageRepository(this, "shared", { name: "shared" });';

/** What a stack's state holds. */
function managed(stack: string): readonly ManagedObject[] {
  return readStateFile(workspace.file(".paved", "sandbox", "state", `${stack}.tfstate`)).managed;
}

/** What a stack's state holds below a construct path, without its addresses. */
function below(stack: string, path: string): readonly string[] {
  return managed(stack)
    .filter(({ address }) => address.includes(`.${path}_`))
    .map(({ type, id }) => `${type} ${id}`);
}

/** Replaces text of a source file of the workspace. */
function edit(file: string, from: string, to: string): void {
  const full = workspace.file(file);
  const text = fs.readFileSync(full, "utf8");
  if (!text.includes(from)) throw new Error(`${file} has no ${from}`);
  fs.writeFileSync(
    full,
    text.replace(from, () => to),
  );
}

/** Runs a command that prints one JSON document, and gives that. */
function asJson<T>(...words: string[]): T {
  const { out, err } = workspace.paved(...words, "--json");
  const document = JSON.parse(out.slice(out.indexOf("{"))) as T & { errors?: object };
  expect({ errors: document.errors, err }).toMatchObject({ errors: undefined });
  return document;
}

/** Applies network, cluster and platform, and one service on them. @returns how each stack ended */
function rehearse(): Readonly<Record<string, object>> {
  const { stacks } = asJson<{ stacks: readonly { name: string }[] }>(
    "rehearse",
    "--env",
    "dev",
    "--service",
    "pricing",
  );
  return Object.fromEntries(stacks.map(({ name, ...how }) => [name, how]));
}

beforeAll(() => {
  edit(NETWORK, "DnsZone, Network", "DnsZone, forget, handOver, ImageRepository, importExisting, Network, takeOver");
  edit(NETWORK, 'new DnsZone(this, "dns");', `new DnsZone(this, "dns");\n    ${MADE}`);
  edit(CLUSTER, "Cluster, consume", "Cluster, consume, handOver, ImageRepository, takeOver");
  rehearse();
}, 180_000);

test("a stack waits with forgetting until the one that stands on it has taken over, and nothing is destroyed", () => {
  const had = below("dev-network", "shared");
  expect(had.length).toBeGreaterThan(2);
  edit(NETWORK, MADE, 'handOver(this, { to: "cluster", path: "shared", reason: "it is the cluster\'s" });');
  edit(
    CLUSTER,
    "new Cluster(this",
    `${MADE}
    takeOver(this, { from: "network", path: "shared", reason: "it is the cluster's" });
    new Cluster(this`,
  );
  const first = rehearse();
  expect(first["dev-network"]).toMatchObject({ status: "waits", waitsFor: ["dev-cluster"] });
  expect(first["dev-cluster"]).toMatchObject({ status: "applied", plan: { add: 0, destroy: 0 }, secondPlan: NOTHING });
  expect(rehearse()["dev-network"]).toMatchObject({ status: "applied", plan: NOTHING, secondPlan: NOTHING });
  expect(below("dev-network", "shared")).toEqual([]);
  expect(below("dev-cluster", "shared")).toEqual(had);
}, 240_000);

test("where nothing stands in the way the taker goes first, under another path, and one run is enough", () => {
  const had = below("dev-cluster", "shared");
  edit(CLUSTER, MADE, "");
  edit(CLUSTER, 'takeOver(this, { from: "network"', 'handOver(this, { to: "network"');
  edit(NETWORK, 'handOver(this, { to: "cluster"', 'takeOver(this, { from: "cluster", now: "images"');
  edit(
    NETWORK,
    'new DnsZone(this, "dns");',
    'new DnsZone(this, "dns");\n    new ImageRepository(this, "images", { name: "shared" });',
  );
  expect(rehearse()).toMatchObject({
    "dev-network": { status: "applied", plan: { add: 0, destroy: 0 }, secondPlan: NOTHING },
    "dev-cluster": { status: "applied", plan: NOTHING, secondPlan: NOTHING },
  });
  expect(below("dev-network", "images")).toEqual(had);
  expect(below("dev-cluster", "shared")).toEqual([]);
}, 240_000);

const images = 'new ImageRepository(this, "images", { name: "shared" });';
const repository = "aws_ecr_repository.images_repository";
const key = "aws_kms_key.images_key_key";
let ids: Readonly<Record<string, string>> = {};

test("what is forgotten stands, and paved import says what taking it up again would do to it", () => {
  const had = managed("dev-network").filter(({ address }) => address.includes(".images_"));
  ids = Object.fromEntries(had.map((object) => [object.address, importIdOf(object) ?? ""]));
  const record = `forget(this, { addresses: ${JSON.stringify(Object.keys(ids))}, reason: "not ours for a while" });`;
  const taking = 'takeOver(this, { from: "cluster", now: "images", path: "shared", reason: "it is the cluster\'s" });';
  edit(CLUSTER, 'handOver(this, { to: "network", path: "shared", reason: "it is the cluster\'s" });', "");
  edit(NETWORK, taking, record);
  edit(NETWORK, images, "");
  expect(rehearse()["dev-network"]).toMatchObject({ status: "applied", plan: NOTHING, secondPlan: NOTHING });
  edit(NETWORK, record, images);
  const alone = asJson<object>("import", `dev-network:${key}`, ids[key] ?? "");
  expect(alone).toMatchObject({ stack: "dev-network", address: key, id: ids[key], action: "nothing", attributes: [] });
  // Its key would be another one, and a repository keeps the key that it was made with.
  expect(asJson<object>("import", "--no-synth", `dev-network:${repository}`, "shared")).toMatchObject({
    action: "replace",
  });
}, 240_000);

test("importExisting takes up what stands, and changes nothing of it", () => {
  edit(NETWORK, images, `${images}\n    importExisting(this, { ids: ${JSON.stringify(ids)}, reason: "ours again" });`);
  expect(rehearse()["dev-network"]).toMatchObject({ status: "applied", plan: NOTHING, secondPlan: NOTHING });
  expect(managed("dev-network").map(({ address }) => address)).toEqual(expect.arrayContaining(Object.keys(ids)));
}, 120_000);

test("fails with PVD2020 for an import of what is in the state already", () => {
  const { code, err } = workspace.paved("import", "--no-synth", `dev-network:${repository}`, "shared");
  expect({ code, err }).toMatchObject({
    code: 1,
    err: expect.stringMatching(/^PVD2020 dev-network aws_ecr_repository/m),
  });
});

test("says what the engine says of an id that there is not", () => {
  const address = "aws_kms_key.api_database_key_key";
  const { code, err } = workspace.paved("import", "--no-synth", `dev-orders:${address}`, "not-there");
  expect({ code, err }).toMatchObject({ code: 1, err: expect.stringMatching(/^PVD2003 .*not-there/m) });
});

test("fails with PVD4002 for an address that no stack has, and for one that several have", () => {
  const none = workspace.paved("import", "--no-synth", "dev-network:aws_vpc.vpc", "vpc-1");
  expect(none).toMatchObject({
    code: 2,
    err: expect.stringMatching(/^PVD4002 import: .*want an address/m),
  });
  const several = workspace.paved("import", "--no-synth", "aws_vpc.network_vpc", "vpc-1");
  expect(several).toMatchObject({ code: 2, err: expect.stringMatching(/^PVD4002 import: got .* in 3 stacks/m) });
});
