import {
  accessIn,
  ApiClient,
  ApiCluster,
  type ApiRequest,
  applyObjects,
  bringAddOnKinds,
  type ControlPlane,
  type KubernetesObject,
  NoAnswer,
} from "../src";
import { AnsweringClient } from "../src/cluster/answering-client";
import { deployment, eventually, namespace, pod, readyPods } from "./objects";
import { OwnSite, STARTING_MS } from "./own-site";

jest.setTimeout(STARTING_MS);

const site = new OwnSite();
let controlPlane: ControlPlane;
let administrator: ApiClient;

beforeAll(async () => {
  controlPlane = await site.up();
  administrator = site.client(controlPlane, "administrator");
}, STARTING_MS);

const apply = (...objects: readonly KubernetesObject[]): Promise<void> =>
  applyObjects(administrator, objects, { fieldManager: "test" });

const settings = (name: string): KubernetesObject => ({
  apiVersion: "v1",
  kind: "ConfigMap",
  metadata: { name, namespace: "default" },
});
const remove = (name: string) =>
  administrator.send({ method: "DELETE", path: `/api/v1/namespaces/default/configmaps/${name}` });

describe("workloads", () => {
  test("a deployment becomes pods that are scheduled over the zones and ready, and a deleted one leaves none", async () => {
    await apply(namespace("rollout"), deployment("rollout", "web", 3));
    expect(
      await eventually(
        () => readyPods(administrator, "rollout"),
        (ready) => ready.length === 3,
      ),
    ).toHaveLength(3);
    const { items } = await administrator.get<{ items: { spec: { nodeName: string } }[] }>(
      "/api/v1/namespaces/rollout/pods",
    );
    expect(new Set(items.map(({ spec }) => spec.nodeName)).size).toBe(3);
    await administrator.send({ method: "DELETE", path: "/apis/apps/v1/namespaces/rollout/deployments/web" });
    expect(
      await eventually(
        () => readyPods(administrator, "rollout"),
        (ready) => ready.length === 0,
      ),
    ).toEqual([]);
  });

  test("pods that the controllers take for lost, since their node was silent, are ready again once it is back", async () => {
    await apply(namespace("silent"), pod("silent", "api"));
    const ready = () => readyPods(administrator, "silent");
    await eventually(ready, (pods) => pods.length === 1);
    await administrator.send({
      method: "PATCH",
      path: "/api/v1/namespaces/silent/pods/api/status",
      body: { status: { conditions: [{ type: "Ready", status: "False" }] } },
      contentType: "application/strategic-merge-patch+json",
    });
    expect(await eventually(ready, (pods) => pods.length === 1)).toEqual(["api"]);
  });

  test("a job completes", async () => {
    const template = { spec: { restartPolicy: "Never", containers: [{ name: "main", image: "example.com/main:1" }] } };
    const job = {
      apiVersion: "batch/v1",
      kind: "Job",
      metadata: { name: "once", namespace: "jobs" },
      spec: { template },
    };
    await apply(namespace("jobs"), job);
    const done = await eventually(
      () => administrator.get<{ status: { succeeded?: number } }>("/apis/batch/v1/namespaces/jobs/jobs/once"),
      ({ status }) => status.succeeded === 1,
    );
    expect(done.status.succeeded).toBe(1);
  });

  test("a namespace that is deleted goes, with all that is in it", async () => {
    await apply(namespace("short-lived"), deployment("short-lived", "web", 1));
    await administrator.send({ method: "DELETE", path: "/api/v1/namespaces/short-lived" });
    const left = await eventually(
      () => administrator.get<{ items: { metadata: { name: string } }[] }>("/api/v1/namespaces"),
      ({ items }) => !items.some(({ metadata }) => metadata.name === "short-lived"),
    );
    expect(left.items.map(({ metadata }) => metadata.name)).not.toContain("short-lived");
  });
});

