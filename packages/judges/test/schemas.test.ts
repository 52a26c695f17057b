import { judgeSchemas } from "../src/schemas/judge-schemas";
import { bench, folderWith, INSTALLING_MS } from "./judges-bench";

const service = (spec: object) => ({ apiVersion: "v1", kind: "Service", metadata: { name: "orders" }, spec });
const store = (spec: object) => ({
  apiVersion: "external-secrets.io/v1",
  kind: "ClusterSecretStore",
  metadata: { name: "store" },
  spec,
});
const aws = { provider: { aws: { service: "SecretsManager", region: "eu-west-1" } } };

test(
  "manifests are held against the schemas of Kubernetes and of the projects that serve them, strictly",
  async () => {
    const gitops = folderWith({
      "dev/a/right.yaml": service({ type: "ClusterIP" }),
      "dev/a/right-store.yaml": store(aws),
      "dev/b/unknown-field.yaml": service({ tpye: "ClusterIP" }),
      "dev/b/unknown-field-store.yaml": store({ ...aws, retries: 3 }),
      "dev/b/unknown-kind.yaml": { apiVersion: "example.com/v1", kind: "Thing", metadata: { name: "x" } },
      "dev/b/unreadable.yaml": "kind: [",
      "dev/b/wrong-type.yaml": service({ ports: "80" }),
      "dev/b/wrong-value-store.yaml": store({ provider: { aws: { service: "Elsewhere", region: "eu-west-1" } } }),
    });
    const { complaints, environments, findings, kinds } = await judgeSchemas(gitops, {
      ...bench,
      kubernetes: { dev: "1.36" },
    });
    expect(findings).toEqual([]);
    expect(environments["dev"]).toEqual({ scanned: 8, applicable: 2, passed: 2, failed: 6 });
    expect(kinds["dev"]).toEqual({ "external-secrets.io/v1 ClusterSecretStore": 3, "v1 Service": 3 });
    const found = complaints.map(({ where, rule }) => `${where} ${rule}`);
    expect(new Set(found)).toEqual(
      new Set([
        "b/unknown-field.yaml unknown-field",
        "b/unknown-field-store.yaml unknown-field",
        "b/unknown-kind.yaml no-schema",
        "b/unreadable.yaml unreadable",
        "b/wrong-type.yaml wrong-value",
        "b/wrong-value-store.yaml wrong-value",
      ]),
    );
  },
  INSTALLING_MS,
);

test(
  "fails with PVD2014 when the version of a cluster is not known",
  async () => {
    const gitops = folderWith({ "dev/a/service.yaml": service({}) });
    const { findings } = await judgeSchemas(gitops, { ...bench, kubernetes: {} });
    expect(findings.map(({ code, got }) => [code, got])).toEqual([["PVD2014", "no Kubernetes version"]]);
  },
  INSTALLING_MS,
);
