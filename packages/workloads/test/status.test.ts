import { type ClusterReader, eventsIn, isWell, logsIn, readServiceStatus } from "../src";

const POD = {
  metadata: { name: "orders-7f-a", creationTimestamp: "2026-11-28T10:00:00Z" },
  spec: {
    nodeName: "paved-dev-a",
    containers: [
      { name: "main", image: "r/orders@sha256:aa", resources: { requests: { cpu: "250m", memory: "256Mi" } } },
      {
        name: "proxy",
        image: "r/proxy@sha256:bb",
        resources: { requests: { cpu: "0.1" }, limits: { memory: "64Mi" } },
      },
    ],
  },
  status: {
    phase: "Running",
    containerStatuses: [
      { ready: true, restartCount: 0, state: { running: {} } },
      { ready: false, restartCount: 3, state: { running: {} }, lastState: { terminated: { reason: "OOMKilled" } } },
    ],
  },
};
const DEPLOYMENT = {
  metadata: { name: "orders", generation: 2 },
  spec: { replicas: 2, template: { spec: POD.spec } },
  status: { observedGeneration: 2, replicas: 2, updatedReplicas: 2, readyReplicas: 2 },
};
const set = (revision: number, at: string) => ({
  metadata: {
    name: `orders-${revision}`,
    creationTimestamp: at,
    annotations: { "deployment.kubernetes.io/revision": String(revision) },
    ownerReferences: [{ kind: "Deployment", name: "orders" }],
  },
});
const APPLICATION = {
  status: { sync: { status: "Synced", revision: "1a2b3c4d" }, health: { status: "Healthy" } },
};

/** Answers by path; what is not there is refused as an API server refuses it. */
function reader(answers: Readonly<Record<string, unknown>>): ClusterReader {
  const answer = async (path: string): Promise<unknown> => {
    const found = Object.entries(answers).find(([end]) => path.split("?")[0]!.endsWith(end));
    if (found === undefined) throw Object.assign(new Error(`no ${path}`), { status: 404 });
    if (typeof found[1] === "number") throw Object.assign(new Error("refused"), { status: found[1] });
    return found[1];
  };
  return {
    get: async <T>(path: string) => (await answer(path)) as T,
    text: async ({ path }) => (await answer(path)) as string,
  };
}

const lists = (more: Readonly<Record<string, unknown>> = {}) =>
  reader({
    "/v1/namespaces/orders/resourcequotas": { items: [{ metadata: { name: "q" }, status: { hard: { pods: "20" } } }] },
    "/replicasets": { items: [set(1, "2026-11-01T00:00:00Z"), set(10, "2026-11-28T09:00:00Z")] },
    "/cronjobs": { items: [] },
    "/deployments": { items: [DEPLOYMENT] },
    "/argocd/applications/orders": APPLICATION,
    ...more,
    ...(more["/api/v1/namespaces/orders/pods"] === undefined
      ? { "/api/v1/namespaces/orders/pods": { items: [POD] } }
      : {}),
  });
const read = (cluster: ClusterReader) => readServiceStatus(cluster, { namespace: "orders", delivery: "argo-cd" });

test("a pod is said with its containers, restarts, and what it asks for", async () => {
  const { pods } = await read(lists());
  expect(pods).toEqual([
    {
      name: "orders-7f-a",
      ready: 1,
      containers: 2,
      state: "Running",
      message: undefined,
      restarts: 3,
      lastEnd: "OOMKilled",
      node: "paved-dev-a",
      since: "2026-11-28T10:00:00Z",
      requests: { cpu: 0.35, memory: 268_435_456 },
      limits: { cpu: undefined, memory: 67_108_864 },
      usage: undefined,
    },
  ]);
});

test("what a pod uses is there where the cluster measures it", async () => {
  const containers = [{ usage: { cpu: "5m", memory: "1Mi" } }, { usage: { cpu: "5m", memory: "1Mi" } }];
  const measured = lists({
    "/metrics.k8s.io/v1beta1/namespaces/orders/pods": { items: [{ metadata: { name: "orders-7f-a" }, containers }] },
  });
  expect((await read(measured)).pods[0]?.usage).toEqual({ cpu: 0.01, memory: 2_097_152 });
});

