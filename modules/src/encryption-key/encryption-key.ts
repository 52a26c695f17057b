import { KmsAlias } from "@cdktf/provider-aws/lib/kms-alias";
import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import { checkName, literal } from "@paved/model";
import { Construct } from "constructs";
import { amend } from "../stack/making";
import { recordOrigin } from "../stack/origin";
import { stackOf } from "../stack/paved-stack";
import { statefulLifecycle } from "../stack/protection";
import { keyPolicy, type KeyUser } from "./key-policy";

/** What the key is for, and who may use it. */
export interface EncryptionKeyProps {
  /** What the key encrypts, in a sentence. */
  readonly description: string;
  /** Name within the environment; the alias is `alias/paved/<environment>/<alias>`. */
  readonly alias: string;
  /**
   * AWS services that use the key by themselves, as principals: `logs.<region>.amazonaws.com` for log groups,
   * `autoscaling.amazonaws.com` for disks of managed nodes (its service-linked role must exist in the account),
   * `cloudfront.amazonaws.com` for the files of a site, `sns.amazonaws.com` for queues that a topic delivers into.
   * Services that act for the caller (RDS, ECR, EKS, Secrets Manager) need no mention. @default - none
   */
  readonly services?: readonly string[];
  /** Roles that use the key without a policy of their own, each through one AWS service only. They must exist. @default - none */
  readonly users?: readonly KeyUser[];
}

/**
 * A customer managed KMS key: rotated every year (CIS AWS 3.6, checkov CKV_AWS_7), with a policy of its own
 * (CKV2_AWS_64), deleted only after 30 days in which it can be called back, and never where the environment is protected.
 *
 * Cost: each key is billed monthly, each rotation adds to it, and requests are billed by number.
 *
 * @throws PavedError PVD1006, PVD1007, PVD1008 when the alias does not fit KMS
 */
export class EncryptionKey extends Construct {
  readonly arn: string;
  readonly keyId: string;
  /** Name to find it by, with `alias/` in front. */
  readonly alias: string;
  private readonly key: KmsKey;
  private readonly services: Set<string>;
  private readonly users: readonly KeyUser[];

  constructor(scope: Construct, id: string, props: EncryptionKeyProps) {
    super(scope, id);
    recordOrigin(this);
    this.alias = checkName("KMS alias", `alias/paved/${stackOf(this).environment.name}/${props.alias}`, this.node.path);
    this.services = new Set(props.services);
    this.users = props.users ?? [];
    this.key = this.createKey(props);
    this.arn = this.key.arn;
    this.keyId = this.key.keyId;
    new KmsAlias(this, "alias", { name: this.alias, targetKeyId: this.keyId });
  }

  /** Lets an AWS service use the key by itself, see `services` of {@link EncryptionKeyProps}. Again, it changes nothing. */
  allowService(service: string): void {
    this.services.add(service);
    amend(this.key, { policy: keyPolicy(stackOf(this).environment, [...this.services], this.users) });
  }

  private createKey(props: EncryptionKeyProps): KmsKey {
    const { environment } = stackOf(this);
    return new KmsKey(this, "key", {
      description: literal(props.description),
      enableKeyRotation: true,
      deletionWindowInDays: 30,
      policy: keyPolicy(environment, [...this.services], this.users),
      lifecycle: statefulLifecycle(environment),
    });
  }
}
