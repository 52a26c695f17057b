import { SnsTopicSubscription } from "@cdktf/provider-aws/lib/sns-topic-subscription";
import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";
import { SqsQueuePolicy } from "@cdktf/provider-aws/lib/sqs-queue-policy";
import { SqsQueueRedriveAllowPolicy } from "@cdktf/provider-aws/lib/sqs-queue-redrive-allow-policy";
import { type Environment, literal } from "@paved/model";
import { Construct } from "constructs";
import { consume, type Contract, publish } from "../contract/contract";
import { EncryptionKey } from "../encryption-key/encryption-key";
import { amend } from "../stack/making";
import { recordOrigin } from "../stack/origin";
import { stackOf } from "../stack/paved-stack";
import { statefulLifecycle } from "../stack/protection";
import type { ITopic } from "../topic/topic";
import { type Grantee, reachAws } from "../workload-identity/grantee";
import { KEPT_DAYS, type MessageHandling, resolveHandling, type ResolvedHandling } from "./messages";
import { queuePolicy } from "./queue-policy";
import { type QueueReference, queueReference } from "./queue-reference";

/** A queue, in the words of who needs one. */
export interface QueueProps extends MessageHandling {
  /** Name of the service it belongs to; the queue is `paved-<environment>-<name>`. */
  readonly name: string;
}

/** A queue, made here or by another service. */
export interface IQueue {
  readonly url: string;
  readonly arn: string;
  /** Key that messages are encrypted with. */
  readonly keyArn: string;
  /** Lets the workload put messages in. */
  grantSend(workload: Grantee): void;
}

const FIELDS = { url: "string", arn: "string", keyArn: "string" } as const;

/** What a service tells others of its queue. */
export function queueContract(name: string): Contract<typeof FIELDS> {
  return { name: `queue-${name}`, version: 1, fields: FIELDS };
}

interface Permission {
  readonly actions: readonly string[];
  readonly keyActions: readonly string[];
  /** Environment variable that the workload finds the queue by. */
  readonly variable: string;
  readonly region: string;
}

const SENDING = { actions: ["sqs:SendMessage"], keyActions: ["kms:Decrypt", "kms:GenerateDataKey"] };
const CONSUMING = {
  actions: ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:ChangeMessageVisibility"],
  keyActions: ["kms:Decrypt"],
};

function permit(queue: Omit<IQueue, "grantSend">, workload: Grantee, permission: Permission): void {
  const actions = [...permission.actions, "sqs:GetQueueAttributes", "sqs:GetQueueUrl"];
  workload.identity.allow({ actions, resources: [queue.arn] });
  workload.identity.allow({ actions: permission.keyActions, resources: [queue.keyArn] });
  workload.provide(permission.variable, queue.url);
  reachAws(workload, permission.region);
}

const SECONDS_A_DAY = 86_400;
/** Longest wait for a message in one call: fewer empty answers, each of which is billed. */
const LONG_POLL_SECONDS = 20;

/**
 * A queue on SQS with its dead letters: encrypted with a key of its own (checkov CKV_AWS_27), reached by TLS only, and
 * closed to all but granted workloads. A message that was handed out too often goes to the dead letters, where it is kept
 * for as long as SQS can (14 days) and from where only this queue takes it back. Publishes `queue-<name>@1`, by which other
 * services' stacks find it.
 *
 * Cost: requests are billed by number, a key monthly.
 *
 * @throws PavedError PVD1006, PVD1007, PVD1008 when the name does not fit SQS, PVD1025 for handling out of bounds
 */
export class Queue extends Construct implements IQueue {
  /** The queue of another service, found by its contract. Wrong names are PVD1011 at synth. */
  static fromName(scope: Construct, name: string): IQueue {
    const facts = consume(scope, queueContract(name));
    const variable = `${name.toUpperCase().replaceAll("-", "_")}_QUEUE_URL`;
    const { region } = stackOf(scope).environment;
    return { ...facts, grantSend: (workload) => permit(facts, workload, { ...SENDING, variable, region }) };
  }

  /** What it is called and where it is, as literals that delivery can write down. */
  readonly reference: QueueReference;
  readonly url: string;
  readonly arn: string;
  readonly keyArn: string;
  /** Queue of the messages that could not be handled. */
  readonly deadLetters: QueueReference;
  readonly handling: ResolvedHandling;
  private readonly environment: Environment;
  private readonly key: EncryptionKey;
  private readonly queue: SqsQueue;
  private readonly policy: SqsQueuePolicy;
  private readonly topics: string[] = [];

