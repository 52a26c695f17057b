import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { accessIn, type ApiAccess, ApiClient, ApiRefusal, type ApiRequest } from "@paved/control-plane";
import { RepositoryWorkspace } from "../repository-workspace";
import { type FirstDeployment, writeFirstDeployments } from "./first-deployments-page";

const PATIENCE_MS = 600_000;
jest.setTimeout(PATIENCE_MS);

/** From a service that does not exist to its pods in staging, by what a developer types and by nothing else. */
const RUNS = Number(process.env["PAVED_FIRST_DEPLOYMENTS"] ?? "1");
const SERVICES = Array.from({ length: RUNS }, (_, run) => run + 1).flatMap(
  (run) =>
    [
      ["node-api", `returns-${run}`, ["--owner", "commerce", "--expose-at", `/returns-${run}`]],
      ["python-worker", `mailer-${run}`, ["--owner", "growth"]],
      ["grpc-service", `price-list-${run}`, ["--owner", "commerce"]],
    ] as const,
);
/** Sites have no pods: they are there when they are applied, and what watches them is delivered. */
const SITES = Array.from({ length: RUNS }, (_, run) => `wishlist-${run + 1}`);
/** Seconds of each, from the first word to pods that are ready, or to a site that files can be brought to. */
const took: FirstDeployment[] = [];
const digest = (pair: string): string => `sha256:${pair.repeat(32)}`;

const workspace = new RepositoryWorkspace();
const into = fs.mkdtempSync(path.join(os.tmpdir(), "paved-new-"));
workspace.git("config", "user.name", "t");
workspace.git("config", "user.email", "t@example.com");
let client: ApiClient;

function paved(...words: readonly string[]): string {
  const { code, out, err } = workspace.paved(...words);
  if (code !== 0) throw new Error(`paved ${words.join(" ")} ended with ${code}\n${out}\n${err}`);
  return out;
}

function status(service: string) {
  const { code, out } = workspace.paved("status", service, "--env", "staging", "--json");
  const [seen] = (JSON.parse(out) as { services: readonly [Seen] }).services;
  return { code, ...seen };
}

function administrator(): ApiAccess {
  const kubeconfig = workspace.file(".paved", "control-plane", "staging", "kubeconfig");
  return accessIn(kubeconfig, "staging-administrator")!;
}

/** Names of all rules that Prometheus is given. By a connection of its own: a command blocks for longer than an idle one lives. */
async function alertsDelivered(): Promise<readonly string[]> {
  const asking = new ApiClient(administrator());
  try {
    const rules = "/apis/monitoring.coreos.com/v1/prometheusrules";
    const { items } = await asking.get<{ items: readonly { metadata: { name: string } }[] }>(rules);
    return items.map(({ metadata }) => metadata.name);
  } finally {
    asking.close();
  }
}

interface Seen {
  readonly isWell: boolean;
  readonly workloads: readonly {
    readonly ready: number;
    readonly wanted: number;
    readonly images: readonly string[];
  }[];
  readonly pods: readonly { readonly name: string; readonly state: string }[];
  readonly delivery?: { readonly sync: string; readonly health: string; readonly revision: string };
}

beforeAll(() => {
  paved("sandbox", "up", "--env", "staging", "--delivery", "argo-cd");
  paved("apply", "--env", "staging");
  paved("deliver", "--env", "staging");
  client = new ApiClient(administrator());
}, PATIENCE_MS);

afterAll(() => {
  if (process.env["PAVED_WRITE_DOCS"] === "1") writeFirstDeployments(took);
  client?.close();
  workspace.paved("sandbox", "reset");
  workspace.remove();
  fs.rmSync(into, { recursive: true, force: true });
}, PATIENCE_MS);

test("every service that was there is well, as its own team sees it", () => {
  for (const service of ["orders", "payments", "fulfilment"]) {
    expect(status(service)).toMatchObject({ code: 0, isWell: true, delivery: { sync: "Synced", health: "Healthy" } });
  }
});

test("a team reads what its services run and say, nothing else of theirs, and nothing of another team", async () => {
  const kubeconfig = workspace.file(".paved", "control-plane", "staging", "kubeconfig");
  const team = new ApiClient(accessIn(kubeconfig, "staging-team-commerce")!);
  const answer = async (asked: ApiRequest): Promise<number> => {
    try {
      await team.text(asked);
      return 200;
    } catch (error) {
      if (!(error instanceof ApiRefusal)) throw error;
      return error.status;
    }
  };
  const get = (path: string): Promise<number> => answer({ method: "GET", path });
  try {
    const { items } = await team.get<{ items: readonly { metadata: { name: string } }[] }>(
      "/api/v1/namespaces/orders/pods",
    );
    const pod = `/api/v1/namespaces/orders/pods/${items[0]!.metadata.name}`;
    expect(await get(`${pod}/log`)).toBe(200);
    expect(await get("/api/v1/namespaces/orders/events")).toBe(200);
    expect(await get("/api/v1/namespaces/orders/secrets")).toBe(403);
    expect(await answer({ method: "DELETE", path: pod })).toBe(403);
    expect(await answer({ method: "POST", path: `${pod}/exec?command=sh` })).toBe(403);
    expect(await get("/api/v1/namespaces/payments/pods")).toBe(403);
    expect(await get("/api/v1/pods")).toBe(403);
  } finally {
    team.close();
  }
});

