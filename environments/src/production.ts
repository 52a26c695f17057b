import type { Environment } from "@paved/model";
import { approvers } from "./approvers";
import { onCall } from "./on-call";
import { pipeline } from "./pipeline";
import { signInAs } from "./sign-in";
import { cacheSizes, databaseSizes, workloadSizes } from "./sizes";
import { teamRoles } from "./teams";

/** What customers use: a zone may fail, and nothing that holds data can be destroyed by accident. */
export const production = {
  name: "production",
  account: "333333333333",
  region: "eu-west-1",
  domain: "paved.example.com",
  network: {
    cidr: "10.30.0.0/16",
    zones: ["eu-west-1a", "eu-west-1b", "eu-west-1c"],
    natGateways: "per-zone",
    flowLogRetentionDays: 365,
  },
  cluster: {
    version: "1.36",
    nodes: { instanceTypes: ["m7g.xlarge"], min: 3, max: 12, diskGiB: 100 },
    logRetentionDays: 365,
    // The runner, in a private subnet of this network, and the VPN.
    api: { from: ["10.30.0.0/16", "10.250.0.0/20"] },
  },
  database: {
    sizes: databaseSizes("m7g"),
    highlyAvailable: true,
    backupRetentionDays: 35,
  },
  cache: { sizes: cacheSizes("m7g"), highlyAvailable: true, snapshotRetentionDays: 7 },
  workload: { sizes: workloadSizes, replicas: { min: 3, max: 12 } },
  teams: teamRoles("333333333333"),
  quota: { cpu: "32", memory: "64Gi", pods: 60 },
  protected: true,
  ephemeral: false,
  delivery: {
    repository: "https://git.paved.example.com/platform/paved.git",
    revision: "delivery",
    credentials: "platform/delivery-repository",
    // While somebody who could take it back is at work.
    syncWindow: { schedule: "0 9 * * 1-5", hours: 8, timeZone: "Europe/Dublin" },
  },
  pipeline,
  signIn: signInAs("grafana-production"),
  onCall,
  approvals: 2,
  approvers,
  state: { bucket: "paved-state-333333333333", region: "eu-west-1", kmsKeyAlias: "alias/paved-state" },
} satisfies Environment;
