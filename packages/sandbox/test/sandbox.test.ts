import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { credentials, Client, loadPackageDefinition, type ServiceError } from "@grpc/grpc-js";
import { fromJSON } from "@grpc/proto-loader";
import { Sandbox } from "../src";
import { protocolDescriptor } from "../src/protocol/descriptor";
import { sweepSocketDirectories } from "../src/serve/socket-directory";
import { ObjectStore } from "../src/store/object-store";

interface Reattach {
  readonly [address: string]: { readonly Addr: { readonly String: string }; readonly ProtocolVersion: number };
}

/** Calls a provider as OpenTofu does. */
function call<T>(socket: string, method: string, request: object): Promise<T> {
  const definition = fromJSON(protocolDescriptor() as Parameters<typeof fromJSON>[0], {
    keepCase: true,
    defaults: true,
  });
  type Constructor = new (
    address: string,
    ...rest: unknown[]
  ) => Client & Record<string, (request: object, done: (error: ServiceError | null, answer: T) => void) => void>;
  const { tfplugin6 } = loadPackageDefinition(definition) as unknown as { tfplugin6: { Provider: Constructor } };
  const client = new tfplugin6.Provider(`unix:${socket}`, credentials.createInsecure());
  return new Promise<T>((resolve, reject) => {
    client[method]!(request, (error, answer) => (error === null ? resolve(answer) : reject(error)));
  }).finally(() => client.close());
}

