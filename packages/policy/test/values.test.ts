import { environmentEntry } from "@paved/testing/src/environment-entry";
import { judgeDelivery, judgeResources } from "../src/judge/judge";
import { deployment, oneContainer } from "../src/rule/workload";
import { rules } from "../src/rules";

const environment = environmentEntry("production");

/** Whether a rule holds for its own good example after a change of the text of it. */
function broken(id: string, from: string, to: string): readonly string[] {
  const kept = JSON.stringify(rules.find((rule) => rule.id === id)?.passes);
  expect(kept.split(from).length).toBeGreaterThan(1);
  const changed: unknown = JSON.parse(kept.replace(from, () => to));
  const { broken: found } = Array.isArray(changed)
    ? judgeDelivery(rules, { environment: "production", name: "orders", manifests: changed as object[] }, environment)
    : judgeResources(rules, { name: "production-orders", environment, json: { resource: changed } });
  return found.map(({ rule }) => rule);
}

const inText = (text: string): string => JSON.stringify(text).slice(1, -1);

test.each([
  ["AWS-S3-002", "a key of another account", "${aws_kms_key.x.arn}", "arn:aws:kms:eu-west-1:999999999999:key/1"],
  ["AWS-S3-002", "a request to KMS for each object", '"bucket_key_enabled":true', '"bucket_key_enabled":false'],
  ["AWS-S3-004", "objects in plain text", "${aws_s3_bucket.example.arn}/*", "${aws_s3_bucket.example.arn}/public/*"],
  ["AWS-S3-004", "the bucket of another", "${aws_s3_bucket.example.arn}/*", "${aws_s3_bucket.other.arn}/*"],
  ["AWS-S3-004", "one action alone", "s3:*", "s3:GetObject"],
  [
    "AWS-S3-004",
    "a Deny for one role",
    inText('"Principal":"*"'),
    inText('"Principal":{"AWS":"arn:aws:iam::1:role/a"}'),
  ],
  [
    "AWS-S3-004",
    "a Deny of what is encrypted",
    inText('"aws:SecureTransport":false'),
    inText('"aws:SecureTransport":"true"'),
  ],
  ["AWS-S3-007", "logs of another account", "111111111111", "999999999999"],
  ["AWS-S3-008", "uploads aborted after months", '"days_after_initiation":7', '"days_after_initiation":180'],
  ["AWS-S3-008", "old versions gone the next day", '"noncurrent_days":90', '"noncurrent_days":1'],
  ["AWS-S3-008", "old versions kept for ever", '"noncurrent_days":90', '"noncurrent_days":36500'],
  ["AWS-S3-008", "a rule for a part of the bucket", '"filter":[{}]', '"filter":[{"prefix":"tmp/"}]'],
  ["AWS-S3-008", "objects that expire", '"filter":[{}]', '"filter":[{}],"expiration":[{"days":90}]'],
  ["AWS-SQS-001", "a key of everybody", "${aws_kms_key.queue.arn}", "alias/aws/sqs"],
  [
    "AWS-SQS-002",
    "dead letters of another account",
    "${aws_sqs_queue.dead.arn}",
    "arn:aws:sqs:eu-west-1:999999999999:dead",
  ],
  ["AWS-SQS-002", "dead letters that are put back", "${aws_sqs_queue.dead.arn}", "${aws_sqs_queue.example.arn}"],
  ["AWS-SQS-002", "messages that are never tried", inText('"maxReceiveCount":5'), inText('"maxReceiveCount":0')],
  ["AWS-SQS-002", "messages that are kept a minute", '{"redrive', '{"message_retention_seconds":60,"redrive'],
  ["AWS-SQS-002", "messages that two workers have", '{"redrive', '{"visibility_timeout_seconds":0,"redrive'],
  [
    "AWS-SQS-003",
    "another queue in the Deny",
    inText("${aws_sqs_queue.example.arn}"),
    "arn:aws:sqs:eu-west-1:111111111111:other",
  ],
  ["AWS-SQS-005", "dead letters of all", "byQueue", "allowAll"],
  ["AWS-SNS-004", "an envelope around messages", '"raw_message_delivery":true', '"raw_message_delivery":false'],
  [
    "AWS-SNS-004",
    "a topic of another account",
    "${aws_sns_topic.payments.arn}",
    "arn:aws:sns:eu-west-1:999999999999:payments",
  ],
  ["K8S-SQL-001", "a revocation in a comment", "REVOKE ALL", "-- REVOKE ALL"],
  ["K8S-DLV-001", "what no rule reads", '"data"', '"binaryData":{"users.sql":"QUxURVI="},"data"'],
  ["K8S-ENV-002", "what no rule reads", '"data"', '"binary_data":{"x":"QUxURVI="},"data"'],
  ["AWS-EC2-002", "a key of everybody", "${aws_kms_key.disk.arn}", "alias/aws/ebs"],
  ["AWS-EKS-002", "a key of another account", "${aws_kms_key.secrets.arn}", "arn:aws:kms:eu-west-1:999999999999:key/1"],
  ["AWS-KMS-004", "a key that is switched off", '"lifecycle"', '"is_enabled":"false","lifecycle"'],
  ["AWS-S3-009", "a way to force it", '"lifecycle"', '"force_destroy":"${true}","lifecycle"'],
  ["AWS-SSM-001", "a list", '"String"', '"StringList"'],
  ["AWS-SEC-002", "a value that is only written", '"secret_id"', '"secret_string_wo":"x","secret_id"'],
  ["AWS-IAM-021", "a boundary of another account", "111111111111", "999999999999"],
  ["K8S-DLV-010", "a template of isCA", '"dnsNames"', '"isCA":"yes","dnsNames"'],
  ["AWS-RDS-003", "a user that everybody tries", "paved_master", "postgres"],
  ["AWS-RDS-003", "a password besides", '"username"', '"password_wo":"${var.password}","username"'],
  ["AWS-RDS-005", "a week where it counts", "35", "7"],
  [
    "AWS-RDS-008",
    "TLS 1.0",
    '{"name":"rds.force_ssl"',
    '{"name":"ssl_min_protocol_version","value":"TLSv1"},{"name":"rds.force_ssl"',
  ],
  [
    "AWS-RDS-008",
    "two values",
    '{"name":"rds.force_ssl"',
    '{"name":"rds.force_ssl","value":"0"},{"name":"rds.force_ssl"',
  ],
  ["AWS-RDS-010", "every statement in the log", "ddl", "all"],
  ["AWS-RDS-010", "every query in the log", '"1000"', '"0"'],
  ["AWS-ELC-003", "everything on the server", " -@dangerous", ""],
  ["AWS-ELC-003", "nobody asked who he is", "on ~*", "on nopass ~*"],
  ["AWS-ELC-003", "rights that are given back", "-@admin -@dangerous", "-@admin -@dangerous +config"],
  ["AWS-ELC-003", "rights that are taken first", "+@all -@admin -@dangerous", "-@admin -@dangerous +@all"],
  ["AWS-CDN-004", "scripts of anybody", "default-src 'self'", "default-src 'self' https:"],
  ["AWS-CDN-004", "scripts within pages", "default-src 'self'", "default-src 'self' 'unsafe-inline'"],
  ["AWS-CDN-004", "scripts from texts", "default-src 'self'", "default-src 'self'; script-src 'self' 'unsafe-eval'"],
  ["AWS-CDN-004", "frames of anybody", "frame-ancestors 'none'; ", ""],
  ["AWS-CDN-004", "HTTPS for an hour", "63072000", "3600"],
  ["AWS-CDN-004", "addresses told to others", "strict-origin-when-cross-origin", "unsafe-url"],
  ["AWS-CDN-007", "pages by cookie", '"cookie_behavior":"none"', '"cookie_behavior":"all"'],
  [
    "AWS-CDN-002",
    "a certificate of another account",
    "${aws_acm_certificate.x.arn}",
    "arn:aws:acm:us-east-1:9:certificate/1",
  ],
  ["AWS-CDN-003", "somebody else's access", "${aws_cloudfront_origin_access_control.x.id}", "E2QWRUHAPOMQZL"],
  ["AWS-IAM-010", "another account", "111111111111", "999999999999"],
  ["AWS-SEC-003", "a policy that may be public", '"block_public_policy":true', '"block_public_policy":false'],
  ["AWS-S3-005", "a user of CloudFront", "arn:aws:iam::111111111111:root", "arn:aws:iam::cloudfront:user/x"],
  ["AWS-SSM-002", "a fact of another environment", "/paved/production/", "/paved/dev/"],
  ["AWS-ECR-003", "a key of everybody", "${aws_kms_key.images.arn}", "alias/aws/ecr"],
  ["AWS-ECR-004", "images that run are taken", inText('"countNumber":50'), inText('"countNumber":1')],
  ["AWS-LOG-001", "logs of production for a month", "365", "30"],
  ["K8S-NS-001", "rules of years ago", "v1.36", "v1.20"],
  ["K8S-NS-003", "pods without number", '"pods":"60"', '"pods":"60000"'],
  ["K8S-NS-003", "a load balancer", '"services.loadbalancers":"0"', '"services.loadbalancers":"3"'],
  ["K8S-NS-003", "containers that take a node by default", '"memory":"256Mi"', '"memory":"512Gi"'],
  [
    "K8S-WKL-003",
    "a spread of other pods",
    '"labelSelector":{"matchLabels":{"app.kubernetes.io/name":"orders"}}',
    '"labelSelector":{"matchLabels":{"app":"other"}}',
  ],
  ["K8S-WKL-005", "a pod that ends in a day", "45", "86400"],
  ["K8S-CTR-009", "an image of another account", "111111111111", "999999999999"],
  ["K8S-CTR-009", "an image of another region", "eu-west-1", "us-east-1"],
  ["K8S-CTR-011", "a probe that gives up in a day", '"port":8080}', '"port":8080},"failureThreshold":10000'],
  ["K8S-CTR-011", "a probe of somebody else", '"port":8080}', '"port":8080,"host":"169.254.169.254"}'],
  ["K8S-CTR-015", "a program before the end", '"sleep":{"seconds":20}', '"exec":{"command":["/bin/sh"]}'],
  ["K8S-CTR-015", "an hour before the end", '"seconds":20', '"seconds":3600'],
  ["K8S-CTR-016", "a mount over what is trusted", '"/tmp"', '"/etc/ssl"'],
  ["K8S-CTR-016", "a mount that climbs", '"/tmp"', '"/tmp/../usr"'],
  ["K8S-ENV-003", "a database that nobody verified", "verify-full", "require"],
  ["K8S-POD-003", "a token in a volume", '{"name":"orders"}', '{"name":"orders"},"projected":{"sources":[]}'],
  ["K8S-POD-011", "scratch space of a whole disk", "256Mi", "500Gi"],
  ["K8S-POD-016", "names of its own", '"restartPolicy"', '"hostAliases":[{"ip":"203.0.113.7"}],"restartPolicy"'],
  [
    "K8S-POD-016",
    "a resolver of its own",
    '"restartPolicy"',
    '"dnsConfig":{"nameservers":["203.0.113.7"]},"restartPolicy"',
  ],
  ["K8S-POD-016", "the resolver of the node", '"restartPolicy"', '"dnsPolicy":"Default","restartPolicy"'],
  ["K8S-POD-016", "a priority", '"restartPolicy"', '"priorityClassName":"urgent","restartPolicy"'],
  ["K8S-POD-017", "a secret that all may read", "288", "292"],
])("fails %s with %s", (id, _, from, to) => {
  expect(broken(id, from, to)).toContain(id);
});

