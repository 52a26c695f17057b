import { type ManifestDifference, subjectOf } from "../difference/manifest-difference";
import { type Attributes, typeOf } from "../difference/root-document";
import type { ElementDifference } from "../difference/stack-difference";
import { manifestGrants } from "./manifest-grants";
import { resourceGrants } from "./resource-grants";

/** What one resource or manifest newly permits, and what it no longer does, each in a sentence. */
export interface PermissionChange {
  /** Address, or kind and name. */
  readonly subject: string;
  readonly sort: "cloud" | "network" | "cluster";
  readonly granted: readonly string[];
  readonly withdrawn: readonly string[];
}

/** What a resource or manifest permits: `Allow s3:GetObject on arn:…`. */
export interface Grants {
  readonly sort: PermissionChange["sort"];
  readonly sentences: readonly string[];
}

/**
 * What changes in who may do what: identity and resource policies, trust, firewalls, access to the cluster, network
 * policies and roles in it. What is written otherwise and permits the same is no change.
 */
export function permissionChanges(
  elements: readonly ElementDifference[],
  manifests: readonly ManifestDifference[],
): readonly PermissionChange[] {
  const cloud = elements.flatMap(({ address, before, after }) =>
    changeOf(address, grantsOf(address, before), grantsOf(address, after)),
  );
  const cluster = manifests.flatMap((each) => {
    const [before, after] = [each.before, each.after].map((manifest) => manifest && manifestGrants(manifest));
    return changeOf(subjectOf(each), before, after);
  });
  return [...cloud, ...cluster];
}

function grantsOf(address: string, attributes: Attributes | undefined): Grants | undefined {
  return attributes === undefined ? undefined : resourceGrants(typeOf(address), attributes);
}

function changeOf(subject: string, before: Grants | undefined, after: Grants | undefined): readonly PermissionChange[] {
  const [was, is] = [new Set(before?.sentences), new Set(after?.sentences)];
  const granted = [...is].filter((each) => !was.has(each)).toSorted();
  const withdrawn = [...was].filter((each) => !is.has(each)).toSorted();
  const sort = after?.sort ?? before?.sort;
  if (sort === undefined || (granted.length === 0 && withdrawn.length === 0)) return [];
  return [{ subject, sort, granted, withdrawn }];
}
