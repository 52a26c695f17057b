import { PROVIDERS } from "./engine-run";

const policyFor = (resource: string): string =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Deny", Principal: "*", Action: "*", Resource: resource }],
  });

/** A queue with dead letters, a topic that it listens to, and an alarm. */
export const MESSAGING = {
  ...PROVIDERS,
  resource: {
    aws_kms_key: { messages: { description: "messages" } },
    aws_kms_alias: { messages: { name: "alias/messages", target_key_id: "${aws_kms_key.messages.key_id}" } },
    aws_sqs_queue: {
      dead: { name: "orders-dead", kms_master_key_id: "${aws_kms_alias.messages.name}" },
      orders: {
        name: "orders",
        kms_master_key_id: "${aws_kms_key.messages.arn}",
        redrive_policy: "${jsonencode({deadLetterTargetArn = aws_sqs_queue.dead.arn, maxReceiveCount = 5})}",
        receive_wait_time_seconds: 20,
      },
      apart: { name: "apart" },
    },
    aws_sqs_queue_policy: {
      orders: { queue_url: "${aws_sqs_queue.orders.url}", policy: policyFor("${aws_sqs_queue.orders.arn}") },
    },
    aws_sqs_queue_redrive_policy: {
      apart: {
        queue_url: "${aws_sqs_queue.apart.url}",
        redrive_policy: "${jsonencode({deadLetterTargetArn = aws_sqs_queue.dead.arn, maxReceiveCount = 3})}",
      },
    },
    aws_sqs_queue_redrive_allow_policy: {
      dead: {
        queue_url: "${aws_sqs_queue.dead.url}",
        redrive_allow_policy:
          '${jsonencode({redrivePermission = "byQueue", sourceQueueArns = [aws_sqs_queue.orders.arn, aws_sqs_queue.apart.arn]})}',
      },
    },
    aws_sns_topic: { events: { name: "events", kms_master_key_id: "${aws_kms_key.messages.arn}" } },
    aws_sns_topic_policy: {
      events: { arn: "${aws_sns_topic.events.arn}", policy: policyFor("${aws_sns_topic.events.arn}") },
    },
    aws_sns_topic_subscription: {
      orders: {
        topic_arn: "${aws_sns_topic.events.arn}",
        protocol: "sqs",
        endpoint: "${aws_sqs_queue.orders.arn}",
        raw_message_delivery: true,
        filter_policy: '{"kind":["paid"]}',
        depends_on: ["aws_sqs_queue_policy.orders"],
      },
    },
    aws_cloudwatch_metric_alarm: {
      old: {
        alarm_name: "orders-old",
        comparison_operator: "GreaterThanThreshold",
        evaluation_periods: 1,
        metric_name: "ApproximateAgeOfOldestMessage",
        namespace: "AWS/SQS",
        period: 60,
        statistic: "Maximum",
        threshold: 600,
        dimensions: { QueueName: "${aws_sqs_queue.orders.name}" },
        alarm_actions: ["${aws_sns_topic.events.arn}"],
      },
    },
  },
  output: {
    subscription: { value: "${aws_sns_topic_subscription.orders.arn}" },
    scope: { value: "${aws_sns_topic_subscription.orders.filter_policy_scope}" },
  },
};

/** Two buckets with all their settings, the one writing its access logs to the other. */
export const STORAGE = {
  ...PROVIDERS,
  resource: {
    aws_s3_bucket: { files: { bucket: "files-111122223333" }, logs: { bucket: "logs-111122223333" } },
    aws_s3_bucket_public_access_block: { files: { bucket: "${aws_s3_bucket.files.id}", block_public_acls: true } },
    aws_s3_bucket_ownership_controls: {
      files: { bucket: "${aws_s3_bucket.files.id}", rule: [{ object_ownership: "BucketOwnerEnforced" }] },
    },
    aws_s3_bucket_versioning: {
      files: { bucket: "${aws_s3_bucket.files.id}", versioning_configuration: [{ status: "Enabled" }] },
    },
    aws_s3_bucket_server_side_encryption_configuration: {
      files: {
        bucket: "${aws_s3_bucket.files.id}",
        rule: [{ apply_server_side_encryption_by_default: [{ sse_algorithm: "aws:kms" }], bucket_key_enabled: true }],
      },
    },
    aws_s3_bucket_lifecycle_configuration: {
      files: {
        bucket: "${aws_s3_bucket.files.id}",
        rule: [
          {
            id: "forget",
            status: "Enabled",
            filter: [{}],
            abort_incomplete_multipart_upload: [{ days_after_initiation: 7 }],
            noncurrent_version_expiration: [{ noncurrent_days: 90 }],
          },
          {
            id: "cool",
            status: "Enabled",
            filter: [{ and: [{ prefix: "old/", tags: { kind: "report" } }] }],
            expiration: [{ days: 400 }],
            transition: [
              { days: 30, storage_class: "STANDARD_IA" },
              { days: 90, storage_class: "GLACIER" },
            ],
          },
        ],
      },
    },
    aws_s3_bucket_policy: {
      files: { bucket: "${aws_s3_bucket.files.id}", policy: policyFor("${aws_s3_bucket.files.arn}/*") },
    },
    aws_s3_bucket_logging: {
      files: {
        bucket: "${aws_s3_bucket.files.id}",
        target_bucket: "${aws_s3_bucket.logs.id}",
        target_prefix: "s3/",
        expected_bucket_owner: "111122223333",
      },
    },
  },
  output: {
    minimum: {
      value: "${aws_s3_bucket_lifecycle_configuration.files.transition_default_minimum_object_size}",
    },
    logging: { value: "${aws_s3_bucket_logging.files.id}" },
  },
};

