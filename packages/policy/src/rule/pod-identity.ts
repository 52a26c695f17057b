import { arnOf, isReference } from "./arn";
import { blocks, pointsAt, shown } from "./attributes";
import { isNaming } from "./outsiders";
import type { Statement } from "./policy-document";
import type { ResourceSubject } from "./rule";

const TAGS = {
  namespace: "aws:requesttag/kubernetes-namespace",
  service_account: "aws:requesttag/kubernetes-service-account",
};

type Tag = keyof typeof TAGS;

/** Service principal as which EKS hands roles to pods. */
export const PODS = "pods.eks.amazonaws.com";

/** What is wrong with whom a role lets pods take it as. */
export function wrongPods(statement: Statement, role: ResourceSubject): readonly string[] {
  const clusters = named(statement, "aws:sourcearn");
  const tags = Object.entries(TAGS) as [Tag, string][];
  return [
    ...(clusters.length === 0 ? ["no condition on aws:SourceArn"] : []),
    ...clusters.filter((arn) => !isOwnCluster(arn, role)).map((arn) => `aws:SourceArn ${shown(arn)}`),
    ...tags.flatMap(([field, key]) => wrongTag(named(statement, key, "StringEquals"), field, key, role)),
  ];
}

/** Values of the conditions on a key, which hold for nothing else; all of them have to hold, so one will do. */
function named({ conditions }: Statement, key: string, operator?: string): readonly string[] {
  const asked = conditions.find(
    (each) => each.key === key && isNaming(each) && (operator === undefined || each.operator === operator),
  );
  return asked?.values ?? [];
}

function wrongTag(values: readonly string[], field: Tag, key: string, role: ResourceSubject): readonly string[] {
  if (values.length === 0) return [`no condition on ${key}`];
  const given = associations(role).flatMap((association) => association[field] ?? []);
  if (given.length === 0) return [];
  return values.filter((value) => !given.includes(value)).map((value) => `${key} ${shown(value)}, given to ${given}`);
}

/** Whom the stack gives the role to: by associations, and by those of add-ons, whose namespace EKS knows. */
function associations(role: ResourceSubject): readonly { readonly [field in Tag]?: string }[] {
  const own = role.siblings("aws_eks_pod_identity_association").map(({ attributes }) => attributes);
  const ofAddOns = role
    .siblings("aws_eks_addon")
    .flatMap(({ attributes }) => blocks(attributes["pod_identity_association"]));
  return [...own, ...ofAddOns].filter((association) => pointsAt(association["role_arn"], role));
}

/** Whether an ARN is the one cluster of the environment, which has its name. */
function isOwnCluster(text: string, { environment }: ResourceSubject): boolean {
  if (isReference(text)) return text.startsWith("${aws_eks_cluster.");
  const arn = arnOf(text);
  if (arn?.service !== "eks" || arn.account !== environment.account || arn.region !== environment.region) return false;
  const cluster = text.slice(text.lastIndexOf(":cluster/") + ":cluster/".length);
  return cluster === `paved-${environment.name}` || (isReference(cluster) && OF_CLUSTER.test(cluster));
}

/** Where the name of the cluster may come from: the stack itself, or what the cluster's stack published. */
const OF_CLUSTER = /^\$\{(aws_eks_cluster\.|jsondecode\(data\.aws_ssm_parameter\.contract-cluster-)/;
