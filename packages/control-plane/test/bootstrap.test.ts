import { bootstrapObjects, type KubernetesObject } from "../src";
import { sandboxObjects, valuesForSandbox } from "../src/delivery/sandbox-objects";

const swap = { from: "https://git.paved.example.com/platform/paved.git", to: "http://127.0.0.1:40123/delivery.git" };
const ELSEWHERE = "https://github.com/kubernetes-sigs/gateway-api.git";

const object = (apiVersion: string, kind: string, name: string, spec?: object): KubernetesObject => ({
  apiVersion,
  kind,
  metadata: { name, namespace: "delivery" },
  ...(spec === undefined ? {} : { spec }),
});
const application = (name: string, spec: object) => object("argoproj.io/v1alpha1", "Application", name, spec);
const project = (name: string, ...sourceRepos: readonly string[]) =>
  object("argoproj.io/v1alpha1", "AppProject", name, { sourceRepos });
const source = (name: string, url: string) => object("source.toolkit.fluxcd.io/v1", "GitRepository", name, { url });
const kustomization = (name: string, sourceRef: object) =>
  object("kustomize.toolkit.fluxcd.io/v1", "Kustomization", name, {
    sourceRef: { kind: "GitRepository", ...sourceRef },
  });
const account = object("v1", "ServiceAccount", "deliver-platform");

/** A root with a release for each: its chart and its values. */
const root = (...releases: readonly (readonly [string, object])[]): string =>
  JSON.stringify({
    resource: {
      helm_release: Object.fromEntries(
        releases.map(([chart, values], index) => [
          `r${index}`,
          { chart, name: "any", values: [JSON.stringify(values)] },
        ]),
      ),
    },
  });

describe("the first objects of a delivery in the sandbox", () => {
  test("come from its repository, those of Argo CD and those of Flux", () => {
    const { from, to } = swap;
    const sourceRef = { name: "first" };
    const made = (at: string) => [
      application("one", { source: { repoURL: at } }),
      application("several", { sources: [{ repoURL: at }, { repoURL: at }] }),
      project("platform", at),
      source("first", at),
      kustomization("first", sourceRef),
      account,
    ];
    expect(sandboxObjects(made(from), swap)).toEqual(made(to));
  });

  test.each([
    ["an application", application("gateway", { source: { repoURL: ELSEWHERE } })],
    [
      "an application with a source that does",
      application("both", { sources: [{ repoURL: swap.from }, { repoURL: ELSEWHERE }] }),
    ],
    ["a project that allows nothing else", project("gateway", ELSEWHERE)],
    ["a repository", source("gateway", ELSEWHERE)],
  ])("are without %s from elsewhere", (_, from) => {
    expect(sandboxObjects([from, account], swap)).toEqual([account]);
  });

  test("are with what names no repository, or any, which the API server judges", () => {
    const unnamed = [
      application("none", {}),
      application("strange", { sources: {} }),
      application("empty", { sources: [null] }),
      project("any", "*"),
      object("argoproj.io/v1alpha1", "AppProject", "none", { description: 7 }),
      object("source.toolkit.fluxcd.io/v1", "GitRepository", "none", {}),
      object("source.toolkit.fluxcd.io/v1", "GitRepository", "nothing"),
      object("kustomize.toolkit.fluxcd.io/v1", "Kustomization", "nothing"),
    ];
    expect(sandboxObjects(unnamed, swap)).toEqual(unnamed);
  });

  test("are without a Kustomization of a repository that is left out, in its own namespace or in one that it names", () => {
    const gateway = source("gateway", ELSEWHERE);
    const kinds = [
      kustomization("kinds", { name: "gateway" }),
      kustomization("more", { name: "gateway", namespace: "delivery" }),
    ];
    const others = [
      kustomization("same-name", { name: "gateway", namespace: "elsewhere" }),
      kustomization("bucket", { kind: "Bucket", name: "gateway" }),
      kustomization("nowhere", { name: "of-another-release" }),
    ];
    expect(sandboxObjects([...kinds, gateway, ...others], swap)).toEqual(others);
  });

  test("are those of all releases of the repository's chart, and what the chart of Flux makes beside it, without credentials", () => {
    const secret = object("external-secrets.io/v1", "ExternalSecret", "delivery-repository");
    const [first, second] = [source("first", swap.from), kustomization("first", { name: "first" })];
    const roots = [
      root(
        ["flux2", { extraObjects: [secret, account] }],
        ["./charts/objects", { objects: [first] }],
        ["keda", { objects: [1] }],
      ),
      root(["./charts/objects", { objects: [second] }], ["flux2", {}]),
      "{}",
    ];
    expect(bootstrapObjects(roots, swap)).toEqual([account, source("first", swap.to), second]);
  });
});

describe("values of a release in the sandbox", () => {
  test("have its objects as the sandbox takes them, and all else as it was", () => {
    const values = (at: string) => ({ global: { a: 1_000_000, b: "1e3" }, objects: [source("first", at)] });
    expect(JSON.parse(valuesForSandbox(JSON.stringify(values(swap.from)), swap))).toEqual(values(swap.to));
  });

  test.each([
    "",
    "a:  1 # as it is\n",
    "objects: none\n",
    'objects: [1, "a"]\n',
    "objects: [ # no YAML\n",
    "objects: *nowhere\n",
    "objects:\n  - apiVersion: v1\n    kind: ConfigMap\n",
  ])("stay as they are to the byte where there is no object to change: %j", (text) => {
    expect(valuesForSandbox(text, swap)).toBe(text);
  });
});