/** A cache that users sign in to with IAM. */
export const CACHE = {
  ...PROVIDERS,
  resource: {
    aws_vpc: { main: { cidr_block: "10.0.0.0/16" } },
    aws_subnet: { a: { vpc_id: "${aws_vpc.main.id}", cidr_block: "10.0.0.0/24" } },
    aws_security_group: { cache: { name: "cache", vpc_id: "${aws_vpc.main.id}" } },
    aws_elasticache_subnet_group: { cache: { name: "cache", subnet_ids: ["${aws_subnet.a.id}"] } },
    aws_elasticache_parameter_group: {
      cache: { name: "cache", family: "valkey8", parameter: [{ name: "maxmemory-policy", value: "allkeys-lru" }] },
    },
    aws_elasticache_user: {
      orders: {
        engine: "valkey",
        user_id: "orders",
        user_name: "orders",
        access_string: "on ~* &* +@all",
        authentication_mode: [{ type: "iam" }],
      },
    },
    aws_elasticache_user_group: {
      cache: { engine: "valkey", user_group_id: "cache", user_ids: ["${aws_elasticache_user.orders.user_id}"] },
    },
    aws_elasticache_replication_group: {
      cache: {
        replication_group_id: "cache",
        description: "cache",
        engine: "valkey",
        engine_version: "8.0",
        node_type: "cache.t4g.small",
        num_cache_clusters: 2,
        automatic_failover_enabled: true,
        multi_az_enabled: true,
        at_rest_encryption_enabled: "true",
        transit_encryption_enabled: true,
        parameter_group_name: "${aws_elasticache_parameter_group.cache.name}",
        subnet_group_name: "${aws_elasticache_subnet_group.cache.name}",
        security_group_ids: ["${aws_security_group.cache.id}"],
        user_group_ids: ["${aws_elasticache_user_group.cache.user_group_id}"],
        log_delivery_configuration: [
          { destination: "logs", destination_type: "cloudwatch-logs", log_format: "json", log_type: "slow-log" },
        ],
      },
    },
  },
  output: { host: { value: "${aws_elasticache_replication_group.cache.primary_endpoint_address}" } },
};

const REGION = "us-east-1";