describe("admission", () => {
  test("a namespace's labels refuse pods that are not restricted, for every reason at once", async () => {
    await apply(namespace("restricted", { "pod-security.kubernetes.io/enforce": "restricted" }));
    const privileged = pod(
      "restricted",
      "privileged",
      { securityContext: { privileged: true } },
      { hostNetwork: true },
    );
    await expect(apply(privileged)).rejects.toThrow(
      /violates PodSecurity "restricted:latest": host namespaces .*privileged .*runAsNonRoot != true/,
    );
    const container = { allowPrivilegeEscalation: false, capabilities: { drop: ["ALL"] } };
    const security = { runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" } };
    await apply(pod("restricted", "modest", { securityContext: container }, { securityContext: security }));
    expect(
      await eventually(
        () => readyPods(administrator, "restricted"),
        (pods) => pods.length > 0,
      ),
    ).toEqual(["modest"]);
  });

  test("a quota refuses the pod past it, and a limit range gives requests to a container that names none", async () => {
    const place = { namespace: "limited" };
    await apply(
      namespace("limited"),
      {
        apiVersion: "v1",
        kind: "LimitRange",
        metadata: { name: "defaults", ...place },
        spec: {
          limits: [{ type: "Container", default: { memory: "64Mi" }, defaultRequest: { cpu: "100m", memory: "64Mi" } }],
        },
      },
      {
        apiVersion: "v1",
        kind: "ResourceQuota",
        metadata: { name: "quota", ...place },
        spec: { hard: { "requests.cpu": "200m", pods: "5" } },
      },
    );
    const quota = "/api/v1/namespaces/limited/resourcequotas/quota";
    await eventually(
      () => administrator.get<{ status: { hard?: object } }>(quota),
      ({ status }) => status.hard !== undefined,
    );
    await apply(pod("limited", "first"), pod("limited", "second"));
    await expect(apply(pod("limited", "third"))).rejects.toThrow(
      /exceeded quota: quota, requested: requests.cpu=100m, used: requests.cpu=200m, limited: requests.cpu=200m/,
    );
    const first = await administrator.get<{ spec: { containers: { resources: object }[] } }>(
      "/api/v1/namespaces/limited/pods/first",
    );
    expect(first.spec.containers[0]!.resources).toEqual({
      limits: { memory: "64Mi" },
      requests: { cpu: "100m", memory: "64Mi" },
    });
  });

  test.each([
    ["0", "ImagePullBackOff", 0],
    ["f", "CrashLoopBackOff", 5],
  ])("an image of 64 times %s never becomes ready: %s", async (digit, reason, restarts) => {
    interface Failing {
      readonly status: { readonly containerStatuses?: readonly { restartCount: number; state: object }[] };
    }
    const image = `registry.example.com/main@sha256:${digit.repeat(64)}`;
    const place = `failing-${digit}`;
    await apply(namespace(place), pod(place, "main", { image }));
    const failed = await eventually(
      () => administrator.get<Failing>(`/api/v1/namespaces/${place}/pods/main`),
      ({ status }) => status.containerStatuses !== undefined,
    );
    expect(failed.status.containerStatuses).toMatchObject([{ restartCount: restarts, state: { waiting: { reason } } }]);
    expect(await readyPods(administrator, place)).toEqual([]);
  });

  test("a namespace that does not go is said to stay, and what holds it", async () => {
    const held: KubernetesObject = {
      apiVersion: "v1",
      kind: "ConfigMap",
      metadata: { name: "held", namespace: "stuck", finalizers: ["example.com/held"] } as KubernetesObject["metadata"],
    };
    await apply(namespace("stuck"), held);
    const cluster = new ApiCluster(administrator, 12_000);
    const kind = (await cluster.kind("namespace", "v1"))!;
    const interruption = new AbortController();
    const interrupted = cluster.remove(kind, { name: "stuck" }, interruption.signal);
    interruption.abort(new Error("not any longer"));
    await expect(interrupted).rejects.toThrow("not any longer");
    await expect(cluster.remove(kind, { name: "stuck" })).rejects.toThrow(
      /^Namespace stuck is still being deleted after 12 s: .*configmaps\. has 1 resource instances.*example\.com\/held/s,
    );
    await administrator.send({
      method: "PATCH",
      path: "/api/v1/namespaces/stuck/configmaps/held",
      body: { metadata: { finalizers: null } },
      contentType: "application/merge-patch+json",
    });
    await cluster.remove(kind, { name: "stuck" });
    expect(await cluster.read(kind, { name: "stuck" })).toBeUndefined();
  });

  test.each([
    ["is gone since it was looked at", async () => remove("raced"), undefined],
    ["was made anew since it was looked at", async () => remove("raced").then(() => apply(settings("raced"))), "raced"],
  ])("what is deleted and %s is let be", async (_, meanwhile, left) => {
    await apply(settings("raced"));
    class Raced extends ApiClient {
      override async text(asked: ApiRequest): Promise<string> {
        if (asked.method === "DELETE") await meanwhile();
        return super.text(asked);
      }
    }
    const raced = new Raced(accessIn(controlPlane.kubeconfig, "dev-administrator")!);
    const cluster = new ApiCluster(raced);
    const kind = (await cluster.kind("configmap", "v1"))!;
    await cluster.remove(kind, { name: "raced", namespace: "default" });
    expect((await cluster.read(kind, { name: "raced", namespace: "default" }))?.metadata.name).toBe(left);
    raced.close();
  });

  test("network policies are held against their schema and kept", async () => {
    const closed = { podSelector: {}, policyTypes: ["Ingress", "Egress"] };
    const policy = (spec: object): KubernetesObject => ({
      apiVersion: "networking.k8s.io/v1",
      kind: "NetworkPolicy",
      metadata: { name: "closed", namespace: "network" },
      spec,
    });
    await apply(namespace("network"), policy(closed));
    await expect(apply(policy({ ...closed, policyTypes: ["Sideways"] }))).rejects.toThrow(
      /Unsupported value: "Sideways"/,
    );
    const kept = await administrator.get<{ spec: object }>(
      "/apis/networking.k8s.io/v1/namespaces/network/networkpolicies/closed",
    );
    expect(kept.spec).toEqual(closed);
  });

  test("a field that the schema does not have is refused, and a dry run changes nothing", async () => {
    const wrong = { ...deployment("default", "web", 1), spek: {} };
    await expect(apply(wrong)).rejects.toThrow(/spek: field not declared in schema/);
    await applyObjects(administrator, [deployment("default", "web", 1)], { fieldManager: "test", dryRun: true });
    const { items } = await administrator.get<{ items: object[] }>("/apis/apps/v1/namespaces/default/deployments");
    expect(items).toEqual([]);
  });
});

describe("kinds of add-ons", () => {
  const definition = (description: string): KubernetesObject => ({
    apiVersion: "apiextensions.k8s.io/v1",
    kind: "CustomResourceDefinition",
    metadata: { name: "widgets.example.com" },
    spec: {
      group: "example.com",
      names: { kind: "Widget", plural: "widgets", singular: "widget", listKind: "WidgetList" },
      scope: "Namespaced",
      versions: [
        { name: "v1", served: true, storage: true, schema: { openAPIV3Schema: { type: "object", description } } },
      ],
    },
  });
  const bring = (description: string, signal?: AbortSignal): Promise<void> =>
    bringAddOnKinds(administrator, [definition(description)], { fieldManager: "test", signal });

  /** Kinds that are written while work goes on. */
  async function written(work: () => Promise<void>): Promise<readonly string[]> {
    const send = jest.spyOn(administrator, "send");
    await work();
    const patched = send.mock.calls.filter(([{ method }]) => method === "PATCH").map(([{ path }]) => path);
    send.mockRestore();
    return patched.map((path) => /definitions\/([^?]+)/.exec(path)![1]!);
  }

  test("are brought once, and again where they are another version or gone", async () => {
    expect(await written(() => bring("one"))).toContain("widgets.example.com");
    expect(await written(() => bring("one"))).toEqual([]);
    expect(await written(() => bring("two"))).toEqual(["widgets.example.com"]);
    const path = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";
    await administrator.send({ method: "DELETE", path: `${path}/widgets.example.com` });
    await eventually(
      () => administrator.get<{ items: readonly KubernetesObject[] }>(path),
      ({ items }) => !items.some(({ metadata }) => metadata.name === "widgets.example.com"),
    );
    expect(await written(() => bring("two"))).toEqual(["widgets.example.com"]);
  });

  test("are not brought on by whoever has stopped it", async () => {
    const reason = new Error("stopped");
    expect(await written(() => expect(bring("three", AbortSignal.abort(reason))).rejects.toBe(reason))).toEqual([]);
  });
});

test("an API server that is not there gives no answer, whatever is asked", async () => {
  const { certificate, key, authority } = accessIn(controlPlane.kubeconfig, "dev-reader")!;
  const nobody = new ApiClient({ server: "https://127.0.0.1:1", certificate, key, authority });
  await expect(nobody.get("/version")).rejects.toThrow(NoAnswer);
  nobody.close();
});

test("what it cannot read it refuses in its own words, and is asked again", async () => {
  const client = new AnsweringClient(accessIn(controlPlane.kubeconfig, "dev-administrator")!, "dev");
  const twice = [1, 2].map((value) => ({ name: "SAME", value: String(value) }));
  const body = pod("default", "twice", { env: twice });
  const path = "/api/v1/namespaces/default/pods/twice?fieldManager=test&force=true";
  const asked = client.send({ method: "PATCH", path, body, contentType: "application/apply-patch+yaml" });
  await expect(asked).rejects.toThrow(/duplicate entries for key \[name="SAME"\]/);
  await client.get("/version");
  client.close();
});

describe("rights", () => {
  const READ_ROLE = [{ apiGroups: [""], resources: ["pods", "pods/log", "events"], verbs: ["get", "list", "watch"] }];

  /** What a service's namespace gives the team that owns it. */
  function readableBy(team: string, name: string): readonly KubernetesObject[] {
    const metadata = { name: "team-read", namespace: name };
    const api = "rbac.authorization.k8s.io";
    return [
      namespace(name),
      { apiVersion: `${api}/v1`, kind: "Role", metadata, rules: READ_ROLE },
      {
        apiVersion: `${api}/v1`,
        kind: "RoleBinding",
        metadata,
        roleRef: { apiGroup: api, kind: "Role", name: "team-read" },
        subjects: [{ apiGroup: api, kind: "Group", name: `team:${team}` }],
      },
    ];
  }

  test("the context that is used when none is named reads workloads everywhere, and no secrets", async () => {
    expect(controlPlane.contexts).toEqual(["dev-reader", "dev-administrator", "dev-team-commerce", "dev-team-growth"]);
    const reader = site.client(controlPlane, "reader");
    await reader.get("/api/v1/pods");
    await reader.get("/api/v1/nodes");
    await expect(reader.get("/api/v1/secrets")).rejects.toMatchObject({ status: 403, reason: "Forbidden" });
    const asReader = applyObjects(reader, [namespace("mine")], { fieldManager: "test" });
    await expect(asReader).rejects.toMatchObject({ status: 403 });
  });

  test("a team reads pods, their logs and events where its services are, nothing else, and in no other namespace", async () => {
    await apply(...readableBy("commerce", "orders"), pod("orders", "api"), ...readableBy("growth", "storefront"));
    await eventually(
      () => readyPods(administrator, "orders"),
      (ready) => ready.length === 1,
    );
    const commerce = site.client(controlPlane, "team-commerce");
    expect(await readyPods(commerce, "orders")).toEqual(["api"]);
    const log = await commerce.text({ method: "GET", path: "/api/v1/namespaces/orders/pods/api/log" });
    expect(log).toBe("this pod is simulated: no container runs, so that it says nothing of its own\n");
    await commerce.get("/api/v1/namespaces/orders/events");
    for (const path of [
      "/api/v1/namespaces/orders/secrets",
      "/api/v1/namespaces/storefront/pods",
      "/api/v1/pods",
      "/api/v1/nodes",
    ]) {
      await expect(commerce.get(path)).rejects.toMatchObject({ status: 403 });
    }
    const removal = commerce.send({ method: "DELETE", path: "/api/v1/namespaces/orders/pods/api" });
    await expect(removal).rejects.toMatchObject({ status: 403 });
  });
});