describe("the sandbox", () => {
  let root: string;
  let sandbox: Sandbox;
  beforeEach(() => {
    root = mkdtempSync(path.join(os.tmpdir(), "paved-sandbox-"));
    sandbox = Sandbox.open({ directory: path.join(root, "store"), cacheDirectory: path.join(root, "cache") });
    const store = new ObjectStore(path.join(root, "store"));
    store.change(() => {
      const scope = "aws/1/eu-west-1";
      store.put({
        scope,
        stack: "a",
        type: "aws_vpc",
        id: "vpc-1",
        attributes: { id: "vpc-1", cidr_block: "10.0.0.0/16", enable_dns_support: true, tags: null },
      });
      store.put({ scope, stack: "b", type: "aws_vpc", id: "vpc-2", attributes: { id: "vpc-2" } });
      store.put({
        scope,
        stack: "b",
        type: "aws_eks_node_group",
        id: "c:n",
        attributes: { id: "c:n", scaling_config: [{ desired_size: 1 }] },
      });
      store.put({ scope, stack: "b", type: "deleted:aws_kms_key", id: "k", attributes: {} });
    });
  });
  afterEach(async () => {
    await sandbox.close();
    rmSync(root, { recursive: true, force: true });
  });
  const ids = (stack?: string): string[] => sandbox.objects(stack).map(({ id }) => id);

  test("lists objects, of one stack or of all, without what is only scheduled for deletion", () => {
    expect(ids()).toEqual(["vpc-1", "vpc-2", "c:n"]);
    expect(sandbox.objects("a")).toEqual([
      {
        stack: "a",
        type: "aws_vpc",
        id: "vpc-1",
        attributes: { id: "vpc-1", cidr_block: "10.0.0.0/16", enable_dns_support: true, tags: null },
      },
    ]);
  });

  test("sweeps the sockets of a killed process, and leaves those of a running one", () => {
    const dead = spawnSync(process.execPath, ["--version"]).pid;
    for (const name of [`paved-${dead}-aaaaaa`, `paved-${process.pid}-bbbbbb`, "paved-pins"]) {
      mkdirSync(path.join(root, name));
      writeFileSync(path.join(root, name, "aws.sock"), "");
    }
    sweepSocketDirectories(root);
    expect(readdirSync(root)).toEqual(expect.arrayContaining([`paved-${process.pid}-bbbbbb`, "paved-pins"]));
    expect(readdirSync(root)).not.toContain(`paved-${dead}-aaaaaa`);
  });

  test("what is released belongs to no stack, and is no orphan of it", async () => {
    sandbox.release("b", [{ type: "aws_vpc", id: "vpc-2" }]);
    expect(sandbox.objects("b").map(({ id }) => id)).not.toContain("vpc-2");
    await sandbox.removeOrphans("b", []);
    expect(ids()).toContain("vpc-2");
  });

  test("releases nothing of another stack", () => {
    sandbox.release("a", [{ type: "aws_vpc", id: "vpc-2" }]);
    expect(sandbox.objects("b").map(({ id }) => id)).toContain("vpc-2");
  });

  test("removes orphans of one stack only, and says which", async () => {
    const removed = await sandbox.removeOrphans("b", [{ type: "aws_vpc", id: "vpc-2" }]);
    expect(removed.map(({ id }) => id)).toEqual(["c:n"]);
    expect(ids()).toEqual(["vpc-1", "vpc-2"]);
    expect(await sandbox.removeOrphans("b", [{ type: "aws_vpc", id: "vpc-2" }])).toEqual([]);
  });

  test.each([
    ["a", "aws_vpc", "vpc-1", "cidr_block", "10.9.0.0/16", { cidr_block: "10.9.0.0/16" }],
    ["a", "aws_vpc", "vpc-1", "enable_dns_support", "false", { enable_dns_support: false }],
    ["a", "aws_vpc", "vpc-1", "tags", '{"a":"b"}', { tags: { a: "b" } }],
    ["b", "aws_eks_node_group", "c:n", "scaling_config.desired_size", "3", { scaling_config: [{ desired_size: 3 }] }],
  ])("drifts %s: %s %s %s to %s", async (stack, type, id, attribute, value, expected) => {
    await sandbox.drift({ stack, type, id }, attribute, value);
    expect(sandbox.objects().find((object) => object.id === id)?.attributes).toMatchObject(expected);
  });

  test.each([
    ["vpc-3", "cidr_block", "x", /PVD3003 .*did you mean vpc-1\?/],
    ["vpc-1", "cidr_blok", "x", /PVD3004 .*did you mean cidr_block\?/],
    ["vpc-1", "enable_dns_support", "maybe", /PVD3004 .*want a value of type bool/],
    ["vpc-1", "tags", "[]", /PVD3004 .*want a value of type \["map","string"\]/],
  ])("refuses to drift %s %s to %s", async (id, attribute, value, message) => {
    await expect(sandbox.drift({ stack: "a", type: "aws_vpc", id }, attribute, value)).rejects.toThrow(message);
  });

  test("drifts the object of the stack that is named, also when another environment has one with the same id", async () => {
    const store = new ObjectStore(path.join(root, "store"));
    const repository = { type: "aws_ecr_repository", id: "orders" };
    store.change(() => {
      for (const [stack, account] of [
        ["dev-orders", 1],
        ["production-orders", 2],
      ] as const) {
        const scope = `aws/${account}/eu-west-1`;
        store.put({ ...repository, scope, stack, attributes: { id: "orders", image_tag_mutability: "IMMUTABLE" } });
      }
    });
    await sandbox.drift({ ...repository, stack: "production-orders" }, "image_tag_mutability", "MUTABLE");
    expect(sandbox.objects("production-orders")[0]?.attributes["image_tag_mutability"]).toBe("MUTABLE");
    expect(sandbox.objects("dev-orders")[0]?.attributes["image_tag_mutability"]).toBe("IMMUTABLE");
  });

  test("drifting a type of which nothing was applied says to apply one", async () => {
    await expect(sandbox.drift({ stack: "a", type: "aws_sqs_queue", id: "q" }, "name", "x")).rejects.toThrow(
      /apply a stack that has an object of this type first/,
    );
  });

  test("forgets everything on reset", () => {
    sandbox.reset();
    expect(ids()).toEqual([]);
  });

  describe("sessions", () => {
    const sockets = (reattach: string): string[] =>
      Object.values(JSON.parse(reattach) as Reattach).map(({ Addr }) => Addr.String);

    test("serve each provider on a socket of its own, and leave nothing behind", async () => {
      const session = await sandbox.session({
        stack: "a",
        resources: ["aws_vpc", "terraform_data"],
        dataSources: ["aws_region"],
      });
      expect(Object.keys(JSON.parse(session.reattach) as Reattach)).toEqual([
        "registry.opentofu.org/hashicorp/aws",
        "registry.opentofu.org/hashicorp/kubernetes",
        "registry.opentofu.org/hashicorp/helm",
      ]);
      const [socket = ""] = sockets(session.reattach);
      expect(socket.length).toBeLessThan(100);
      await session.close();
      expect(readdirSync(os.tmpdir())).not.toContain(path.basename(path.dirname(socket)));
    });

    test("serve only what was asked for", async () => {
      const session = await sandbox.session({ stack: "a", resources: ["aws_vpc"], dataSources: ["aws_region"] });
      type Schemas = { resource_schemas: object; data_source_schemas: object };
      const answer = await call<Schemas>(sockets(session.reattach)[0]!, "GetProviderSchema", {});
      expect([Object.keys(answer.resource_schemas), Object.keys(answer.data_source_schemas)]).toEqual([
        ["aws_vpc"],
        ["aws_region"],
      ]);
      await session.close();
    });

    test("answer with a diagnostic when a handler throws", async () => {
      const session = await sandbox.session({ stack: "a", resources: [], dataSources: [] });
      type Answer = { diagnostics: { severity: number; summary: string }[] };
      const [socket = ""] = sockets(session.reattach);
      const unknown = await call<Answer>(socket, "ReadDataSource", { type_name: "aws_region" });
      expect(unknown.diagnostics).toMatchObject([{ severity: 1, summary: "aws_region is not served" }]);
      const broken = await call<Answer>(socket, "ConfigureProvider", { config: { msgpack: Buffer.from([0xc1]) } });
      expect(broken.diagnostics).toMatchObject([{ severity: 1, summary: "The sandbox failed" }]);
    });

    test("refuse types that no pinned provider has, before anything is served", async () => {
      const open = sandbox.session({ stack: "a", resources: ["aws_vcp_endpoint"], dataSources: [] });
      await expect(open).rejects.toThrow(/PVD3002 .*did you mean aws_vpc_endpoint\?/);
    });

    test("several are open at once, and close() ends them all", async () => {
      const open = ["a", "b"].map((stack) => sandbox.session({ stack, resources: ["aws_vpc"], dataSources: [] }));
      const both = await Promise.all(open);
      expect(new Set(both.flatMap(({ reattach }) => sockets(reattach))).size).toBe(6);
      await sandbox.close();
      await expect(call(sockets(both[0]!.reattach)[0]!, "GetProviderSchema", {})).rejects.toThrow(/UNAVAILABLE/);
    });
  });
});
