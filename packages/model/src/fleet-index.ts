import type { Deliverer } from "./deliverer";
import type { DeviationEntry } from "./deviation";
import type { SyncWindow } from "./sync-window";

/** Where one resource address comes from. */
export interface ElementOrigin {
  /** Construct path in the stack, for example `api/database/instance`. */
  readonly path: string;
  /** The golden path that made it, with its version, for example `node-api@1`. @default - a platform stack */
  readonly goldenPath?: string;
  /** Folder of the module that made it, relative to the workspace: `modules/src/database`. @default - a deviation */
  readonly module?: string;
  /** The user's file and line, relative to the workspace, for example `stacks/services/orders.ts:4`. */
  readonly source?: string;
}

/** What kind of stack: the keys of states, who may do what in the account, the three platform layers, then one a service. */
export type StackKind = "state" | "access" | "network" | "cluster" | "platform" | "service";

/**
 * Whether a service's workload can run in an environment: an image is released to it, one is awaited, or it needs none.
 */
export type ReleaseState = "released" | "awaited" | "unneeded";

/** One stack as the pipeline sees it. */
export interface StackEntry {
  /** `<environment>-<stack>`, unique in the fleet. */
  readonly name: string;
  readonly environment: string;
  readonly kind: StackKind;
  /** Service name. @default - a platform stack */
  readonly service?: string;
  /** Owning team. */
  readonly owner: string;
  /** The OpenTofu root, relative to the output directory: `stacks/<name>`. */
  readonly directory: string;
  /** Names of the stacks that must be applied before. */
  readonly dependsOn: readonly string[];
  /** Contracts this stack writes, for example `network@1`. */
  readonly publishes: readonly string[];
  /** Contracts this stack reads, each with the stack that writes it. */
  readonly consumes: readonly { readonly contract: string; readonly from: string }[];
  /** Whether its workload can run. @default - it has none: a platform stack, or a service that is retired */
  readonly release?: ReleaseState;
  /** What a person should know, for example that there is no released image yet. */
  readonly notes: readonly string[];
  /** Where it leaves its golden path, and on which terms. */
  readonly deviations: readonly DeviationEntry[];
  /** What became of addresses it had before; without a record, `paved check` refuses that one is gone. */
  readonly records: {
    /** Addresses that changed: OpenTofu's `moved`. */
    readonly moved: readonly { readonly from: string; readonly to: string }[];
    /** Construct paths of what is gone with everything in it; empty for all that the stack had. */
    readonly retired: readonly {
      readonly path: string;
      readonly reason: string;
      /** Day until which that may destroy data. @default - it may not */
      readonly until?: string;
    }[];
    /** Resources that left the state and stay in the cloud: OpenTofu's `removed`. */
    readonly forgotten: readonly {
      readonly address: string;
      readonly reason: string;
      /** Name of the stack that takes it over. @default - none does */
      readonly to?: string;
    }[];
    /** Resources that came into the state as they stood: OpenTofu's `import`. */
    readonly imported: readonly {
      readonly address: string;
      readonly reason: string;
      /** What the provider knows it by. @default - what the state of the stack says that had it */
      readonly id?: string;
      /** The stack that had it, and its address there. @default - none had it */
      readonly from?: { readonly stack: string; readonly address: string };
    }[];
    /** Resources that hold data and may be made anew, until a day. @default - none */
    readonly replaceable?: readonly { readonly address: string; readonly until: string; readonly reason: string }[];
  };
  /** Address of every resource and data source, with where it comes from. */
  readonly elements: Readonly<Record<string, ElementOrigin>>;
}

/** One service across its environments. */
export interface ServiceEntry {
  readonly name: string;
  readonly owner: string;
  readonly tier: number;
  readonly onCall: string;
  readonly runbook: string;
  /** The file a service team edits, relative to the workspace. */
  readonly source: string;
  readonly goldenPath: string;
  /** Names of its stacks. */
  readonly stacks: readonly string[];
  /** Services it accepts traffic from. */
  readonly allowsFrom: readonly string[];
}

/** A golden path as data, for who shows, lists or asks for one without the constructs behind it. */
export interface GoldenPathEntry {
  /** For example `node-api`. */
  readonly name: string;
  /** Goes up when what a service file may say changes its meaning. */
  readonly version: number;
  readonly title: string;
  /** What it is for, in a sentence. */
  readonly summary: string;
  /** A service of the fleet that shows it, relative to the workspace. */
  readonly example: string;
  /** JSON Schema of its options. */
  readonly options: Readonly<Record<string, unknown>>;
}

/** What is known of an environment outside synth. */
export interface EnvironmentEntry {
  /** For example `dev`. */
  readonly name: string;
  /** AWS account id. */
  readonly account: string;
  /** For example `eu-west-1`. */
  readonly region: string;
  /** DNS name under which its routes are reached. */
  readonly domain: string;
  /** IPv4 range of its network. */
  readonly cidr: string;
  /** ARN of its cluster, by which a kubeconfig of EKS names it. */
  readonly cluster: string;
  /** IPv4 ranges from which the cluster's private endpoint is reached. */
  readonly apiFrom: readonly string[];
  /**
   * Git repository and branch that its cluster is delivered from, by what, which is Argo CD where nothing is said, and when that
   * is synced by itself: at any time where nothing is said.
   */
  readonly delivery: {
    readonly by?: Deliverer;
    readonly repository: string;
    readonly revision: string;
    readonly syncWindow?: SyncWindow;
  };
  /** Whether its data has to outlive mistakes. */
  readonly protected: boolean;
  /** Approvals that an apply needs. */
  readonly approvals: number;
  /** Whose it is, and the day on which it is to be gone, as `YYYY-MM-DD`. @default - it lasts */
  readonly ephemeral?: { readonly owner: string; readonly expires: string };
}

/** `cdktf.out/paved.json`: what one synth wrote, stacks in dependency order. */
export interface FleetIndex {
  readonly version: 1;
  /** In the order a change is promoted through them. */
  readonly environments: readonly EnvironmentEntry[];
  readonly stacks: readonly StackEntry[];
  readonly services: readonly ServiceEntry[];
  /** Every golden path there is, by name. */
  readonly goldenPaths: readonly GoldenPathEntry[];
}
