import path from "node:path";
import { judgeManifests } from "../src/checkov/judge-manifests";
import { judgePlans } from "../src/checkov/judge-plans";
import { bench, folderWith, INSTALLING_MS } from "./judges-bench";

const queue = {
  address: "aws_sqs_queue.jobs",
  mode: "managed",
  type: "aws_sqs_queue",
  name: "jobs",
  provider_name: "registry.opentofu.org/hashicorp/aws",
  values: { name: "jobs", kms_master_key_id: null, sqs_managed_sse_enabled: false },
};
const plan = {
  format_version: "1.2",
  terraform_version: "1.10.0",
  planned_values: { root_module: { resources: [queue] } },
  resource_changes: [{ ...queue, change: { actions: ["create"], before: null, after: queue.values } }],
  configuration: { root_module: { resources: [] } },
};
const pod = (securityContext: object) => ({
  apiVersion: "v1",
  kind: "Pod",
  metadata: { name: "jobs", namespace: "jobs" },
  spec: { containers: [{ name: "jobs", image: "jobs:latest", securityContext }] },
});

test(
  "checkov itself finds what is wrong with a plan, and says where",
  async () => {
    const folder = folderWith({ "dev-jobs.json": plan });
    const plans = [{ stack: "dev-jobs", environment: "dev", file: path.join(folder, "dev-jobs.json") }];
    const { complaints, environments, findings } = await judgePlans(plans, bench);
    expect(findings).toEqual([]);
    expect(environments["dev"]?.scanned).toBe(1);
    expect(complaints).toContainEqual(
      expect.objectContaining({
        judge: "checkov plan",
        rule: "CKV_AWS_27",
        kind: "aws_sqs_queue",
        subject: "aws_sqs_queue.jobs",
        environment: "dev",
        where: "dev-jobs",
      }),
    );
  },
  INSTALLING_MS,
);

test(
  "checkov itself finds what is wrong with a manifest, and passes what is right",
  async () => {
    const folder = folderWith({
      "dev/jobs/pod.yaml": pod({ privileged: true }),
      "staging/jobs/pod.yaml": pod({ privileged: false }),
    });
    const { complaints, findings } = await judgeManifests(folder, bench);
    expect(findings).toEqual([]);
    const privileged = complaints.filter(({ rule }) => rule === "CKV_K8S_16");
    expect(privileged).toEqual([
      expect.objectContaining({ environment: "dev", kind: "Pod", subject: "Pod/jobs", where: "jobs/pod.yaml" }),
    ]);
  },
  INSTALLING_MS,
);

test(
  "fails with PVD2014 when a manifest says by itself which rules are not for it",
  async () => {
    const { metadata, ...rest } = pod({ privileged: true });
    const annotations = { "checkov.io/skip1": "CKV_K8S_16=needed" };
    const folder = folderWith({ "dev/jobs/pod.yaml": { ...rest, metadata: { ...metadata, annotations } } });
    const { findings } = await judgeManifests(folder, bench);
    expect(findings.map(({ code, got }) => `${code} ${got}`)).toEqual([
      expect.stringMatching(/^PVD2014 CKV_K8S_16 skipped by Pod\.jobs/),
    ]);
  },
  INSTALLING_MS,
);

test(
  "fails with PVD2014 when there is nothing to judge, instead of passing it",
  async () => {
    const { findings } = await judgeManifests(folderWith({ "dev/readme.txt": "no manifest" }), bench);
    expect(findings.map(({ code, got }) => [code, got])).toEqual([["PVD2014", "0 resources scanned"]]);
    expect((await judgePlans([], bench)).findings.map(({ got }) => got)).toEqual(["no plan"]);
  },
  INSTALLING_MS,
);
