import type { Environment } from "@paved/model";
import { approvers } from "./approvers";
import { onCall } from "./on-call";
import { pipeline } from "./pipeline";
import { signInAs } from "./sign-in";
import { cacheSizes, databaseSizes, workloadSizes } from "./sizes";
import { teamRoles } from "./teams";

/** Where changes land first: cheap, small, thrown away without asking. */
export const dev = {
  name: "dev",
  account: "111111111111",
  region: "eu-west-1",
  domain: "dev.paved.example.com",
  network: {
    cidr: "10.10.0.0/16",
    zones: ["eu-west-1a", "eu-west-1b", "eu-west-1c"],
    natGateways: "one",
    flowLogRetentionDays: 365,
  },
  cluster: {
    version: "1.36",
    nodes: { instanceTypes: ["m7g.xlarge"], min: 2, max: 4, diskGiB: 50 },
    logRetentionDays: 365,
    // The runner, in a private subnet of this network, and the VPN.
    api: { from: ["10.10.0.0/16", "10.250.0.0/20"] },
  },
  database: {
    sizes: databaseSizes("t4g"),
    highlyAvailable: false,
    backupRetentionDays: 7,
  },
  cache: { sizes: cacheSizes("t4g"), highlyAvailable: false, snapshotRetentionDays: 1 },
  workload: { sizes: workloadSizes, replicas: { min: 1, max: 3 } },
  teams: teamRoles("111111111111"),
  quota: { cpu: "8", memory: "16Gi", pods: 20 },
  protected: false,
  ephemeral: false,
  delivery: {
    repository: "https://git.paved.example.com/platform/paved.git",
    revision: "delivery",
    credentials: "platform/delivery-repository",
  },
  pipeline,
  signIn: signInAs("grafana-dev"),
  onCall,
  approvals: 0,
  approvers,
  state: { bucket: "paved-state-111111111111", region: "eu-west-1", kmsKeyAlias: "alias/paved-state" },
} satisfies Environment;
