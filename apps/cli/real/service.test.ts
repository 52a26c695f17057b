import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { accessIn, ApiClient, applyObjects, type KubernetesObject, statusOf } from "@paved/control-plane";
import { upCommand } from "../src/commands/control-plane";
import { deliverCommand } from "../src/commands/deliver";
import { resetCommand } from "../src/commands/sandbox";
import { serviceEventsCommand, serviceLogsCommand, serviceStatusCommand } from "../src/commands/service";
import { run } from "../test/sample-workspace";
import { realWorkspace, STARTING_MS } from "./real-workspace";

jest.setTimeout(STARTING_MS);

/** What a team sees of its service, by the API server's own answers. */
const workspace = realWorkspace();

const RBAC = "rbac.authorization.k8s.io";
const looking = (apiGroups: readonly string[], resources: readonly string[]) => ({
  apiGroups,
  resources,
  verbs: ["get", "list", "watch"],
});
const metadata = { name: "team-read", namespace: "orders" };
const OBJECTS: readonly KubernetesObject[] = [
  { apiVersion: "v1", kind: "Namespace", metadata: { name: "orders" } },
  {
    apiVersion: `${RBAC}/v1`,
    kind: "Role",
    metadata,
    rules: [
      looking([""], ["pods", "pods/log", "events", "resourcequotas"]),
      looking(["apps"], ["deployments", "replicasets"]),
      looking(["batch"], ["cronjobs"]),
    ],
  },
  {
    apiVersion: `${RBAC}/v1`,
    kind: "RoleBinding",
    metadata,
    roleRef: { apiGroup: RBAC, kind: "Role", name: "team-read" },
    subjects: [{ apiGroup: RBAC, kind: "Group", name: "team:commerce" }],
  },
  {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name: "orders", namespace: "orders" },
    spec: {
      replicas: 2,
      selector: { matchLabels: { app: "orders" } },
      template: {
        metadata: { labels: { app: "orders" } },
        spec: { containers: [{ name: "main", image: `r.example.com/orders@sha256:${"ab".repeat(32)}` }] },
      },
    },
  },
];
const orders = (options = {}) => ({ arguments: ["orders"], options: { env: ["dev"], ...options } });

let administrator: ApiClient;

beforeAll(async () => {
  await run(upCommand, workspace, { options: { env: ["dev"] } });
  const kubeconfig = path.join(workspace.controlPlanes, "dev", "kubeconfig");
  administrator = new ApiClient(accessIn(kubeconfig, "dev-administrator")!);
}, STARTING_MS);

afterAll(async () => {
  administrator?.close();
  await run(resetCommand, workspace);
}, STARTING_MS);

test("fails with PVD9005 for a team whose namespace is not there yet", async () => {
  await expect(run(serviceStatusCommand, workspace, orders())).rejects.toThrow(
    /^PVD9005 orders in dev, as dev-team-commerce: got 403 .*; run paved apply --env dev --service orders first/,
  );
});

test("a team sees its rollout, pods, events and logs", async () => {
  await applyObjects(administrator, OBJECTS, { fieldManager: "test" });
  let status = await run(serviceStatusCommand, workspace, orders());
  for (const until = Date.now() + 60_000; status.code !== 0 && Date.now() < until;)
    status = await run(serviceStatusCommand, workspace, orders());
  expect(status).toMatchObject({
    code: 0,
    out: expect.stringMatching(
      /^orders in dev: 2 of 2 pods ready\n {2}orders is settled; sha256:(ab){32}, deployed \d+[sm] ago\n/,
    ),
  });
  const logs = await run(serviceLogsCommand, workspace, orders({ json: true }));
  expect(JSON.parse(logs.out)).toMatchObject({
    logs: [
      { environment: "dev", container: "main", lines: [expect.stringContaining("this pod is simulated")] },
      { environment: "dev", container: "main" },
    ],
  });
  const events = await run(serviceEventsCommand, workspace, orders());
  expect(events.out).toMatch(/ago Normal ScalingReplicaSet deployment\/orders: Scaled up replica set/);
});

