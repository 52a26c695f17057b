import { defineBehaviour, refers } from "../define";

const WORDS = { doing: "creating Flow Log", call: "EC2: CreateFlowLogs" };

export const flowLog = defineBehaviour({
  type: "aws_flow_log",
  id: (it) => it.ec2Id("fl"),
  arn: (it) => it.arn("ec2", `vpc-flow-log/${it.id}`),
  defaults: { log_destination_type: "cloud-watch-logs", max_aggregation_interval: 600 },
  replaceOn: [
    "deliver_cross_account_role",
    "destination_options",
    "eni_id",
    "iam_role_arn",
    "log_destination",
    "log_destination_type",
    "log_format",
    "max_aggregation_interval",
    "subnet_id",
    "traffic_type",
    "vpc_id",
  ],
  computed: () => ({
    log_format:
      "${version} ${account-id} ${interface-id} ${srcaddr} ${dstaddr} ${srcport} ${dstport} ${protocol} ${packets} ${bytes} ${start} ${end} ${action} ${log-status}",
  }),
  checks: [
    refers("vpc_id", "aws_vpc", { ...WORDS, code: "InvalidVpcId.NotFound", message: (id) => `VPC ${id} not found` }),
    refers("subnet_id", "aws_subnet", {
      ...WORDS,
      code: "InvalidSubnetId.NotFound",
      message: (id) => `Subnet ${id} not found`,
    }),
    refers("iam_role_arn", "aws_iam_role", {
      ...WORDS,
      by: "arn",
      code: "InvalidParameter",
      message: (arn) => `The given role ARN ${arn} does not exist or cannot be assumed by the flow log service`,
    }),
  ],
});
