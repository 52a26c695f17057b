import type { Resources } from "./kubernetes-stack";

const metadata = (name: string): object => ({ name, namespace: "orders" });
const labels = { app: "worker" };
const container = {
  name: "main",
  image: `r.example.com/worker@sha256:${"ab".repeat(32)}`,
  args: ["", "--once"],
  security_context: {
    allow_privilege_escalation: false,
    run_as_non_root: true,
    capabilities: { drop: ["ALL"] },
    seccomp_profile: { type: "RuntimeDefault" },
  },
};
const template = { metadata: { labels }, spec: { container: [container] } };

/** Kinds that no shipped stack has, with what is particular about each. */
export const OTHER_KINDS: Resources = {
  kubernetes_persistent_volume_v1: {
    files: {
      metadata: { name: "files" },
      spec: {
        capacity: { storage: "1024Mi" },
        access_modes: ["ReadWriteMany"],
        storage_class_name: "by-hand",
        persistent_volume_source: { nfs: { server: "nfs.example.com", path: "/files" } },
      },
    },
  },
  kubernetes_persistent_volume_claim_v1: {
    files: {
      metadata: metadata("files"),
      spec: {
        access_modes: ["ReadWriteMany"],
        storage_class_name: "by-hand",
        volume_name: "files",
        resources: { requests: { storage: "1Gi" } },
      },
      wait_until_bound: false,
    },
  },
  kubernetes_service_v1: {
    worker: { metadata: metadata("worker"), spec: { selector: labels, port: [{ port: 80, target_port: "http" }] } },
  },
  kubernetes_ingress_v1: {
    worker: {
      metadata: metadata("worker"),
      spec: {
        rule: [
          {
            host: "worker.example.com",
            http: {
              path: [
                { path: "/", path_type: "Prefix", backend: { service: { name: "worker", port: { number: 80 } } } },
              ],
            },
          },
        ],
      },
    },
  },
  kubernetes_deployment_v1: {
    worker: {
      metadata: metadata("worker"),
      spec: { replicas: 1, selector: { match_labels: labels }, template },
      wait_for_rollout: false,
    },
  },
  kubernetes_daemon_set_v1: {
    agent: {
      metadata: metadata("agent"),
      spec: {
        selector: { match_labels: labels },
        strategy: { type: "RollingUpdate", rolling_update: { max_unavailable: "50%" } },
        template,
      },
      wait_for_rollout: false,
    },
  },
  kubernetes_cron_job_v1: {
    nightly: {
      metadata: metadata("nightly"),
      spec: {
        schedule: "0 3 * * *",
        job_template: {
          metadata: {},
          spec: { template: { metadata: {}, spec: { restart_policy: "Never", container: [container] } } },
        },
      },
    },
  },
  kubernetes_horizontal_pod_autoscaler_v2: {
    worker: {
      metadata: metadata("worker"),
      spec: {
        max_replicas: 3,
        scale_target_ref: { api_version: "apps/v1", kind: "Deployment", name: "worker" },
        metric: [
          { type: "Resource", resource: { name: "cpu", target: { type: "Utilization", average_utilization: 70 } } },
        ],
      },
    },
  },
  kubernetes_pod_disruption_budget_v1: {
    worker: { metadata: metadata("worker"), spec: { max_unavailable: "1", selector: { match_labels: labels } } },
  },
  kubernetes_cluster_role_v1: {
    reader: {
      metadata: { name: "paved-reader" },
      rule: [{ api_groups: ["", "apps"], resources: ["*"], verbs: ["get"] }],
    },
  },
};

/** What is particular about them, as the API server then has it. */
export const WRITTEN: Readonly<Record<string, object>> = {
  "/api/v1/persistentvolumes/files": { spec: { nfs: { server: "nfs.example.com", path: "/files" } } },
  "/apis/apps/v1/namespaces/orders/deployments/worker": {
    spec: { template: { spec: { containers: [{ args: ["", "--once"] }] } } },
  },
  "/apis/apps/v1/namespaces/orders/daemonsets/agent": {
    spec: { updateStrategy: { rollingUpdate: { maxUnavailable: "50%" } } },
  },
};