test.each(SERVICES)("a new %s, %s, runs in staging", (goldenPath, name, more) => {
  const begin = performance.now();
  const where = ["--organisation", "example", "--into", path.join(into, name)];
  paved("new", "--golden-path", goldenPath, "--name", name, ...where, "--yes", ...more);
  workspace.git("switch", "--quiet", `add-${name}`);
  paved("deploy", name, "--env", "staging", "--digest", digest("ab"));
  paved("apply", "--env", "staging", "--service", name);
  expect(paved("deliver", "--env", "staging")).toMatch(/ (\d+) of \1 applications synced and healthy$/m);
  const seen = status(name);
  took.push({ goldenPath, seconds: (performance.now() - begin) / 1000 });
  expect(seen).toMatchObject({ code: 0, isWell: true });
  expect(seen.workloads[0]).toMatchObject({ images: [digest("ab")] });
  expect(seen.pods.map(({ state }) => state)).toContain("Running");
  workspace.commit(`${name} in staging`);
});

test.each(SITES)("a new react-frontend, %s, is applied in staging, and watched", async (name) => {
  const begin = performance.now();
  const where = ["--organisation", "example", "--into", path.join(into, name)];
  paved("new", "--golden-path", "react-frontend", "--name", name, ...where, "--owner", "growth", "--yes");
  workspace.git("switch", "--quiet", `add-${name}`);
  const applied = paved("apply", "--env", "staging", "--service", name);
  expect(paved("deliver", "--env", "staging")).toMatch(/ (\d+) of \1 applications synced and healthy$/m);
  const seconds = (performance.now() - begin) / 1000;
  expect(applied).toContain(`staging-${name}`);
  expect(workspace.paved("drift", "--env", "staging", "--service", name)).toMatchObject({ code: 0 });
  expect(await alertsDelivered()).toContain(`${name}-alerts`);
  took.push({ goldenPath: "react-frontend", seconds });
  workspace.commit(`${name} in staging`);
});

describe("a service that runs", () => {
  const [, name] = SERVICES.at(-1)!;
  const deployment = `/apis/apps/v1/namespaces/${name}/deployments/${name}`;

  test("is brought to another image, and back to the one before, by a commit each", () => {
    paved("deploy", name, "--env", "staging", "--digest", digest("cd"));
    workspace.commit("another image");
    expect(paved("deliver", "--env", "staging")).toContain(`1 of`);
    expect(status(name).workloads[0]?.images).toEqual([digest("cd")]);
    paved("rollback", name, "--env", "staging");
    workspace.commit("back");
    paved("deliver", "--env", "staging");
    expect(status(name).workloads[0]?.images).toEqual([digest("ab")]);
  });

  test("keeps serving with its old pods when an image is not there, or crashes, and goes on with the next one", () => {
    for (const [digit, reason] of [
      ["00", "ImagePullBackOff"],
      ["ff", "CrashLoopBackOff"],
    ] as const) {
      paved("deploy", name, "--env", "staging", "--digest", digest(digit));
      workspace.commit("an image that fails");
      const delivered = workspace.paved("deliver", "--env", "staging", "--wait", "10");
      expect(delivered).toMatchObject({ code: 1, out: expect.stringMatching(`${name} .*Progressing`) });
      const seen = status(name);
      expect(seen).toMatchObject({ code: 1, isWell: false, workloads: [{ rollout: "rolling out" }] });
      expect(seen.pods.map(({ state }) => state)).toEqual(expect.arrayContaining(["Running", reason]));
      paved("rollback", name, "--env", "staging");
      workspace.commit("back");
    }
    paved("deliver", "--env", "staging");
    expect(status(name)).toMatchObject({ code: 0, workloads: [{ images: [digest("ab")] }] });
  });

  test("is healed when somebody edits it by hand", async () => {
    const image = `registry.example.com/edited@${digest("ee")}`;
    const body = { spec: { template: { spec: { containers: [{ name, image }] } } } };
    const contentType = "application/strategic-merge-patch+json";
    await client.send({ method: "PATCH", path: `${deployment}?fieldManager=kubectl-edit`, body, contentType });
    let images = [digest("ee")];
    for (const until = Date.now() + 60_000; images[0] !== digest("ab") && Date.now() < until;)
      images = [...(status(name).workloads[0]?.images ?? [])];
    expect(images).toEqual([digest("ab")]);
  });

  test("says what went wrong when its quota does not allow it", async () => {
    const quota = { spec: { hard: { pods: "0" } } };
    const { items } = await client.get<{ items: readonly { metadata: { name: string } }[] }>(
      `/api/v1/namespaces/${name}/resourcequotas`,
    );
    const url = `/api/v1/namespaces/${name}/resourcequotas/${items[0]!.metadata.name}`;
    const contentType = "application/merge-patch+json";
    await client.send({ method: "PATCH", path: url, body: quota, contentType });
    for (const pod of status(name).pods)
      await client.send({ method: "DELETE", path: `/api/v1/namespaces/${name}/pods/${pod.name}` });
    let said = "";
    for (const until = Date.now() + 60_000; !said.includes("exceeded quota") && Date.now() < until;)
      said = workspace.paved("status", name, "--env", "staging").out;
    expect(said).toContain("is stuck: ");
    expect(said).toContain("exceeded quota");
    expect(workspace.paved("events", name, "--env", "staging", "--warnings").out).toContain("exceeded quota");
    expect(workspace.paved("drift", "--env", "staging", "--service", name).out).toContain("kubernetes_resource_quota");
    paved("apply", "--env", "staging", "--service", name);
    let seen = status(name);
    for (const until = Date.now() + 90_000; !seen.isWell && Date.now() < until;) seen = status(name);
    expect(seen.isWell).toBe(true);
  });

  test("says whatever its pods say", () => {
    expect(workspace.paved("logs", name, "--env", "staging").out).toContain("this pod is simulated");
  });
});

