import type { Environment } from "@paved/model";
import { approvers } from "./approvers";
import { onCall } from "./on-call";
import { pipeline } from "./pipeline";
import { signInAs } from "./sign-in";
import { cacheSizes, databaseSizes, workloadSizes } from "./sizes";
import { teamRoles } from "./teams";

/** Production in small: the same shape, nodes and versions, fewer pods and smaller stores. */
export const staging = {
  name: "staging",
  account: "222222222222",
  region: "eu-west-1",
  domain: "staging.paved.example.com",
  network: {
    cidr: "10.20.0.0/16",
    zones: ["eu-west-1a", "eu-west-1b", "eu-west-1c"],
    natGateways: "one",
    flowLogRetentionDays: 365,
  },
  cluster: {
    version: "1.36",
    nodes: { instanceTypes: ["m7g.xlarge"], min: 3, max: 6, diskGiB: 50 },
    logRetentionDays: 365,
    // The runner, in a private subnet of this network, and the VPN.
    api: { from: ["10.20.0.0/16", "10.250.0.0/20"] },
  },
  database: {
    sizes: databaseSizes("t4g"),
    highlyAvailable: true,
    backupRetentionDays: 7,
  },
  cache: { sizes: cacheSizes("t4g"), highlyAvailable: true, snapshotRetentionDays: 1 },
  workload: { sizes: workloadSizes, replicas: { min: 2, max: 4 } },
  teams: teamRoles("222222222222"),
  quota: { cpu: "8", memory: "16Gi", pods: 20 },
  protected: false,
  ephemeral: false,
  delivery: {
    repository: "https://git.paved.example.com/platform/paved.git",
    revision: "delivery",
    credentials: "platform/delivery-repository",
  },
  pipeline,
  signIn: signInAs("grafana-staging"),
  onCall,
  approvals: 1,
  approvers,
  state: { bucket: "paved-state-222222222222", region: "eu-west-1", kmsKeyAlias: "alias/paved-state" },
} satisfies Environment;
