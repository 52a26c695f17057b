import { spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { accessIn, ApiClient, applyObjects, statusOf } from "@paved/control-plane";
import { upCommand } from "../src/commands/control-plane";
import { resetCommand } from "../src/commands/sandbox";
import { emptyRoot, run, write } from "../test/sample-workspace";
import { index } from "../test/sample-fleet";
import { realWorkspace, ROOT, STARTING_MS } from "./real-workspace";

jest.setTimeout(2 * STARTING_MS);

/** A delivery to the sandbox's Argo CD, of an environment that has a window which is never open now. */
const ENVIRONMENT = "production";
const workspace = realWorkspace();
const only = { options: { env: [ENVIRONMENT], delivery: "argo-cd" } };
const { repository: repoURL, revision: targetRevision } = index.environments.find(
  ({ name }) => name === ENVIRONMENT,
)!.delivery;
const server = "https://kubernetes.default.svc";
const never = `0 ${(new Date().getUTCHours() + 12) % 24} * * *`;
const syncWindows = [{ kind: "allow", schedule: never, duration: "1h", applications: ["*"], manualSync: true }];

const project = (namespace: string): object => ({
  sourceRepos: [repoURL],
  destinations: [{ server, namespace }],
  namespaceResourceWhitelist: [{ group: "*", kind: "*" }],
  syncWindows,
});
const application = (unit: string, inProject: string, namespace: string): object => ({
  project: inProject,
  source: { repoURL, targetRevision, path: `gitops/${ENVIRONMENT}/${unit}` },
  destination: { server, namespace },
  syncPolicy: { automated: { prune: true, selfHeal: true }, syncOptions: ["ServerSideApply=true"] },
});
const argo = (kind: string, name: string, spec: object): object => ({
  apiVersion: "argoproj.io/v1alpha1",
  kind,
  metadata: { name, namespace: "argocd" },
  spec,
});
/** Its pods never become ready: their image is in no registry. */
const deployment = {
  apiVersion: "apps/v1",
  kind: "Deployment",
  metadata: { name: "orders" },
  spec: {
    selector: { matchLabels: { app: "orders" } },
    template: {
      metadata: { labels: { app: "orders" } },
      spec: { containers: [{ name: "main", image: `r.example.com/orders@sha256:${"0".repeat(64)}` }] },
    },
  },
};

function writeDelivery(): void {
  const delivered = (file: string, object: object): void =>
    write(workspace, `cdktf.out/gitops/${ENVIRONMENT}/${file}`, JSON.stringify(object));
  delivered("_argocd/project.yaml", argo("AppProject", "team-commerce", project("orders")));
  delivered("_argocd/orders.yaml", argo("Application", "orders", application("orders", "team-commerce", "orders")));
  delivered("orders/deployment.yaml", deployment);
  const stack = index.stacks.find(({ name }) => name === `${ENVIRONMENT}-cluster`)!;
  const objects = [
    argo("AppProject", "platform", project("argocd")),
    argo("Application", "paved.applications", application("_argocd", "platform", "argocd")),
  ];
  const resource = { helm_release: { apps: { chart: "./charts/objects", values: [JSON.stringify({ objects })] } } };
  write(workspace, `cdktf.out/${stack.directory}/cdk.tf.json`, JSON.stringify({ ...emptyRoot(stack), resource }));
}

beforeAll(async () => {
  writeDelivery();
  await run(upCommand, workspace, only);
  const kubeconfig = path.join(workspace.controlPlanes, ENVIRONMENT, "kubeconfig");
  const administrator = new ApiClient(accessIn(kubeconfig, `${ENVIRONMENT}-administrator`)!);
  const namespace = { apiVersion: "v1", kind: "Namespace", metadata: { name: "orders" } };
  await applyObjects(administrator, [namespace], { fieldManager: "test" });
  administrator.close();
}, STARTING_MS);

afterAll(async () => {
  await run(resetCommand, workspace);
}, STARTING_MS);

test("a delivery waits on when the API server is killed and started again, whatever the hour, and ends with Ctrl-C", async () => {
  const words = ["-C", workspace.root, "deliver", "--env", ENVIRONMENT, "--no-synth", "--wait", "600"];
  const child = spawn(process.execPath, [path.join(ROOT, "apps", "cli", "bin", "paved.js"), ...words]);
  const ended = once(child, "exit");
  let said = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => (said += text));
  /** Waits for words that were not said before. */
  const hears = async (what: string): Promise<void> => {
    for (const until = Date.now() + STARTING_MS; !said.includes(what);) {
      if (child.exitCode !== null || Date.now() > until) throw new Error(`not heard: ${what}, but ${said}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    said = said.slice(said.indexOf(what) + what.length);
  };
  try {
    await hears("synced at any time here, and not only at 0 9 * * 1-5 for 8 h, Europe/Dublin");
    await hears("1 of 2 applications synced and healthy");
    const { components } = await statusOf(workspace, ENVIRONMENT);
    process.kill(components.find(({ name }) => name === "kube-apiserver")!.pid!, "SIGKILL");
    await hears("the API server does not answer, and is asked again: ");
    await run(upCommand, workspace, only);
    await hears("1 of 2 applications synced and healthy");
    child.kill("SIGINT");
    expect(await ended).toEqual([130, null]);
    expect(said).toContain("PVD2006 Argo CD: got interrupted, with 1 application not well yet");
  } finally {
    child.kill("SIGKILL");
  }
});
