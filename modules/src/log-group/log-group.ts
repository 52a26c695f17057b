import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { checkName } from "@paved/model";
import { Construct } from "constructs";
import type { EncryptionKey } from "../encryption-key/encryption-key";
import { recordOrigin } from "../stack/origin";

/** Where logs go, and for how long. */
export interface LogGroupProps {
  /** Full name, for example `/aws/eks/paved-dev/cluster`. AWS services fix the name of theirs. */
  readonly name: string;
  /** Days that entries are kept. */
  readonly retentionDays: number;
  /** Key that encrypts the entries; CloudWatch Logs must be among its services. */
  readonly key: EncryptionKey;
}

/**
 * An encrypted log group that forgets on time (checkov CKV_AWS_158, CKV_AWS_66). Made before the service that would
 * otherwise make it by itself, without key and without end.
 *
 * Cost: ingestion and storage are billed by volume.
 *
 * @throws PavedError PVD1006, PVD1007, PVD1008 when the name does not fit CloudWatch Logs
 */
export class LogGroup extends Construct {
  readonly arn: string;
  readonly name: string;
  /** What whoever writes to it waits for. */
  readonly resource: CloudwatchLogGroup;

  constructor(scope: Construct, id: string, props: LogGroupProps) {
    super(scope, id);
    recordOrigin(this);
    this.name = checkName("log group", props.name, this.node.path);
    this.resource = new CloudwatchLogGroup(this, "group", {
      name: this.name,
      retentionInDays: props.retentionDays,
      kmsKeyId: props.key.arn,
    });
    this.arn = this.resource.arn;
  }
}
