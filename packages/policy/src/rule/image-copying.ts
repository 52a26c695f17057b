import { type EnvironmentEntry, imageReaders, imageSources } from "@paved/model";
import { asText, blocks, isRecord, objectIn, recordAt } from "./attributes";
import { type Statement, statementsOf } from "./policy-document";
import type { Attributes, RootSubject } from "./rule";

/** Where a policy stands, and among which environments. */
type Place = Pick<RootSubject, "environment" | "environments">;

/** All that it takes to copy an image, with what is signed of it. */
const READS: ReadonlySet<string> = new Set(["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer", "ecr:ListImages"]);

/**
 * Whether a statement lets the pipeline of one later environment copy images, and does nothing else: its account, and of that
 * the role alone that copies. Nobody else of the world is an exception to who is let in.
 */
export function letsCopy(statement: Statement, { environment, environments }: Place): boolean {
  const { principals, exceptsPrincipals, conditions, resources, exceptResources } = statement;
  return (
    onlyReads(statement) &&
    [...resources, ...exceptResources].length === 0 &&
    !exceptsPrincipals &&
    principals.length === 1 &&
    conditions.length === 1 &&
    imageReaders(environments, environment.name).some(
      ({ account }) =>
        principals.every(([type, value]) => type === "AWS" && value === `arn:aws:iam::${account}:root`) &&
        conditions.every(
          ({ operator, key, values }) =>
            operator === "ArnEquals" &&
            key === "aws:principalarn" &&
            values.length === 1 &&
            values[0] === `arn:aws:iam::${account}:role/paved-copy`,
        ),
    )
  );
}

/** Whether a statement permits to read images of earlier environments, and nothing else. */
function copies(statement: Statement, { environment, environments }: Place): boolean {
  const { resources, exceptResources, principals } = statement;
  const sources = imageSources(environments, environment.name).map(repositoriesOf);
  return (
    onlyReads(statement) &&
    [...exceptResources, ...principals].length === 0 &&
    resources.length > 0 &&
    resources.every((resource) => sources.includes(resource))
  );
}

function repositoriesOf({ region, account }: EnvironmentEntry): string {
  return `arn:aws:ecr:${region}:${account}:repository/*`;
}

function onlyReads({ allows, actions, exceptActions }: Statement): boolean {
  return allows && actions.length > 0 && exceptActions.length === 0 && actions.every((action) => READS.has(action));
}

/**
 * A root without the statements by which images are copied from an earlier environment to a later one: in policies of
 * repositories, and among what the pipeline's own roles may.
 */
export function withoutCopying({ root, stack, ...place }: RootSubject): Attributes {
  const left = {
    ...leftOf(root, "aws_ecr_repository_policy", (statement) => letsCopy(statement, place)),
    ...(stack === `${place.environment.name}-access`
      ? leftOf(root, "aws_iam_role_policy", (statement) => copies(statement, place))
      : {}),
  };
  return Object.keys(left).length === 0 ? root : { ...root, resource: { ...recordAt(root, "resource"), ...left } };
}

function leftOf(root: Attributes, type: string, isCopying: (statement: Statement) => boolean): Attributes {
  const named = recordAt(recordAt(root, "resource"), type);
  if (Object.keys(named).length === 0) return {};
  const left = Object.entries(named).map(([name, attributes]) => {
    if (!isRecord(attributes)) return [name, attributes] as const;
    return [name, { ...attributes, policy: policyWithout(attributes["policy"], isCopying) }] as const;
  });
  return { [type]: Object.fromEntries(left) };
}

/** A policy that is not written as synth writes one, with an element twice for example, stays whole: who knows who reads what. */
function policyWithout(policy: unknown, isCopying: (statement: Statement) => boolean): unknown {
  const document = objectIn(policy);
  const statements = statementsOf(policy);
  if (document === undefined || statements === undefined || JSON.stringify(document) !== asText(policy)) return policy;
  const written = blocks(document["Statement"]);
  return JSON.stringify({ ...document, Statement: written.filter((_, index) => !isCopying(statements[index]!)) });
}