describe("with --live", () => {
  const home = path.join(workspace.root, "home");
  const file = path.join(home, "kubeconfig");
  const live = (options = {}) => orders({ live: true, ...options });
  const ARN = "arn:aws:eks:eu-west-1:111111111111:cluster/paved-dev";
  const before = process.env["KUBECONFIG"];
  beforeAll(() => void (process.env["KUBECONFIG"] = file));
  afterAll(() => {
    if (before === undefined) delete process.env["KUBECONFIG"];
    else process.env["KUBECONFIG"] = before;
  });

  /** A kubeconfig as EKS writes it: named by the ARN, with a program that says who somebody is. */
  function write(status: object, server?: string): void {
    const own = accessIn(path.join(workspace.controlPlanes, "dev", "kubeconfig"), "dev-reader")!;
    const apiVersion = "client.authentication.k8s.io/v1beta1";
    const args = ["-c", `printf '%s' '${JSON.stringify({ kind: "ExecCredential", apiVersion, status })}'`];
    const authority = Buffer.from(own.authority!).toString("base64");
    const cluster = { server: server ?? own.server, "certificate-authority-data": authority };
    mkdirSync(home, { recursive: true });
    writeFileSync(
      file,
      JSON.stringify({
        contexts: [ARN, "mine"].map((name) => ({ name, context: { cluster: ARN, user: "me" } })),
        clusters: [{ name: ARN, cluster }],
        users: [{ name: "me", user: { exec: { apiVersion, command: "sh", args } } }],
      }),
    );
  }

  test("the cluster of a kubeconfig is read, as whoever its program says", async () => {
    const { certificate, key } = accessIn(
      path.join(workspace.controlPlanes, "dev", "kubeconfig"),
      "dev-team-commerce",
    )!;
    write({ clientCertificateData: certificate, clientKeyData: key });
    expect((await run(serviceStatusCommand, workspace, live())).out).toMatch(/^orders in dev: 2 of 2 pods ready/);
    expect((await run(serviceLogsCommand, workspace, live({ context: "mine" }))).out).toContain(
      "this pod is simulated",
    );
  });

  test("so it is with a token", async () => {
    const path = "/api/v1/namespaces/orders/serviceaccounts/default/token";
    const asked = { apiVersion: "authentication.k8s.io/v1", kind: "TokenRequest", spec: { expirationSeconds: 600 } };
    const { status } = await administrator.send<{ status: { token: string } }>({ method: "POST", path, body: asked });
    write({ token: status.token });
    await expect(run(serviceStatusCommand, workspace, live())).rejects.toThrow(
      /^PVD9005 orders in dev, as arn:aws.*: got 403 .*system:serviceaccount:orders:default.*; take on a role that is of the group team:commerce$/,
    );
  });

  test("fails with PVD9007 where no context is of the cluster, and where it does not answer", async () => {
    write({ token: "any" }, "https://127.0.0.1:9");
    await expect(run(serviceStatusCommand, workspace, live())).rejects.toThrow(
      /^PVD9007 dev at https:\/\/127\.0\.0\.1:9: got connect ECONNREFUSED .*; ask from 10\.250\.0\.0\/20: its endpoint is private$/,
    );
    await expect(run(serviceStatusCommand, workspace, live({ context: "mien" }))).rejects.toThrow(
      /^PVD9007 dev: got no context mien in .*; run aws eks update-kubeconfig --name paved-dev --region eu-west-1, or /,
    );
    writeFileSync(file, "{}");
    await expect(run(serviceStatusCommand, workspace, live())).rejects.toThrow(
      `PVD9007 dev: got no context of ${ARN} in ${file}`,
    );
  });

  test("fails with PVD4003 on --as, and on a context of the sandbox or of several environments", async () => {
    await expect(run(serviceStatusCommand, workspace, live({ as: "reader" }))).rejects.toThrow(
      /^PVD4003 --as: got reader/,
    );
    await expect(run(serviceStatusCommand, workspace, orders({ context: "mine" }))).rejects.toThrow(
      /^PVD4003 --context: got mine, want it with --live/,
    );
    write({ token: "any" });
    await expect(run(serviceStatusCommand, workspace, live({ context: "mine", env: ["production"] }))).rejects.toThrow(
      /^PVD4003 --context: got mine, which is of dev, want /,
    );
    await expect(run(serviceStatusCommand, workspace, live({ context: "mine", env: undefined }))).rejects.toThrow(
      /^PVD4003 --context: got mine, want a context for one environment/,
    );
  });
});

test("logs of a pod that there is not are refused", async () => {
  await expect(run(serviceLogsCommand, workspace, orders({ pod: "other" }))).rejects.toThrow(
    /^PVD4001 --pod: got other/,
  );
});

test("a rollout that does not get its pods is not well, and says why", async () => {
  const quota = { apiVersion: "v1", kind: "ResourceQuota", metadata: { name: "q", namespace: "orders" } };
  await applyObjects(administrator, [{ ...quota, spec: { hard: { pods: "2" } } }], { fieldManager: "test" });
  const scale = { apiVersion: "apps/v1", kind: "Deployment", metadata: { name: "orders", namespace: "orders" } };
  const contentType = "application/merge-patch+json";
  const url = "/apis/apps/v1/namespaces/orders/deployments/orders";
  await administrator.send({ method: "PATCH", path: url, body: { ...scale, spec: { replicas: 3 } }, contentType });
  let status = await run(serviceStatusCommand, workspace, orders());
  for (const until = Date.now() + 60_000; !status.out.includes("is stuck") && Date.now() < until;)
    status = await run(serviceStatusCommand, workspace, orders());
  expect(status).toMatchObject({ code: 1, out: expect.stringMatching(/orders is stuck: .*exceeded quota: q/) });
  const warnings = await run(serviceEventsCommand, workspace, orders({ warnings: true }));
  expect(warnings.out).toContain("exceeded quota: q");
  expect(warnings.out).not.toContain("Normal");
});

test("fails with PVD9006 to deliver where nothing delivers", async () => {
  await expect(run(deliverCommand, workspace, { options: { env: "dev" } })).rejects.toThrow(
    /^PVD9006 dev: .*; run paved sandbox up --env dev --delivery argo-cd$/,
  );
});

test("fails with PVD9004 where the control plane runs in part", async () => {
  const { components } = await statusOf(workspace, "dev");
  process.kill(components.find(({ name }) => name === "kube-scheduler")!.pid!, "SIGKILL");
  for (let tries = 0; (await statusOf(workspace, "dev")).state !== "degraded" && tries < 100; tries += 1);
  await expect(run(serviceStatusCommand, workspace, orders())).rejects.toThrow(
    /^PVD9004 dev: got a control plane without kube-scheduler/,
  );
  await expect(run(deliverCommand, workspace, { options: { env: "dev" } })).rejects.toThrow(/^PVD9004 dev: /);
});
