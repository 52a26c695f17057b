import { FlowLog } from "@cdktf/provider-aws/lib/flow-log";
import { Construct } from "constructs";
import { EncryptionKey } from "../encryption-key/encryption-key";
import { ServiceRole } from "../iam/service-role";
import { LogGroup } from "../log-group/log-group";
import { recordOrigin } from "../stack/origin";
import { stackOf } from "../stack/paved-stack";

/** What is logged. */
export interface FlowLogsProps {
  readonly vpcId: string;
}

/**
 * A record of every connection in the network, accepted and rejected (AWS Security Hub EC2.6, checkov CKV2_AWS_11), in
 * an encrypted log group that only the flow-log service of this account writes to.
 *
 * Cost: log ingestion and storage are billed by volume, the key monthly.
 */
export class FlowLogs extends Construct {
  readonly logGroup: LogGroup;

  constructor(scope: Construct, id: string, props: FlowLogsProps) {
    super(scope, id);
    recordOrigin(this);
    this.logGroup = this.keepLogs();
    const role = this.letWrite();
    new FlowLog(this, "log", {
      vpcId: props.vpcId,
      trafficType: "ALL",
      maxAggregationInterval: 60,
      logDestinationType: "cloud-watch-logs",
      logDestination: this.logGroup.arn,
      iamRoleArn: role.arn,
      dependsOn: role.ready,
    });
  }

  private keepLogs(): LogGroup {
    const { environment } = stackOf(this);
    const key = new EncryptionKey(this, "key", {
      description: `Flow logs of the ${environment.name} network`,
      alias: "flow-logs",
      services: [`logs.${environment.region}.amazonaws.com`],
    });
    return new LogGroup(this, "logs", {
      name: `/paved/${environment.name}/flow-logs`,
      retentionDays: environment.network.flowLogRetentionDays,
      key,
    });
  }

  private letWrite(): ServiceRole {
    const { account, region } = stackOf(this).environment;
    return new ServiceRole(this, "writer", {
      name: "flow-logs",
      description: "Lets VPC flow logs write to their log group",
      service: "vpc-flow-logs.amazonaws.com",
      conditions: {
        StringEquals: { "aws:SourceAccount": account },
        ArnLike: { "aws:SourceArn": `arn:aws:ec2:${region}:${account}:vpc-flow-log/*` },
      },
      statements: [
        {
          actions: ["logs:CreateLogStream", "logs:PutLogEvents", "logs:DescribeLogGroups", "logs:DescribeLogStreams"],
          resources: [`${this.logGroup.arn}:*`],
        },
      ],
    });
  }
}
