import { brokenByResource } from "./broken-by";

const namespace = (name: string, level: string) => {
  const modes = Object.entries({ enforce: level, audit: "restricted", warn: "restricted" });
  const labels = modes.flatMap(([mode, value]) => [
    [`pod-security.kubernetes.io/${mode}`, value],
    [`pod-security.kubernetes.io/${mode}-version`, "v1.36"],
  ]);
  return { metadata: { name, labels: { ...Object.fromEntries(labels), "paved.dev/owner": "platform" } } };
};
const broken = (stack: string, name: string, level: string) =>
  brokenByResource("kubernetes_namespace_v1", namespace(name, level), stack);

test("the namespace of the node exporter is privileged", () => {
  expect(broken("production-platform", "monitoring", "privileged")).not.toContain("K8S-NS-001");
});

test.each([
  ["another of the platform's is", "production-platform", "keda"],
  ["a service's is called like it", "production-orders", "monitoring"],
])("fails K8S-NS-001 when %s privileged", (_, stack, name) => {
  expect(broken(stack, name, "privileged")).toContain("K8S-NS-001");
});

test("fails K8S-NS-002 with a namespace of a service that says it is the platform's", () => {
  expect(broken("production-orders", "orders", "restricted")).toContain("K8S-NS-002");
});
