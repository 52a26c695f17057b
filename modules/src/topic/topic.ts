import { SnsTopic } from "@cdktf/provider-aws/lib/sns-topic";
import { SnsTopicPolicy } from "@cdktf/provider-aws/lib/sns-topic-policy";
import { deriveName, type Environment } from "@paved/model";
import { Construct } from "constructs";
import { consume, type Contract, publish } from "../contract/contract";
import { EncryptionKey } from "../encryption-key/encryption-key";
import { policyDocument } from "../iam/policy";
import { recordOrigin } from "../stack/origin";
import { stackOf } from "../stack/paved-stack";
import { type Grantee, reachAws } from "../workload-identity/grantee";

/** A topic, in the words of who needs one. */
export interface TopicProps {
  /** Name of the service whose events it carries; the topic is `paved-<environment>-<name>`. */
  readonly name: string;
}

/** A topic, made here or by another service. */
export interface ITopic {
  /** Name of the service whose events it carries. */
  readonly shortName: string;
  readonly arn: string;
  /** Key that messages are encrypted with. */
  readonly keyArn: string;
  /**
   * Lets the workload publish. It finds the topic by `<NAME>_TOPIC_ARN`, for example `ORDERS_TOPIC_ARN`.
   */
  grantPublish(workload: Grantee): void;
}

const FIELDS = { arn: "string", keyArn: "string" } as const;

/** What a service tells others of its topic. */
export function topicContract(name: string): Contract<typeof FIELDS> {
  return { name: `topic-${name}`, version: 1, fields: FIELDS };
}

function permitPublishing(topic: ITopic, workload: Grantee, region: string): void {
  workload.identity.allow({ actions: ["sns:Publish"], resources: [topic.arn] });
  workload.identity.allow({ actions: ["kms:Decrypt", "kms:GenerateDataKey"], resources: [topic.keyArn] });
  workload.provide(`${topic.shortName.toUpperCase().replaceAll("-", "_")}_TOPIC_ARN`, topic.arn);
  reachAws(workload, region);
}

/**
 * A topic on SNS that a service publishes events to and others subscribe to: encrypted with a key of its own (checkov
 * CKV_AWS_26), published to over TLS only and by granted workloads only. Publishes `topic-<name>@1`, by which other
 * services' stacks find it.
 *
 * Cost: published and delivered messages are billed by number, a key monthly.
 *
 * @throws PavedError PVD1006, PVD1007, PVD1008 when the name does not fit SNS
 */
export class Topic extends Construct implements ITopic {
  /** The topic of another service, found by its contract. Wrong names are PVD1011 at synth. */
  static fromName(scope: Construct, name: string): ITopic {
    const { arn, keyArn } = consume(scope, topicContract(name));
    const { region } = stackOf(scope).environment;
    const found: ITopic = {
      shortName: name,
      arn,
      keyArn,
      grantPublish: (workload) => permitPublishing(found, workload, region),
    };
    return found;
  }

  readonly shortName: string;
  /** `paved-<environment>-<name>` */
  readonly name: string;
  readonly arn: string;
  readonly keyArn: string;
  private readonly environment: Environment;

  constructor(scope: Construct, id: string, props: TopicProps) {
    super(scope, id);
    recordOrigin(this);
    this.environment = stackOf(this).environment;
    this.shortName = props.name;
    this.name = deriveName("SNS topic", ["paved", this.environment.name, props.name], this.node.path);
    const key = new EncryptionKey(this, "key", { description: `Events of ${this.name}`, alias: `topic-${props.name}` });
    const topic = new SnsTopic(this, "topic", { name: this.name, kmsMasterKeyId: key.arn });
    this.arn = topic.arn;
    this.keyArn = key.arn;
    new SnsTopicPolicy(this, "policy", { arn: topic.arn, policy: this.policy(topic.arn) });
    publish(this, topicContract(props.name), { arn: topic.arn, keyArn: key.arn });
  }

  grantPublish(workload: Grantee): void {
    permitPublishing(this, workload, this.environment.region);
  }

  /** IAM of the account decides who may do what, and nobody publishes without TLS (SNS security best practices). */
  private policy(arn: string): string {
    return policyDocument([
      {
        Sid: "DecidedByIam",
        Effect: "Allow",
        Principal: { AWS: `arn:aws:iam::${this.environment.account}:root` },
        Action: ["sns:GetTopicAttributes", "sns:ListSubscriptionsByTopic", "sns:Publish", "sns:Subscribe"],
        Resource: arn,
      },
      {
        Sid: "TlsOnly",
        Effect: "Deny",
        Principal: "*",
        Action: "sns:Publish",
        Resource: arn,
        Condition: { Bool: { "aws:SecureTransport": "false" } },
      },
    ]);
  }
}
