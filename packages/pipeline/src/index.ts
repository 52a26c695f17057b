export { type AddressCheck, type AddressCheckOptions, checkAddresses } from "./addresses/check";
export { REMOVED_RECORD, recordWith, recordWithout, removedEnvironments } from "./addresses/removed-environments";
export { compareAddresses, managedAddresses, type StackComparison } from "./addresses/compare";
export {
  type Adoption,
  adoptionFrom,
  adoptionOf,
  type AdoptionTotal,
  grouped,
  type Grouping,
  GROUPINGS,
  type LeftRule,
  type ServiceAdoption,
} from "./adoption/adoption";
export { checkChoice, chosenServices, placed, type ServiceChoice } from "./adoption/choice";
export { type PastRecord, recordHistory } from "./adoption/history";
export { adoptionMetrics, deviationMetrics } from "./adoption/open-metrics";
export { type AdoptionCheck, checkAdoptionRecord } from "./adoption/record";
export { type AffectedStack, affectedStacks, type Comparison } from "./affected/affected";
export { compareRevisions, type ComparisonOptions } from "./affected/compare-revisions";
export { applyBundle, type ApplyBundleOptions } from "./bundle/apply-bundle";
export { type Approval, approvalsNeeded, approve, approversOf, isAuthor } from "./bundle/approvals";
export { lastApplied } from "./github/applied";
export { gatesOf, gitHubApprovers } from "./github/approvers";
export { gitHubAuthors } from "./github/authors";
export { type GitHubRun, gitHubRun } from "./github/run";
export { type Bundle, BundleDirectory } from "./bundle/bundle-directory";
export { planBundle, type PlanBundleOptions, type PlannedBundle } from "./bundle/plan-bundle";
export {
  benchmarks,
  benchmarkTable,
  heldInWords,
  OUTSIDE_WAIVERS,
  PAVED_WAIVERS,
  rulePage,
  ruleTable,
  type Rule,
  rules,
  type Waiver,
} from "@paved/policy";
export { checkGuardRails, type GuardRails } from "./guard-rails/guard-rails";
export { judgeOutput } from "./guard-rails/judge-output";
export { waiverFindings, waiverWarnings } from "./guard-rails/waiver-expiry";
export {
  expiredFindings,
  expiryWarnings,
  overlongFindings,
  type PlacedDeviation,
  placedDeviations,
} from "./deviations/expiry";
export { type Drift, type DriftOptions, findDrift, type StackDrift } from "./drift/drift";
export { driftMarkdown } from "./drift/drift-markdown";
export { type Engine, findEngine, type Rejected } from "./engine/find";
export { describeRejected, ensureEngine } from "./engine/ensure";
export { MINIMUM_TOFU } from "./engine/version";
export { pinnedTofu } from "./engine/pinned-tofu";
export { acceptForeign, validateForeign } from "./foreign/accept-foreign";
export { type Impact, impactOf, type StackImpact, summed } from "./impact/impact";
export { impactHtml } from "./impact/report/html";
export { COMMENT_LIMIT, impactMarkdown } from "./impact/report/markdown";
export { firstCommits } from "./git/first-commits";
export { type PastText, pastTexts } from "./git/past-texts";
export {
  ACTION_WORDS,
  becauseInWords,
  countsInWords,
  differenceInWords,
  dollars,
  visibleText,
} from "./impact/report/words";
export { importIdOf } from "./imports/import-id";
export { type TriedImport, tryImport } from "./imports/try-import";
export { checkPermissions } from "./permissions/check-permissions";
export { checkDeviations } from "./deviations/check-deviations";
export { type Change, committedText, prepareChange, type PreparedChange } from "./registration/prepare-change";
export { type PreparedRepository, prepareRepository, type ServiceRepository } from "./registration/service-repository";
export type { RecordCheck } from "./records/check-records";
export { takeRunLock } from "./lock/exclusive";
export { environmentWarnings, ephemeralEnvironments, expiredEnvironments, type TimedEnvironment } from "./lives/expiry";
export { livingFindings, type LivingObject, type LivesOptions, whatLives } from "./lives/what-lives";
export { findExecutable, lockHolder, type LockHolder, writeAtomically } from "@paved/machine";
export { consentFindings, consentWarnings } from "./losses/consent";
export { isRetired } from "./losses/retired";
export { stillRunning } from "./losses/still-running";
export type { RunListener, Stage } from "./run/listener";
export { type PlanDocument, type PlanDocumentOptions, planDocuments } from "./run/plan-documents";
export { isRunOk, isSuccess, type RunCommand, type RunResult, type StackResult, type StackStatus } from "./run/result";
export { DEFAULT_CONCURRENCY } from "./run/run";
export { runInSession } from "./run/session";
export { checkProviderLock, lockProviders, type ProviderLockOptions } from "./providers/lock-providers";
export { withAccess } from "./sandbox/access";
export { openClusters } from "./sandbox/clusters";
export { openSandbox } from "./sandbox/provider-sandbox";
export { resetSandbox } from "./sandbox/reset";
export { synth, synthFleet } from "./synth/synth";
export { Interruption } from "./tofu/interruption";
export type { PlanSettings } from "./tofu/plan-settings";
export type { PlannedChange } from "./tofu/messages";
export { type ManagedObject, readStateFile } from "./tofu/state-file";
export { lockInWords } from "./tofu/state-lock";
export { lastCommitWith, withFolderAt } from "./upgrade/past-folder";
export { differenceOf, type MergedTemplate, type TemplateChange, withMergedTemplate } from "./upgrade/template-merge";
export { checkWritable, writeUpgrade } from "./upgrade/write-upgrade";
export { committedFile } from "./upgrade/committed-file";
export { heldLocks, inUseFinding, releaseLocks, type StateLock } from "./unlock/unlock";
export { type DeliveredFile, writeDelivered } from "./workspace/delivered";
export { type Fleet, type FleetStack, readFleet, readIndex } from "./workspace/fleet";
export { isKept } from "./tofu/root";
export { readReleases, releasesFile, writeReleases } from "./workspace/releases-file";
export { select, type Selection, withDependencies } from "./workspace/select";
export { checkWorkflows, type WorkflowCheck } from "./workflows/check-workflows";
export { type Mode, modeInWords, type StateStore, Workspace } from "./workspace/workspace";
