import type { ChangeCounts } from "./run-report";

/** Which state it was: OpenTofu counts every write of a lineage. */
export interface StateVersion {
  readonly lineage: string;
  readonly serial: number;
}

/** Something that holds data, and that a plan destroys or makes anew. */
export interface PlannedLoss {
  readonly address: string;
  readonly action: "destroy" | "replace";
  /** What is lost with it, in words. */
  readonly loses: string;
}

/** What one saved plan is, and what it does. */
export interface PlanEvidence {
  /** SHA-256 of the file, as it lies there: encrypted. */
  readonly hash: string;
  readonly counts: ChangeCounts;
  /** Addresses by what is done to them, sorted. */
  readonly actions: Readonly<Record<string, readonly string[]>>;
  readonly losses: readonly PlannedLoss[];
}

/** One stack of a bundle. */
export interface BundledStack {
  readonly name: string;
  readonly environment: string;
  /** `waits` for what it stands on: it has no plan yet, and gets one when that is applied. */
  readonly status: "planned" | "unchanged" | "waits";
  /** SHA-256 of its root, as synthesized. */
  readonly root: string;
  /** Versions that its root asks for, by the provider's address. */
  readonly providers: Readonly<Record<string, string>>;
  /** SHA-256 of the lock of its providers. @default - there is none: they are the sandbox's */
  readonly lock?: string;
  /** The state that was planned on. @default - there was none */
  readonly state?: StateVersion;
  /** @default - there is nothing to apply yet, or nothing at all */
  readonly plan?: PlanEvidence;
  /** Stacks that it waits for. */
  readonly waitsFor: readonly string[];
}

/** The commit that a bundle is of. */
export interface BundledCommit {
  readonly id: string;
  /** Whether all that was planned is in it; without that, a bundle is for the sandbox alone. */
  readonly clean: boolean;
  /** Commits that come with it onto its base, the newest first. */
  readonly brought: readonly string[];
  /** Names and addresses of those who wrote any of them: they cannot approve it. */
  readonly authors: readonly string[];
}

/** What a change goes onto. */
export interface BundledBase {
  /** As it was named, for example `origin/main`. */
  readonly revision: string;
  readonly commit: string;
  /** Git's id of all its files: the same content has the same, whoever merged it. */
  readonly tree: string;
}

/** What the guard-rails said. */
export interface PolicyVerdict {
  readonly rules: number;
  readonly checks: number;
  readonly broken: number;
  /** SHA-256 of the rules and their waivers. */
  readonly hash: string;
}

/** `bundle.json`: what was planned, on what, and what it does. Nothing in it says who made it, or when. */
export interface BundleEvidence {
  readonly version: 1;
  readonly mode: "sandbox" | "live";
  readonly commit: BundledCommit;
  /** @default - the change goes onto nothing else: it is what stands there */
  readonly base?: BundledBase;
  /** Version of OpenTofu. */
  readonly engine: string;
  /** What the plans are encrypted with: a passphrase, or each state's own key of KMS. */
  readonly encryption: "passphrase" | "kms";
  /** Day that the guard-rails judged by. @default - nobody said one: the day it was */
  readonly day?: string;
  readonly policy: PolicyVerdict;
  /** Approvals that an apply needs, by environment. */
  readonly approvals: Readonly<Record<string, number>>;
  /** In the order they are applied. */
  readonly stacks: readonly BundledStack[];
}
