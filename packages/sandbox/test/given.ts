import type { Cloud } from "./cloud";
import type { Landscape } from "./landscape";

/** Names of what is there before a promise is tried. */
export const GIVEN = {
  bucket: "given-111122223333",
  cacheName: "given",
  queueArn: "arn:aws:sqs:eu-west-1:111122223333:given",
  queueUrl: "https://sqs.eu-west-1.amazonaws.com/111122223333/given",
  topicArn: "arn:aws:sns:eu-west-1:111122223333:given",
} as const;

/** Creates, beside the landscape, what some types only belong to. */
export function giveMore(cloud: Cloud, { cluster, subnets }: Landscape): void {
  cloud.create("aws_ecr_repository", { name: "given" });
  cloud.create("aws_eks_access_entry", {
    cluster_name: cluster.id,
    principal_arn: "arn:aws:iam::444455556666:role/given",
  });
  cloud.create("aws_s3_bucket", { bucket: GIVEN.bucket });
  cloud.create("aws_sns_topic", { name: "given" });
  cloud.create("aws_sqs_queue", { name: "given" });
  giveCacheParts(cloud, subnets[0].id);
}

/** A subnet group, a user and a group of users, all of the same name. */
export function giveCacheParts(cloud: Cloud, subnet: string): void {
  const name = GIVEN.cacheName;
  cloud.create("aws_elasticache_subnet_group", { name, subnet_ids: [subnet] });
  cloud.create("aws_elasticache_user", {
    engine: "valkey",
    user_id: name,
    user_name: name,
    access_string: "on ~* +@all",
    authentication_mode: [{ type: "iam" }],
  });
  cloud.create("aws_elasticache_user_group", { engine: "valkey", user_group_id: name, user_ids: [name] });
}

/** A distribution in front of a bucket, cached as AWS's own policy says. */
export function distribution(more: object, behaviour: object = {}): Record<string, unknown> {
  return {
    enabled: true,
    origin: [{ origin_id: "files", domain_name: "given-111122223333.s3.eu-west-1.amazonaws.com" }],
    default_cache_behavior: [
      {
        target_origin_id: "files",
        allowed_methods: ["GET", "HEAD"],
        cached_methods: ["GET", "HEAD"],
        viewer_protocol_policy: "redirect-to-https",
        cache_policy_id: "658327ea-f89d-4fab-a63d-7e88639e58f6",
        ...behaviour,
      },
    ],
    restrictions: [{ geo_restriction: [{ restriction_type: "none" }] }],
    viewer_certificate: [{ cloudfront_default_certificate: true }],
    ...more,
  };
}