describe("what is to go", () => {
  const [, name] = SERVICES.at(-1)!;
  const file = `stacks/services/${name}.ts`;
  const releases = "environments/staging/releases.json";

  /** Names of everything of a kind. */
  async function names(kinds: string): Promise<readonly string[]> {
    const asking = new ApiClient(administrator());
    try {
      const { items } = await asking.get<{ items: readonly { metadata: { name: string } }[] }>(kinds);
      return items.map(({ metadata }) => metadata.name);
    } finally {
      asking.close();
    }
  }
  const namespaces = () => names("/api/v1/namespaces");
  const applications = () => names("/apis/argoproj.io/v1alpha1/namespaces/argocd/applications");

  test("a service that is retired is refused while it runs, and leaves Git before its namespace goes", async () => {
    const metadata = /defineService\(\s*(\{[^]*?\}|\w+),/.exec(workspace.read(file))!;
    const before = workspace
      .read(file)
      .split("\n")
      .filter((line) => line.startsWith("const "))
      .join("\n");
    const until = new Date(Date.now() + 86_400_000 * 30).toISOString().slice(0, 10);
    workspace.write(
      file,
      `import { defineService, retire } from "@paved/golden-paths";
${before}
export default defineService(${metadata[1]}, (service) => retire(service, { reason: "nobody asks", until: "${until}" }));
`,
    );
    const { [name]: _released, ...others } = JSON.parse(workspace.read(releases)) as Record<string, string>;
    workspace.write(releases, JSON.stringify(others, null, 2));
    expect(workspace.paved("check", "--base", "HEAD").err).toContain(`PVD2023 ${releases} ${name} at HEAD`);
    expect([await namespaces(), await applications()]).toEqual([
      expect.arrayContaining([name]),
      expect.arrayContaining([name]),
    ]);
    const { code, err } = workspace.paved("apply", "--env", "staging", "--service", name);
    expect({ code, err }).toEqual({ code: 0, err: expect.stringContaining(`staging: out of Git first: ${name}`) });
    expect([...(await namespaces()), ...(await applications())]).not.toContain(name);
    expect(paved("deliver", "--env", "staging")).toMatch(/ (\d+) of \1 applications synced and healthy$/m);
  });

  test("an application whose namespace was destroyed under it lets go all the same", async () => {
    await client.send({ method: "DELETE", path: "/api/v1/namespaces/orders" });
    const application = "/apis/argoproj.io/v1alpha1/namespaces/argocd/applications/orders";
    // While the namespace goes, other things are said; the sync is tried again in any case.
    const isTried = (said: string): boolean => said.includes('namespaces "orders" not found');
    let said = "";
    for (const end = Date.now() + 120_000; !isTried(said) && Date.now() < end;) {
      const asking = new ApiClient(administrator());
      const { operation, status: now } = await asking.get<Tried>(application);
      asking.close();
      said = operation === undefined ? "no sync" : (now.operationState?.message ?? "");
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
    expect(said).toContain('namespaces "orders" not found');
    paved("withdraw", "--env", "staging", "--service", "orders", "--yes");
    expect(await applications()).not.toContain("orders");
  });

  test("an environment that Argo CD delivers to is destroyed whole, and nothing of it is left in the cluster", async () => {
    paved("destroy", "--env", "staging", "--yes");
    const own = ["default", "kube-node-lease", "kube-public", "kube-system"];
    expect((await namespaces()).toSorted()).toEqual(own);
    expect(await names("/apis/cert-manager.io/v1/clusterissuers")).toEqual([]);
    expect(await names("/apis/gateway.networking.k8s.io/v1/gatewayclasses")).toEqual([]);
  });
});

interface Tried {
  readonly operation?: object;
  readonly status: { readonly operationState?: { readonly message?: string } };
}