test("fails K8S-NS-002 for a namespace of a service that calls itself the platform's", () => {
  const labels = { "paved.dev/owner": "platform" };
  const json = { resource: { kubernetes_namespace_v1: { orders: { metadata: { name: "orders", labels } } } } };
  const judged = judgeResources(rules, { name: "production-orders", environment, json });
  expect(judged.broken.map(({ rule }) => rule)).toContain("K8S-NS-002");
});

test("an image of the platform runs in what the platform delivers, and nowhere else", () => {
  const manifests = [deployment(oneContainer({ image: "public.ecr.aws/aws-cli/aws-cli@sha256:0" }))];
  const judged = ["platform", "orders"].map((name) =>
    judgeDelivery(rules, { environment: "production", name, manifests }, environment).broken.map(({ rule }) => rule),
  );
  expect(judged.map((ids) => ids.includes("K8S-CTR-009"))).toEqual([false, true]);
});

test("a password in an access string is found, and not told", () => {
  const user = {
    user_name: "orders",
    authentication_mode: { type: "iam" },
    access_string: "on >orders-2026 ~* +@read",
  };
  const json = { resource: { aws_elasticache_user: { orders: user } } };
  const judged = judgeResources(rules, { name: "production-orders", environment, json });
  expect(judged.broken.flatMap(({ got }) => got)).toEqual(["access_string with a password"]);
});

