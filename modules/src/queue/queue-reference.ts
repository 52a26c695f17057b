import type { Environment } from "@paved/model";
import { deriveName } from "@paved/model";

/** What a queue is called and where it is found. All literal: delivery and other stacks may write it down. */
export interface QueueReference {
  /** `paved-<environment>-<name>` */
  readonly name: string;
  readonly url: string;
  readonly arn: string;
}

/**
 * The queue's names by its short name.
 * @throws PavedError PVD1006, PVD1007, PVD1008 when the name does not fit SQS
 */
export function queueReference(environment: Environment, shortName: string, where: string): QueueReference {
  const name = deriveName("SQS queue", ["paved", environment.name, shortName], where);
  const { region, account } = environment;
  return {
    name,
    url: `https://sqs.${region}.amazonaws.com/${account}/${name}`,
    arn: `arn:aws:sqs:${region}:${account}:${name}`,
  };
}