test.each([
  [
    "CrashLoopBackOff",
    {
      containerStatuses: [
        { ready: false, restartCount: 9, state: { waiting: { reason: "CrashLoopBackOff", message: "back-off" } } },
      ],
    },
    "back-off",
  ],
  [
    "Unschedulable",
    {
      phase: "Pending",
      conditions: [{ type: "PodScheduled", status: "False", reason: "Unschedulable", message: "0/3 nodes" }],
    },
    "0/3 nodes",
  ],
  [
    "Completed",
    {
      phase: "Succeeded",
      containerStatuses: [{ ready: false, restartCount: 0, state: { terminated: { reason: "Completed" } } }],
    },
    undefined,
  ],
  ["Evicted", { phase: "Failed", reason: "Evicted" }, undefined],
])("a pod is %s", async (state, status, message) => {
  const pods = { items: [{ ...POD, status }] };
  expect((await read(lists({ "/api/v1/namespaces/orders/pods": pods }))).pods[0]).toMatchObject({ state, message });
});

test("a rollout is settled, and knows the newest of its versions", async () => {
  const status = await read(lists());
  expect(status.workloads).toEqual([
    {
      name: "orders",
      wanted: 2,
      ready: 2,
      updated: 2,
      rollout: "settled",
      message: undefined,
      images: ["sha256:aa", "sha256:bb"],
      deployedAt: "2026-11-28T09:00:00Z",
    },
  ]);
  expect(isWell(status)).toBe(true);
});

test.each([
  ["rolling out", { observedGeneration: 2, updatedReplicas: 1, readyReplicas: 2 }],
  ["rolling out", { observedGeneration: 1, updatedReplicas: 2, readyReplicas: 2 }],
  ["rolling out", { observedGeneration: 2, replicas: 3, updatedReplicas: 2, readyReplicas: 2 }],
  [
    "stuck",
    {
      observedGeneration: 2,
      updatedReplicas: 1,
      readyReplicas: 2,
      conditions: [{ type: "Progressing", status: "False", message: "timed out progressing" }],
    },
  ],
  [
    "stuck",
    { observedGeneration: 2, conditions: [{ type: "ReplicaFailure", status: "True", message: "exceeded quota" }] },
  ],
])("a rollout is %s while Kubernetes says so", async (rollout, status) => {
  const seen = await read(lists({ "/deployments": { items: [{ ...DEPLOYMENT, status }] } }));
  expect(seen.workloads[0]).toMatchObject({ rollout });
  expect(isWell(seen)).toBe(false);
});

test("what Argo CD cannot sync is not well, and is said in its words", async () => {
  const application = {
    status: {
      sync: { status: "OutOfSync", revision: "" },
      health: { status: "Missing" },
      operationState: {
        phase: "Failed",
        message: "one or more objects failed to apply",
        finishedAt: "2026-11-28T10:00:00Z",
      },
    },
  };
  const seen = await read(lists({ "/argocd/applications/orders": application }));
  expect(seen.delivery).toEqual({
    by: "argo-cd",
    sync: "OutOfSync",
    health: "Missing",
    revision: undefined,
    at: "2026-11-28T10:00:00Z",
    message: "one or more objects failed to apply",
  });
  expect(isWell(seen)).toBe(false);
});