/** An example with each of its values, one after the other, in the place of which stands another. */
function* others(value: unknown, stranger: unknown): Generator<unknown> {
  yield stranger;
  if (typeof value !== "object" || value === null) return;
  for (const [key, inner] of Object.entries(value)) {
    for (const other of others(inner, stranger)) {
      yield Array.isArray(value) ? value.with(Number(key), other) : { ...value, [key]: other };
    }
  }
}

const STRANGERS: readonly unknown[] = [
  undefined,
  null,
  0,
  true,
  "",
  "${",
  "{",
  [],
  [null],
  [[]],
  {},
  JSON.parse('{"__proto__":1}'),
];

test.each(rules.map((rule) => [rule.id, rule] as const))(
  "%s does not throw, whatever stands in its examples",
  (_, rule) => {
    const changed = [rule.fails, rule.passes].flatMap((example) =>
      STRANGERS.flatMap((stranger) => [...others(example, stranger)]),
    );
    const judge = (example: unknown): void => {
      const manifests = (Array.isArray(example) ? example : []) as readonly object[];
      if (rule.on === "manifest")
        judgeDelivery([rule], { environment: "production", name: "orders", manifests }, environment);
      else judgeResources([rule], { name: "production-orders", environment, json: { resource: example } });
    };
    expect(() => changed.forEach(judge)).not.toThrow();
  },
);
