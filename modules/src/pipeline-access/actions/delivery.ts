import type { ActionTable } from "./type-actions";

const LOG_TAGS = ["logs:TagResource", "logs:UntagResource"];
const LOG_READS = ["logs:ListTagsForResource"];

/** Sites, queues, topics, and where logs go. Nothing here reads a message or a line of a log. */
export const deliveryActions = {
  aws_cloudfront_cache_policy: {
    reads: ["cloudfront:GetCachePolicy"],
    writes: ["cloudfront:CreateCachePolicy", "cloudfront:UpdateCachePolicy", "cloudfront:DeleteCachePolicy"],
  },
  aws_cloudfront_distribution: {
    reads: ["cloudfront:GetDistribution", "cloudfront:ListTagsForResource"],
    writes: [
      "cloudfront:CreateDistribution",
      "cloudfront:UpdateDistribution",
      "cloudfront:DeleteDistribution",
      "cloudfront:TagResource",
      "cloudfront:UntagResource",
    ],
  },
  aws_cloudfront_function: {
    reads: ["cloudfront:DescribeFunction", "cloudfront:GetFunction"],
    writes: [
      "cloudfront:CreateFunction",
      "cloudfront:UpdateFunction",
      "cloudfront:PublishFunction",
      "cloudfront:DeleteFunction",
    ],
  },
  aws_cloudfront_origin_access_control: {
    reads: ["cloudfront:GetOriginAccessControl"],
    writes: [
      "cloudfront:CreateOriginAccessControl",
      "cloudfront:UpdateOriginAccessControl",
      "cloudfront:DeleteOriginAccessControl",
    ],
  },
  aws_cloudfront_response_headers_policy: {
    reads: ["cloudfront:GetResponseHeadersPolicy"],
    writes: [
      "cloudfront:CreateResponseHeadersPolicy",
      "cloudfront:UpdateResponseHeadersPolicy",
      "cloudfront:DeleteResponseHeadersPolicy",
    ],
  },
  aws_cloudwatch_log_delivery: {
    reads: ["logs:GetDelivery", ...LOG_READS],
    writes: ["logs:CreateDelivery", "logs:UpdateDeliveryConfiguration", "logs:DeleteDelivery", ...LOG_TAGS],
  },
  aws_cloudwatch_log_delivery_destination: {
    reads: ["logs:GetDeliveryDestination", ...LOG_READS],
    writes: ["logs:PutDeliveryDestination", "logs:DeleteDeliveryDestination", ...LOG_TAGS],
  },
  aws_cloudwatch_log_delivery_source: {
    reads: ["logs:GetDeliverySource", ...LOG_READS],
    writes: [
      "logs:PutDeliverySource",
      "logs:DeleteDeliverySource",
      "cloudfront:AllowVendedLogDeliveryForResource",
      ...LOG_TAGS,
    ],
  },
  aws_cloudwatch_log_group: {
    reads: ["logs:DescribeLogGroups", ...LOG_READS],
    writes: [
      "logs:CreateLogGroup",
      "logs:PutRetentionPolicy",
      "logs:AssociateKmsKey",
      "logs:DeleteLogGroup",
      ...LOG_TAGS,
    ],
  },
  aws_sns_topic: {
    reads: ["sns:GetTopicAttributes", "sns:ListTagsForResource"],
    writes: ["sns:CreateTopic", "sns:SetTopicAttributes", "sns:DeleteTopic", "sns:TagResource", "sns:UntagResource"],
  },
  aws_sns_topic_policy: { reads: ["sns:GetTopicAttributes"], writes: ["sns:SetTopicAttributes"] },
  aws_sns_topic_subscription: {
    reads: ["sns:GetSubscriptionAttributes"],
    writes: ["sns:Subscribe", "sns:SetSubscriptionAttributes", "sns:Unsubscribe"],
  },
  aws_sqs_queue: {
    reads: ["sqs:GetQueueAttributes", "sqs:GetQueueUrl", "sqs:ListQueueTags"],
    writes: ["sqs:CreateQueue", "sqs:SetQueueAttributes", "sqs:DeleteQueue", "sqs:TagQueue", "sqs:UntagQueue"],
  },
  aws_sqs_queue_policy: { reads: ["sqs:GetQueueAttributes"], writes: ["sqs:SetQueueAttributes"] },
  aws_sqs_queue_redrive_allow_policy: { reads: ["sqs:GetQueueAttributes"], writes: ["sqs:SetQueueAttributes"] },
} as const satisfies ActionTable;