/** A site under a name of its own, with its certificate and access logs in the region that CloudFront wants. */
export const SITE = {
  ...PROVIDERS,
  data: { aws_route53_zone: { main: { name: "example.com." } } },
  resource: {
    aws_acm_certificate: {
      site: { region: REGION, domain_name: "shop.example.com", validation_method: "DNS" },
    },
    aws_route53_record: {
      proof: {
        zone_id: "${data.aws_route53_zone.main.zone_id}",
        name: "${tolist(aws_acm_certificate.site.domain_validation_options)[0].resource_record_name}",
        type: "${tolist(aws_acm_certificate.site.domain_validation_options)[0].resource_record_type}",
        records: ["${tolist(aws_acm_certificate.site.domain_validation_options)[0].resource_record_value}"],
        ttl: 300,
        allow_overwrite: true,
      },
      site: {
        zone_id: "${data.aws_route53_zone.main.zone_id}",
        name: "shop.example.com",
        type: "A",
        alias: [
          {
            name: "${aws_cloudfront_distribution.site.domain_name}",
            zone_id: "${aws_cloudfront_distribution.site.hosted_zone_id}",
            evaluate_target_health: false,
          },
        ],
      },
    },
    aws_acm_certificate_validation: {
      site: {
        region: REGION,
        certificate_arn: "${aws_acm_certificate.site.arn}",
        validation_record_fqdns: ["${aws_route53_record.proof.fqdn}"],
      },
    },
    aws_cloudfront_origin_access_control: {
      site: {
        name: "site",
        origin_access_control_origin_type: "s3",
        signing_behavior: "always",
        signing_protocol: "sigv4",
      },
    },
    aws_cloudfront_cache_policy: {
      site: {
        name: "site",
        parameters_in_cache_key_and_forwarded_to_origin: [
          {
            enable_accept_encoding_gzip: true,
            cookies_config: [{ cookie_behavior: "none" }],
            headers_config: [{ header_behavior: "none" }],
            query_strings_config: [{ query_string_behavior: "none" }],
          },
        ],
      },
    },
    aws_cloudfront_response_headers_policy: {
      site: {
        name: "site",
        security_headers_config: [
          {
            content_type_options: [{ override: true }],
            strict_transport_security: [{ access_control_max_age_sec: 60, override: true }],
          },
        ],
      },
    },
    aws_cloudfront_function: { site: { name: "site", runtime: "cloudfront-js-2.0", code: "function handler() {}" } },
    aws_cloudfront_distribution: {
      site: {
        enabled: true,
        aliases: ["shop.example.com"],
        origin: [
          {
            origin_id: "files",
            domain_name: "files-111122223333.s3.eu-west-1.amazonaws.com",
            origin_access_control_id: "${aws_cloudfront_origin_access_control.site.id}",
          },
        ],
        default_cache_behavior: [
          {
            target_origin_id: "files",
            allowed_methods: ["GET", "HEAD"],
            cached_methods: ["GET", "HEAD"],
            viewer_protocol_policy: "redirect-to-https",
            cache_policy_id: "${aws_cloudfront_cache_policy.site.id}",
            response_headers_policy_id: "${aws_cloudfront_response_headers_policy.site.id}",
            function_association: [
              { event_type: "viewer-request", function_arn: "${aws_cloudfront_function.site.arn}" },
            ],
          },
        ],
        restrictions: [{ geo_restriction: [{ restriction_type: "none" }] }],
        viewer_certificate: [
          {
            acm_certificate_arn: "${aws_acm_certificate_validation.site.certificate_arn}",
            ssl_support_method: "sni-only",
            minimum_protocol_version: "TLSv1.2_2021",
          },
        ],
      },
    },
    aws_cloudwatch_log_delivery_source: {
      site: {
        region: REGION,
        name: "site",
        log_type: "ACCESS_LOGS",
        resource_arn: "${aws_cloudfront_distribution.site.arn}",
      },
    },
    aws_cloudwatch_log_delivery_destination: {
      site: {
        region: REGION,
        name: "site",
        output_format: "json",
        delivery_destination_configuration: [{ destination_resource_arn: "arn:aws:s3:::logs-111122223333/site" }],
      },
    },
    aws_cloudwatch_log_delivery: {
      site: {
        region: REGION,
        delivery_source_name: "${aws_cloudwatch_log_delivery_source.site.name}",
        delivery_destination_arn: "${aws_cloudwatch_log_delivery_destination.site.arn}",
        s3_delivery_configuration: [{ suffix_path: "/{yyyy}/{MM}", enable_hive_compatible_path: false }],
      },
    },
  },
  output: {
    certificate: { value: "${aws_acm_certificate_validation.site.certificate_arn}" },
    distribution: { value: "${aws_cloudfront_distribution.site.arn}" },
    host: { value: "${aws_cloudfront_distribution.site.domain_name}" },
    proof: { value: "${aws_route53_record.proof.fqdn}" },
    source: { value: "${aws_cloudwatch_log_delivery_source.site.arn}" },
  },
};

/** The zone that the site is named in. */
export const ZONE = { ...PROVIDERS, resource: { aws_route53_zone: { main: { name: "example.com" } } } };

/** Whoever looks up what the other stacks made. */
export const READER = {
  ...PROVIDERS,
  data: {
    aws_elasticache_replication_group: { cache: { replication_group_id: "cache" } },
    aws_s3_bucket: { files: { bucket: "files-111122223333" } },
    aws_sns_topic: { events: { name: "events" } },
    aws_sqs_queue: { orders: { name: "orders" } },
  },
  output: {
    cache: { value: "${data.aws_elasticache_replication_group.cache.primary_endpoint_address}" },
    files: { value: "${data.aws_s3_bucket.files.bucket_regional_domain_name}" },
    events: { value: "${data.aws_sns_topic.events.arn}" },
    orders: { value: "${data.aws_sqs_queue.orders.url}" },
  },
};