describe("where Flux delivers", () => {
  const condition = (status: string, reason: string, message: string) => ({
    metadata: { generation: 2 },
    status: {
      observedGeneration: 2,
      lastAppliedRevision: "delivery@sha1:1a2b",
      lastAttemptedRevision: "delivery@sha1:3c4d",
      conditions: [{ type: "Ready", status, reason, message, lastTransitionTime: "2026-11-28T10:00:00Z" }],
    },
  });
  const readIt = (kustomization: object | number) =>
    readServiceStatus(lists({ "/flux-system/kustomizations/orders": kustomization }), {
      namespace: "orders",
      delivery: "flux",
    });

  test("what is applied and ready is well, at the commit that it is of", async () => {
    const seen = await readIt(condition("True", "ReconciliationSucceeded", "Applied revision"));
    const at = "2026-11-28T10:00:00Z";
    expect(seen.delivery).toEqual({ by: "flux", sync: "Synced", health: "Healthy", revision: "1a2b", at });
    expect(isWell(seen)).toBe(true);
  });

  test.each([
    ["False", "HealthCheckFailed", "Synced", "Degraded"],
    ["False", "BuildFailed", "OutOfSync", "Unknown"],
    ["Unknown", "Progressing", "Unknown", "Progressing"],
  ])(
    "%s since %s is %s and %s, with the commit that was tried and Flux's words",
    async (status, reason, sync, health) => {
      const seen = await readIt(condition(status, reason, "in its words"));
      expect(seen.delivery).toMatchObject({ sync, health, revision: "3c4d", message: "in its words" });
      expect(isWell(seen)).toBe(false);
    },
  );

  test("what was said of a spec that has changed since is not believed", async () => {
    const { status } = condition("True", "ReconciliationSucceeded", "Applied revision");
    expect((await readIt({ metadata: { generation: 3 }, status })).delivery).toMatchObject({ health: "Progressing" });
  });

  test("one that nobody has looked at yet is on its way", async () => {
    expect((await readIt({})).delivery).toMatchObject({ sync: "Unknown", health: "Progressing" });
  });

  test("who may not see it sees the rest", async () => {
    const seen = await readIt(403);
    expect([seen.delivery, seen.pods.length]).toEqual([undefined, 1]);
  });
});

test.each([403, 404, 503])("who may not see Argo CD, or has none (%d), sees the rest", async (status) => {
  const seen = await read(lists({ "/argocd/applications/orders": status }));
  expect(seen.delivery).toBeUndefined();
  expect(isWell(seen)).toBe(true);
});

test("a service that may not be read is refused", async () => {
  await expect(read(lists({ "/deployments": 403 }))).rejects.toMatchObject({ status: 403 });
});

test("nothing that runs is not well", async () => {
  expect(isWell(await read(lists({ "/deployments": { items: [] } })))).toBe(false);
});

test("a schedule says when it last ran", async () => {
  const cronJob = {
    metadata: { name: "nightly" },
    spec: { schedule: "0 3 * * *", timeZone: "Etc/UTC" },
    status: { lastScheduleTime: "2026-11-28T03:00:00Z", active: [{}] },
  };
  const seen = await read(lists({ "/deployments": { items: [] }, "/cronjobs": { items: [cronJob] } }));
  expect(seen.schedules).toEqual([
    {
      name: "nightly",
      schedule: "0 3 * * * Etc/UTC",
      active: 1,
      isSuspended: false,
      lastRun: "2026-11-28T03:00:00Z",
      lastSuccess: undefined,
    },
  ]);
  expect(isWell(seen)).toBe(true);
});

test("events come in the order of when they were last seen", async () => {
  const event = (name: string, more: object) => ({
    metadata: { name, creationTimestamp: "2026-11-28T08:00:00Z" },
    involvedObject: { kind: "Pod", name: "orders-7f-a" },
    reason: name,
    ...more,
  });
  const items = [
    event("late", { type: "Warning", series: { count: 7, lastObservedTime: "2026-11-28T10:00:00Z" }, message: "x\n" }),
    event("early", { type: "Normal", lastTimestamp: null, eventTime: null }),
  ];
  const events = await eventsIn(reader({ "/events": { items } }), "orders");
  expect(events.map(({ reason, count, about }) => [reason, count, about])).toEqual([
    ["early", 1, "pod/orders-7f-a"],
    ["late", 7, "pod/orders-7f-a"],
  ]);
  expect(events[1]).toMatchObject({ type: "Warning", message: "x" });
});

test("logs are of every container, and none of one that never ran", async () => {
  const cluster = (log: unknown) => reader({ "/pods": { items: [POD] }, "/log": log });
  const wanted = { namespace: "orders", lines: 5 };
  expect(await logsIn(cluster("one\ntwo\n"), wanted)).toEqual([
    { pod: "orders-7f-a", container: "main", lines: ["one", "two"] },
    { pod: "orders-7f-a", container: "proxy", lines: ["one", "two"] },
  ]);
  expect((await logsIn(cluster(400), wanted)).map(({ lines }) => lines)).toEqual([[], []]);
  expect((await logsIn(cluster(404), wanted)).map(({ lines }) => lines)).toEqual([[], []]);
  expect(await logsIn(cluster("one"), { ...wanted, pod: "other" })).toEqual([]);
  await expect(logsIn(cluster(403), wanted)).rejects.toMatchObject({ status: 403 });
});
