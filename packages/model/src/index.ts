export type {
  BundledBase,
  BundledCommit,
  BundledStack,
  BundleEvidence,
  PlanEvidence,
  PlannedLoss,
  PolicyVerdict,
  StateVersion,
} from "./bundle";
export { parseBundleEvidence } from "./bundle-schema";
export { type ComparedIndex, type ComparedStack, parseComparedIndex } from "./compared-index";
export { cronFault } from "./cron";
export { isDay } from "./day";
export { type Deliverer, DELIVERER_TITLES, delivererOf, DELIVERERS } from "./deliverer";
export { type DeviationEntry, type DeviationTerms, parseDeviationTerms, rulesOf } from "./deviation";
export { type Environment, environmentSchema, parseEnvironment } from "./environment";
export { ENVIRONMENT_NAME, ENVIRONMENT_NAMES, type EnvironmentName } from "./environment-names";
export { ERROR_CODES, type ErrorCode } from "./errors/catalogue";
export { inWords } from "./errors/in-words";
export { type Finding, Findings, formatFinding, PavedError, readFinding } from "./errors/paved-error";
export { inServiceFile, isThrownByService, thrownFinding } from "./errors/thrown";
export { firstFew } from "./first-few";
export type {
  ElementOrigin,
  EnvironmentEntry,
  FleetIndex,
  GoldenPathEntry,
  ReleaseState,
  ServiceEntry,
  StackEntry,
  StackKind,
} from "./fleet-index";
export { parseFleetIndex } from "./fleet-index-schema";
export { imageReaders, imageSources, type InOrder, lasts, registryHost } from "./image-copies";
export { hasToken, literal } from "./literal";
export { manifestFileName } from "./manifest-file";
export { checkName, deriveName, NAME_RULES, type NameTarget } from "./names";
export { unreachable } from "./on-call";
export { type MetricFamily, type MetricSample, openMetrics } from "./open-metrics";
export { type Dependencies, order, type Ordering } from "./order";
export {
  type HelmRelease,
  type HelmReleaseName,
  isRepositoryChart,
  repositoryChart,
  type WantedHelmRelease,
} from "./helm-release";
export { parseReleases, type Releases } from "./releases";
export { isReservedName, PLATFORM_NAMES } from "./reserved-names";
export type { ChangeCounts, RunFailure, RunReport, StackRun } from "./run-report";
export { parseServiceMetadata, type ServiceMetadata, systemOf } from "./service";
export { type Size, SIZES } from "./sizes";
export { isPrintable, printable } from "./printable";
export { isQuantity, quantityOf } from "./quantity";
export { kindOf, shown, valueAt } from "./shown";
export { didYouMean, nearest } from "./suggest";
export { type SyncWindow, syncWindowInWords } from "./sync-window";
export type { SynthAnswer, SynthMessage } from "./synth-message";
