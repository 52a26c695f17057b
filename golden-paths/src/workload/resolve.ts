import type { MessageHandling } from "@paved/modules";
import type { Customize } from "../deviation/customize";
import type { InputCheck } from "../input/input-check";
import type { ObjectiveOptions } from "../observability/observed";
import type { PodResources } from "../manifests/pod-facts";
import type { ServiceStack } from "../service/service-stack";
import { LONGEST_VISIBILITY_SECONDS } from "./ending";
import type { ScaleBounds, SizedRequest, WorkloadOptions, WorkloadScale } from "./options";

/** {@link WorkloadOptions} with every default filled in for one environment. */
export interface ResolvedWorkload {
  readonly image: string;
  readonly resources: PodResources;
  readonly scale: ScaleBounds;
  readonly config: Readonly<Record<string, string>>;
  readonly secrets: readonly string[];
  readonly internet: boolean;
  readonly database: SizedRequest | undefined;
  readonly cache: SizedRequest | undefined;
  readonly bucket: boolean;
  readonly topic: boolean;
  readonly queue: MessageHandling | undefined;
  readonly objectives: ObjectiveOptions;
  readonly customize: Customize;
}

/** What differs between golden paths in the options they share. */
export interface WorkloadRules {
  /** Fewest pods there may be: 0 for what may sleep. */
  readonly leastPods: 0 | 1;
  /** Variables that the golden path sets itself, each with what to do instead of setting it. */
  readonly taken: Readonly<Record<string, string>>;
  /** Whether its pods end by themselves, and nothing waits for them when their node goes. @default false */
  readonly endsByItself?: boolean;
}

/**
 * Checks the options all golden paths share, and fills in the environment's defaults.
 * @param check collects what is wrong; the caller throws it when its own options are checked too
 */
export function resolveWorkload(
  stack: ServiceStack,
  options: WorkloadOptions,
  rules: WorkloadRules,
  check: InputCheck,
): ResolvedWorkload {
  const { environment } = stack;
  const override = options.environments?.[environment.name] ?? {};
  const size = override.size ?? options.size ?? "small";
  const database = override.database ?? options.database;
  const cache = override.cache ?? options.cache;
  const scale = override.scale ?? options.scale ?? environment.workload.replicas;
  const resolved: ResolvedWorkload = {
    image: options.image,
    resources: { ...environment.workload.sizes[size], ...options.resources, ...override.resources },
    scale,
    config: options.config ?? {},
    secrets: options.secrets ?? [],
    internet: options.internet ?? false,
    database,
    cache,
    bucket: options.bucket ?? false,
    topic: options.topic ?? false,
    queue: options.queue,
    objectives: options.objectives ?? {},
    customize: { ...options.customize, ...override.customize },
  };
  check.image(options.image);
  checkScale(options, "", rules, check);
  checkScale(override, `environments.${environment.name}.`, rules, check);
  check.config(resolved.config, rules.taken);
  check.secrets(resolved.secrets);
  onceEach(resolved.secrets, check);
  check.number("queue.visibilitySeconds", options.queue?.visibilitySeconds, 1, 43_200);
  if (!rules.endsByItself) beforeTheNodeGoes(options.queue?.visibilitySeconds, check);
  check.number("queue.attempts", options.queue?.attempts, 1, 1000);
  everywhereOrNowhere(options, check);
  return resolved;
}

/** Pods finish the message in hand before they end, and a node that is replaced does not wait for ever. */
function beforeTheNodeGoes(seconds: number | undefined, check: InputCheck): void {
  if (seconds === undefined || seconds <= LONGEST_VISIBILITY_SECONDS || seconds > 43_200) return;
  const want = `at most ${LONGEST_VISIBILITY_SECONDS}: a node that is replaced waits 15 minutes for its pods`;
  const fix = "hide it for less, and for longer as the work goes on (ChangeMessageVisibility)";
  check.refuse("queue.visibilitySeconds", seconds, want, fix);
}

/** @param path where the options stand: nothing, or `environments.dev.` */
function checkScale(options: WorkloadScale, path: string, { leastPods }: WorkloadRules, check: InputCheck): void {
  check.size(`${path}size`, options.size);
  check.size(`${path}database.size`, options.database?.size);
  check.size(`${path}cache.size`, options.cache?.size);
  if (options.scale !== undefined) check.scale(`${path}scale`, options.scale, leastPods);
  check.resources(`${path}resources`, options.resources ?? {});
}

/** A secret that is named twice is one too many: names are what they are kept by. */
function onceEach(secrets: readonly string[], check: InputCheck): void {
  const [twice] = secrets.filter((name, index) => secrets.indexOf(name) !== index);
  // Cut short, because what stands here may be the secret itself.
  if (twice !== undefined) check.refuse("secrets", `${twice.slice(0, 4)}… twice`, "each secret once", "name it once");
}

/** Environments differ in how much there is, not in what there is. */
function everywhereOrNowhere(options: WorkloadOptions, check: InputCheck): void {
  for (const [environment, scale] of Object.entries(options.environments ?? {})) {
    for (const store of ["database", "cache"] as const) {
      if (scale[store] === undefined || options[store] !== undefined) continue;
      const want = `a ${store} in every environment or in none`;
      check.refuse(`environments.${environment}.${store}`, scale[store], want, `add ${store} at the top as well`);
    }
  }
}
