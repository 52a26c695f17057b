import { awsRefusal, type Check, defineBehaviour, notUsedBy, refers, unique } from "../define";
import { Facts } from "../facts";

const SOURCE = { doing: "creating CloudWatch Logs Delivery Source", call: "CloudWatch Logs: PutDeliverySource" };
/** CloudFront hands its logs over in this region alone. */
const CLOUDFRONT_REGION = "us-east-1";

const distributionExists = refers("resource_arn", "aws_cloudfront_distribution", {
  ...SOURCE,
  by: "arn",
  code: "ResourceNotFoundException",
  message: (arn) => `The resource ${arn} does not exist`,
});

const sourceIsHere: Check = (it) => {
  const arn = it.text("resource_arn") ?? "";
  if (!arn.startsWith("arn:aws:cloudfront:")) return;
  distributionExists(it);
  if (it.place.region === CLOUDFRONT_REGION) return;
  const message = `Delivery sources of CloudFront are in ${CLOUDFRONT_REGION}, not in ${it.place.region}`;
  const fix = `Set region to ${CLOUDFRONT_REGION}, for the source, its destination and the delivery.`;
  throw awsRefusal(it, { ...SOURCE, code: "ValidationException", message, fix, path: "resource_arn" });
};

/** A source of vended logs, for example a distribution. It has no id: it is known by its ARN. */
export const logDeliverySource = defineBehaviour({
  type: "aws_cloudwatch_log_delivery_source",
  id: (it) => it.text("name")!,
  arn: (it) => it.arn("logs", `delivery-source:${it.text("name")}`),
  replaceOn: ["log_type", "name", "resource_arn"],
  computed: (it) => ({ service: it.text("resource_arn")?.split(":")[2] ?? "" }),
  checks: [
    Object.assign(sourceIsHere, { reads: distributionExists.reads }),
    unique(["name"], {
      ...SOURCE,
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

function serviceOf(destination: Facts): string {
  return destination.text("delivery_destination_configuration.destination_resource_arn")?.split(":")[2] ?? "";
}

/** Where vended logs go: a bucket, a log group or a stream. */
export const logDeliveryDestination = defineBehaviour({
  type: "aws_cloudwatch_log_delivery_destination",
  id: (it) => it.text("name")!,
  arn: (it) => it.arn("logs", `delivery-destination:${it.text("name")}`),
  replaceOn: ["name", "output_format"],
  replaceIf: {
    "delivery_destination_configuration.destination_resource_arn": (before, planned) =>
      serviceOf(new Facts(before)) !== serviceOf(new Facts(planned)),
  },
  recompute: { delivery_destination_type: ["delivery_destination_configuration.destination_resource_arn"] },
  computed: (it) => ({ delivery_destination_type: KINDS[serviceOf(it)] ?? "S3" }),
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
