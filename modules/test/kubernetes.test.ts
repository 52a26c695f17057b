import { synth } from "@paved/testing";
import { contractLedger, DefaultStorageClass, PavedStack, useHelm, useKubernetes } from "../src";
import { dev, production, synthIn } from "./support/stacks";

interface Providers {
  readonly provider: Readonly<Record<string, readonly Record<string, unknown>[]>>;
  readonly terraform: { readonly required_providers: Readonly<Record<string, { readonly source: string }>> };
}

const both = synthIn(dev, (stack) => {
  useKubernetes(stack);
  useHelm(stack);
  useKubernetes(stack);
  useHelm(stack);
});
const { provider, terraform } = both.json as unknown as Providers;

test("both providers find the cluster by its literal name, and ask for a token when they need one", () => {
  expect({ kubernetes: provider["kubernetes"], helm: provider["helm"], elements: both.summary() }).toMatchSnapshot();
});

test("asked for again, nothing is added", () => {
  expect([provider["kubernetes"]?.length, provider["helm"]?.length]).toEqual([1, 1]);
  expect(both.addresses()).toEqual(["data.aws_eks_cluster.kubernetes-cluster"]);
});

test("both providers are named in full", () => {
  const sources = Object.values(terraform.required_providers).map((required) => required.source);
  expect(sources.toSorted()).toEqual([
    "registry.opentofu.org/hashicorp/aws",
    "registry.opentofu.org/hashicorp/helm",
    "registry.opentofu.org/hashicorp/kubernetes",
  ]);
});

test("a stack that uses the cluster waits for the stack that makes it", () => {
  synth((app) => {
    useKubernetes(new PavedStack(app, { environment: dev, name: "orders", kind: "service", owner: "commerce" }));
    expect(contractLedger(app).findings()).toMatchObject([{ code: "PVD1011", where: "dev-orders" }]);
  });
});

test("a volume is encrypted when nobody says what it is, and outlives its claim where the environment is protected", () => {
  const storage = (environment: typeof dev | typeof production) =>
    synthIn(environment, (stack) => void new DefaultStorageClass(stack, "storage"));
  expect(storage(dev).summary()).toMatchSnapshot();
  expect(storage(dev).only("kubernetes_storage_class_v1")["parameters"]).toEqual({ type: "gp3", encrypted: "true" });
  expect(storage(production).only("kubernetes_storage_class_v1")["reclaim_policy"]).toBe("Retain");
});
