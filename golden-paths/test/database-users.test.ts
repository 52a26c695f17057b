import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import fc from "fast-check";
import { GrpcService, type Manifest, NodeApi } from "../src";
import { databaseUsersJob, READ_FIELD } from "../src/manifests/database-users";
import { buildService, dev, only, orders } from "./service-fixture";

interface Job extends Manifest {
  readonly spec: {
    readonly template: {
      readonly spec: Record<"containers" | "initContainers", readonly { readonly image: string }[]> & {
        readonly serviceAccountName: string;
      };
    };
  };
}
interface ConfigMap extends Manifest {
  readonly data: Readonly<Record<string, string>>;
}

const image = "commerce/orders";
const database = { size: "small" } as const;
const withDatabase = buildService((stack) => new NodeApi(stack, "api", { image, port: 8080, database }));
const without = buildService((stack) => new NodeApi(stack, "api", { image, port: 8080 }));
const facts = { where: "here", environment: dev, service: orders, databaseName: "orders_db" };
const writer = { name: "orders_rw", access: "read-write" } as const;
const reader = { name: "reports_ro", access: "read-only" } as const;
const jobFor = (users: Parameters<typeof databaseUsersJob>[0]["users"]) =>
  only<Job>({ manifests: databaseUsersJob({ ...facts, users }) }, "Job");
const job = only<Job>(withDatabase, "Job");
const named = (built: Pick<typeof withDatabase, "manifests">, name: string) =>
  built.manifests.find(({ metadata }) => metadata.name === name) as ConfigMap | undefined;

test("snapshot: the job that makes the users of a database", () => {
  expect(job).toMatchSnapshot();
});

test("stands in the platform's namespace, as the one who may read this database's master password", () => {
  expect(job.metadata.namespace).toBe("database-access");
  expect(named(withDatabase, "orders-database-users")?.metadata.namespace).toBe("database-access");
  const account = withDatabase.stack.at("kubernetes_service_account_v1.api_database-administrator_service-account");
  const { serviceAccountName } = job.spec.template.spec;
  expect(account["metadata"]).toMatchObject({ name: serviceAccountName });
  expect(JSON.stringify(account["metadata"])).toContain("databaseAccessNamespace");
});

test("makes exactly those who were granted it", () => {
  const sql = named(withDatabase, "orders-database-users")?.data["users.sql"];
  expect([...(sql?.matchAll(/ALTER ROLE (\w+) LOGIN/g) ?? [])].map(([, user]) => user)).toEqual(["orders_rw"]);
});

test("is another job when the users are others, whatever their order", () => {
  expect(jobFor([writer]).metadata.name).toMatch(/^orders-database-users-[0-9a-f]{10}$/);
  expect(jobFor([writer, reader]).metadata.name).not.toBe(jobFor([writer]).metadata.name);
  expect(jobFor([writer, reader])).toEqual(jobFor([reader, writer]));
});

test("runs images by their digest alone", () => {
  const { initContainers, containers } = job.spec.template.spec;
  expect([...initContainers, ...containers].map((one) => one.image)).toEqual([
    expect.stringMatching(/^public\.ecr\.aws\/aws-cli\/aws-cli@sha256:[0-9a-f]{64}$/),
    expect.stringMatching(/^public\.ecr\.aws\/docker\/library\/postgres@sha256:[0-9a-f]{64}$/),
  ]);
});

test("who signs in to a database finds its authority, and trusts nobody else", () => {
  expect(named(withDatabase, "orders-database-authority")?.data["ca.pem"]).toMatch(/^-----BEGIN CERTIFICATE-----/);
  const pods = JSON.stringify(only(withDatabase, "Deployment"));
  for (const variable of ["DATABASE_CA_FILE", "PGSSLROOTCERT", "NODE_EXTRA_CA_CERTS"]) {
    expect(pods).toContain(JSON.stringify({ name: variable, value: "/etc/paved/database/ca.pem" }));
  }
  expect(pods).toContain(JSON.stringify({ name: "PGSSLMODE", value: "verify-full" }));
});

test("who reads the database of another service trusts its authority too", () => {
  const pricing = buildService((stack) => new GrpcService(stack, "grpc", { image }), {
    also: (grpc) => grpc.readFrom({ serviceName: "ledger" }),
  });
  expect(named(pricing, "orders-database-authority")).toMatchObject({
    kind: "ConfigMap",
    data: { "ca.pem": expect.stringMatching(/^-----BEGIN CERTIFICATE-----/) },
  });
});

test("without a database there is no job, and no authority", () => {
  const kinds = without.manifests.map(({ kind }) => kind);
  expect(kinds).not.toContain("Job");
  expect(named(without, "orders-database-authority")).toBeUndefined();
});

test("the password is read out of the secret, whatever RDS puts into it and however JSON writes that", () => {
  const directory = fs.mkdtempSync(path.join(os.tmpdir(), "paved-secret-"));
  const printable = Array.from({ length: 94 }, (_, index) => String.fromCharCode(33 + index));
  const allowed = printable.filter((character) => !"/@\"'".includes(character));
  const password = fc.array(fc.constantFrom(...allowed), { minLength: 8, maxLength: 40 }).map((all) => all.join(""));
  const passwords = ["a\\n\\u0041\\", "%s%b$HOME`id`", ...fc.sample(password, { numRuns: 300, seed: 1 })];
  const written = passwords.flatMap((one) => {
    const json = JSON.stringify({ username: "paved_master", password: one });
    return [json, json.replace(":", ": ").replace(/[<>&=]/g, (found) => `\\u00${found.charCodeAt(0).toString(16)}`)];
  });
  try {
    written.forEach((json, index) => fs.writeFileSync(path.join(directory, String(index)), `${json}\n`));
    const script = `${READ_FIELD}\nfor file in $(seq 0 ${written.length - 1}); do field password "$file"; echo; done`;
    // By a socket for its input, bash takes itself for a remote shell, and reads what people have set up.
    const { stdout, stderr } = spawnSync("bash", ["--norc", "-euc", script], { cwd: directory, encoding: "utf8" });
    expect(stderr).toBe("");
    expect(stdout.split("\n").slice(0, -1)).toEqual(passwords.flatMap((one) => [one, one]));
  } finally {
    fs.rmSync(directory, { recursive: true });
  }
});
