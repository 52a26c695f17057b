import { defineBehaviour, notUsedBy, refers, unique } from "../define";

/** A source of vended logs, for example a distribution. It has no id: it is known by its ARN. */
export const logDeliverySource = defineBehaviour({
  type: "aws_cloudwatch_log_delivery_source",
  id: (it) => it.text("name")!,
  arn: (it) => it.arn("logs", `delivery-source:${it.text("name")}`),
  replaceOn: ["log_type", "name", "resource_arn"],
  computed: (it) => ({ service: it.text("resource_arn")?.split(":")[2] ?? "" }),
  checks: [
    unique(["name"], {
      doing: "creating CloudWatch Logs Delivery Source",
      call: "CloudWatch Logs: PutDeliverySource",
      code: "ConflictException",
      message: (it) => `Delivery source ${it.text("name")} already exists`,
    }),
  ],
  canDelete: [
    notUsedBy([{ type: "aws_cloudwatch_log_delivery", attribute: "delivery_source_name", as: "name" }], {
      doing: "deleting CloudWatch Logs Delivery Source",
      call: "CloudWatch Logs: DeleteDeliverySource",
      code: "ConflictException",
      message: () => "This delivery source is still used by a delivery",
    }),
  ],
});

/** The service that the ARN of a destination is of, as deliveries name it. */
const KINDS: Readonly<Record<string, string>> = { s3: "S3", logs: "CWL", firehose: "FH" };

/** Where vended logs go: a bucket, a log group or a stream. */
export const logDeliveryDestination = defineBehaviour({
  type: "aws_cloudwatch_log_delivery_destination",
  id: (it) => it.text("name")!,
  arn: (it) => it.arn("logs", `delivery-destination:${it.text("name")}`),
  replaceOn: ["name", "output_format"],
  computed: (it) => {
    const target = it.text("delivery_destination_configuration.destination_resource_arn") ?? "";
    return { delivery_destination_type: KINDS[target.split(":")[2] ?? ""] ?? "S3" };
  },
  checks: [
    unique(["name"], {
      doing: "creating CloudWatch Logs Delivery Destination",
      call: "CloudWatch Logs: PutDeliveryDestination",
      code: "ConflictException",
      message: (it) => `Delivery destination ${it.text("name")} already exists`,
    }),
  ],
  canDelete: [
    notUsedBy([{ type: "aws_cloudwatch_log_delivery", attribute: "delivery_destination_arn", as: "arn" }], {
      doing: "deleting CloudWatch Logs Delivery Destination",
      call: "CloudWatch Logs: DeleteDeliveryDestination",
      code: "ConflictException",
      message: () => "This delivery destination is still used by a delivery",
    }),
  ],
});

const CREATING = { doing: "creating CloudWatch Logs Delivery", call: "CloudWatch Logs: CreateDelivery" };

/** One source's logs to one destination. */
export const logDelivery = defineBehaviour({
  type: "aws_cloudwatch_log_delivery",
  id: (it) => it.capitals(16, "delivery"),
  arn: (it) => it.arn("logs", `delivery:${it.id}`),
  replaceOn: ["delivery_destination_arn", "delivery_source_name"],
  checks: [
    refers("delivery_source_name", "aws_cloudwatch_log_delivery_source", {
      ...CREATING,
      code: "ResourceNotFoundException",
      message: (name) => `Delivery source ${name} does not exist`,
      by: "name",
    }),
    refers("delivery_destination_arn", "aws_cloudwatch_log_delivery_destination", {
      ...CREATING,
      code: "ResourceNotFoundException",
      message: (arn) => `Delivery destination ${arn} does not exist`,
      by: "arn",
    }),
    unique(["delivery_source_name", "delivery_destination_arn"], {
      ...CREATING,
      code: "ConflictException",
      message: () => "A delivery with this source and destination already exists",
    }),
  ],
});
