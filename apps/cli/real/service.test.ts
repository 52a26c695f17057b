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