  constructor(scope: Construct, id: string, props: QueueProps) {
    super(scope, id);
    recordOrigin(this);
    this.environment = stackOf(this).environment;
    this.handling = resolveHandling(props, this.node.path);
    this.reference = queueReference(this.environment, props.name, this.node.path);
    this.deadLetters = queueReference(this.environment, `${props.name}-dead-letters`, this.node.path);
    const description = `Messages of ${this.reference.name}`;
    this.key = new EncryptionKey(this, "key", { description, alias: `queue-${props.name}` });
    const dead = this.createDeadLetters();
    this.queue = this.createQueue(dead);
    new SqsQueueRedriveAllowPolicy(this, "redrive", {
      queueUrl: dead.url,
      redriveAllowPolicy: JSON.stringify({ redrivePermission: "byQueue", sourceQueueArns: [this.queue.arn] }),
    });
    this.url = this.queue.url;
    this.arn = this.queue.arn;
    this.keyArn = this.key.arn;
    this.policy = this.createPolicy("policy", this.queue);
    this.createPolicy("dead-letters-policy", dead);
    publish(this, queueContract(props.name), { url: this.url, arn: this.arn, keyArn: this.keyArn });
  }

  /** Lets the workload take messages, and put them back. It finds the queue by `QUEUE_URL`. */
  grantConsume(workload: Grantee): void {
    permit(this, workload, { ...CONSUMING, variable: "QUEUE_URL", region: this.environment.region });
    workload.provide("QUEUE_VISIBILITY_SECONDS", String(this.handling.visibilitySeconds));
  }

  /** Lets the workload put messages in. It finds the queue by `QUEUE_URL`, that of another service by `<NAME>_QUEUE_URL`. */
  grantSend(workload: Grantee): void {
    permit(this, workload, { ...SENDING, variable: "QUEUE_URL", region: this.environment.region });
  }

  /**
   * Has every message of the topic delivered into this queue, as it was published (no envelope around it).
   * @param filter attributes a message must have, each one of the values. @default - all messages
   */
  subscribeTo(topic: ITopic, filter?: Readonly<Record<string, readonly string[]>>): void {
    this.topics.push(topic.arn);
    const { account } = this.environment;
    amend(this.policy, { policy: queuePolicy({ queueArn: this.arn, account, topicArns: this.topics }) });
    // The topic hands messages over encrypted, with this queue's key.
    this.key.allowService("sns.amazonaws.com");
    new SnsTopicSubscription(this, `subscription-${topic.shortName}`, {
      topicArn: topic.arn,
      protocol: "sqs",
      endpoint: this.arn,
      rawMessageDelivery: true,
      filterPolicy: filter === undefined ? undefined : literal(JSON.stringify(filter)),
      dependsOn: [this.policy],
    });
  }

  private createDeadLetters(): SqsQueue {
    return new SqsQueue(this, "dead-letters", {
      name: this.deadLetters.name,
      kmsMasterKeyId: this.key.arn,
      messageRetentionSeconds: KEPT_DAYS * SECONDS_A_DAY,
      lifecycle: statefulLifecycle(this.environment),
    });
  }

  private createQueue(dead: SqsQueue): SqsQueue {
    return new SqsQueue(this, "queue", {
      name: this.reference.name,
      kmsMasterKeyId: this.key.arn,
      messageRetentionSeconds: KEPT_DAYS * SECONDS_A_DAY,
      visibilityTimeoutSeconds: this.handling.visibilitySeconds,
      receiveWaitTimeSeconds: LONG_POLL_SECONDS,
      redrivePolicy: JSON.stringify({ deadLetterTargetArn: dead.arn, maxReceiveCount: this.handling.attempts }),
      lifecycle: statefulLifecycle(this.environment),
    });
  }

  private createPolicy(id: string, queue: SqsQueue): SqsQueuePolicy {
    const { account } = this.environment;
    return new SqsQueuePolicy(this, id, {
      queueUrl: queue.url,
      policy: queuePolicy({ queueArn: queue.arn, account, topicArns: [] }),
    });
  }
}
