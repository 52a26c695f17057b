import { parseAllDocuments } from "yaml";
import { type KubernetesObject, forSandbox, textForSandbox } from "../src";

const swap = { from: "https://git.paved.example.com/platform/paved.git", to: "git://127.0.0.1:40123/delivery.git" };
const other = "https://github.com/kubernetes-sigs/gateway-api.git";
const argo = (kind: string, spec: object): KubernetesObject => ({
  apiVersion: "argoproj.io/v1alpha1",
  kind,
  metadata: { name: "orders" },
  spec,
});

test.each([
  ["Application", { source: { repoURL: swap.from, path: "a" } }, { source: { repoURL: swap.to, path: "a" } }],
  [
    "Application",
    { sources: [{ repoURL: swap.from }, { repoURL: other }] },
    { sources: [{ repoURL: swap.to }, { repoURL: other }] },
  ],
  ["Application", { source: { repoURL: other } }, { source: { repoURL: other } }],
  ["AppProject", { sourceRepos: [swap.from, other] }, { sourceRepos: [swap.to, other] }],
  ["AppProject", { destinations: [] }, { destinations: [] }],
  ["AppProject", { destinations: [], syncWindows: [{ kind: "allow" }] }, { destinations: [] }],
  ["ApplicationSet", { source: { repoURL: swap.from } }, { source: { repoURL: swap.from } }],
])("%s of %j is in the sandbox one of %j", (kind, before, after) => {
  const object = argo(kind, before);
  expect(forSandbox(object, swap)).toEqual(argo(kind, after));
  expect(object).toEqual(argo(kind, before));
});

test("what is none of Argo CD's kinds keeps the address, whatever it says of it", () => {
  const object = { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "a" }, data: { repoURL: swap.from } };
  expect(forSandbox(object, swap)).toBe(object);
  const text = `# by hand\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: {repoURL: "${swap.from}"}\n`;
  expect(textForSandbox(text, swap)).toBe(text);
});

test("a text of several documents names the other repository in those that sync from it", () => {
  const application = `apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {name: a}\nspec: {source: {repoURL: ${swap.from}}}\n`;
  const config = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: b}\n";
  const documents = parseAllDocuments(textForSandbox(`${application}---\n${config}`, swap));
  expect(documents.map((document) => document.toJS())).toMatchObject([
    { kind: "Application", spec: { source: { repoURL: swap.to } } },
    { kind: "ConfigMap", metadata: { name: "b" } },
  ]);
});
