import { ScaledObject } from "@kubernetes-models/keda/keda.sh/v1alpha1/ScaledObject";
import { inServiceFile, kindOf as kindOfValue, PavedError, rulesOf, shown } from "@paved/model";
import { Deployment, type IDeployment } from "kubernetes-models/apps/v1/Deployment";
import {
  HorizontalPodAutoscaler,
  type IHorizontalPodAutoscaler,
} from "kubernetes-models/autoscaling/v2/HorizontalPodAutoscaler";
import { CronJob, type ICronJob } from "kubernetes-models/batch/v1/CronJob";
import { type INetworkPolicy, NetworkPolicy } from "kubernetes-models/networking.k8s.io/v1/NetworkPolicy";
import { type IPodDisruptionBudget, PodDisruptionBudget } from "kubernetes-models/policy/v1/PodDisruptionBudget";
import { type IService, Service } from "kubernetes-models/v1/Service";
import { type Manifest, rendered } from "../manifests/manifest";
import type { Deviation } from "./deviate";
import { changedValues } from "./values";

/** Manifests that may be changed, by the name a service file says. */
interface Children {
  readonly deployment: IDeployment;
  readonly cronJob: ICronJob;
  readonly service: IService;
  readonly autoscaler: IHorizontalPodAutoscaler;
  readonly scaledObject: ConstructorParameters<typeof ScaledObject>[0];
  readonly disruptionBudget: IPodDisruptionBudget;
  readonly networkPolicy: INetworkPolicy;
}

/** Changes of a golden path's manifests, each a deviation. What comes out is checked against the kind's schema again. */
export type Customize = { readonly [Child in keyof Children]?: Deviation<Children[Child]> };

const MODELS = {
  deployment: Deployment,
  cronJob: CronJob,
  service: Service,
  autoscaler: HorizontalPodAutoscaler,
  scaledObject: ScaledObject,
  disruptionBudget: PodDisruptionBudget,
  networkPolicy: NetworkPolicy,
} as const;

/** The names. */
export const CHILDREN = Object.keys(MODELS) as readonly (keyof Children)[];

/** Kind of the manifest that a name stands for: `autoscaler` is `HorizontalPodAutoscaler`. */
export function kindOf(child: keyof Children): string {
  return MODELS[child].kind;
}

/** Who asks, for errors. */
export interface CustomizeContext {
  /** Construct path. */
  readonly where: string;
  /** The service file. */
  readonly file: string;
  /** Told of what each change came to. */
  readonly changed: (subject: string, values: readonly string[]) => void;
}

/**
 * The manifests with the changes made.
 * @throws PavedError PVD1028 when the result is not of the kind, PVD1031 when it is another object, PVD1033 when nothing changed,
 * PVD1035 for what a change throws
 */
export function customized(
  manifests: readonly Manifest[],
  customize: Customize,
  context: CustomizeContext,
): readonly Manifest[] {
  const all = [...manifests];
  for (const child of Object.keys(customize) as (keyof Children)[]) {
    const deviation = customize[child] as Deviation<Manifest> | undefined;
    if (deviation === undefined) continue;
    const index = all.findIndex(({ kind }) => kind === kindOf(child));
    const before = all[index];
    if (before === undefined) throw noSuchChild(child, all, context);
    const after = changed(child, before, deviation, context);
    if (after === undefined) throw noChange(`customize.${child}`, deviation, context, NEEDLESS);
    all[index] = after;
    context.changed(`${after.kind}/${after.metadata.name}`, changedValues(before, after));
  }
  return all;
}

function changed(
  child: keyof Children,
  before: Manifest,
  deviation: Deviation<Manifest>,
  { where, file }: CustomizeContext,
): Manifest | undefined {
  const result = inServiceFile(file, () => deviation.change(structuredClone(before)));
  const refuse = (got: string): PavedError =>
    new PavedError({
      code: "PVD1031",
      where: `${file} customize.${child}`,
      got,
      want: `${before.kind} ${before.metadata.name} in ${before.metadata.namespace}, the same object`,
      fix: "keep apiVersion, kind, name and namespace",
    });
  if (typeof result !== "object" || result === null || Array.isArray(result)) throw refuse(kindOfValue(result));
  const Model = MODELS[child] as unknown as new (data: Manifest) => Parameters<typeof rendered>[0];
  const after = rendered(new Model(result), where);
  const same = (["apiVersion", "kind"] as const).every((field) => after[field] === before[field]);
  const { name, namespace } = (after as Partial<Manifest>).metadata ?? {};
  if (!same || name !== before.metadata.name || namespace !== before.metadata.namespace) {
    throw refuse(`${shown(after.kind)} ${shown(name)} in ${shown(namespace)}`);
  }
  return JSON.stringify(after) === JSON.stringify(before) ? undefined : after;
}

function noSuchChild(child: keyof Children, manifests: readonly Manifest[], { file }: CustomizeContext): PavedError {
  const children = (Object.keys(MODELS) as (keyof Children)[]).filter((each) =>
    manifests.some(({ kind }) => kind === kindOf(each)),
  );
  return new PavedError({
    code: "PVD1033",
    where: `${file} customize.${child}`,
    got: `a change of a ${kindOf(child)}, which there is not`,
    want: `one of ${children.join(", ")}`,
    fix: "change what there is, or remove it",
  });
}

const NEEDLESS =
  "remove it: the golden path is like that by itself; what only one environment needs stands in environments.<name>.customize";

/** PVD1033 */
export function noChange(
  what: string,
  { terms }: Pick<Deviation<never>, "terms">,
  { file }: Pick<CustomizeContext, "file">,
  fix = "remove it: the golden path is like that by itself",
): PavedError {
  return new PavedError({
    code: "PVD1033",
    where: `${file} ${what}`,
    got: `a deviation from ${rulesOf(terms).join(", ")} that changes nothing`,
    want: "deviations that are needed",
    fix,
  });
}
