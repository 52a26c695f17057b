import { type Edit, editsOf } from "../edit";

const policy = "policy" as const;

/** Unsafe edits that leave a setting where it is, and change what it says. */
export const valueEdits: readonly Edit[] = [
  ...editsOf("golden-paths/src/manifests/pod.ts", [
    {
      what: "pods are told another address for AWS",
      from: "enableServiceLinks: false,",
      to: 'enableServiceLinks: false,\n      hostAliases: [{ ip: "203.0.113.7", hostnames: ["sts.eu-west-1.amazonaws.com"] }],',
      caught: policy,
      by: "K8S-POD-016",
    },
    {
      what: "a program runs beside each service",
      from: "{ preStop: { sleep: { seconds: facts.drainSeconds } } }",
      to: '{ postStart: { exec: { command: ["/bin/sh", "-c", "/tmp/agent &"] } } }',
      caught: policy,
      by: "K8S-CTR-015",
    },
    {
      what: "Node.js verifies no certificate",
      from: "Object.assign({}, facts.variables,",
      to: 'Object.assign({ NODE_TLS_REJECT_UNAUTHORIZED: "0" }, facts.variables,',
      caught: policy,
      by: "K8S-ENV-001",
    },
    {
      what: "pods that hang stay for a day",
      from: "periodSeconds: 10, timeoutSeconds: 2",
      to: "periodSeconds: 10, failureThreshold: 10000, timeoutSeconds: 2",
      caught: policy,
      by: "K8S-CTR-011",
    },
  ]),
  ...editsOf("golden-paths/src/manifests/secret-files.ts", [
    {
      what: "every process of a pod reads its secrets",
      from: "defaultMode: 0o440",
      to: "defaultMode: 0o444",
      caught: policy,
      by: "K8S-POD-017",
    },
  ]),
  ...editsOf("golden-paths/src/manifests/database-authority.ts", [
    {
      what: "services take anybody for their database",
      from: 'PGSSLMODE: "verify-full"',
      to: 'PGSSLMODE: "require"',
      caught: policy,
      by: "K8S-ENV-001",
    },
  ]),
  ...editsOf("golden-paths/src/manifests/database-users.ts", [
    {
      what: "the master password is sent to whoever answers",
      from: '              { name: "PGSSLMODE", value: "verify-full" },\n',
      to: "",
      caught: policy,
      by: "K8S-ENV-003",
    },
  ]),
  ...editsOf("golden-paths/src/workload/workload-parts.ts", [
    {
      what: "images come from the registry of another account",
      from: "`${registryHost(environment)}/",
      to: "`999999999999.dkr.ecr.eu-west-1.amazonaws.com/",
      caught: policy,
      by: "K8S-CTR-009",
    },
  ]),
  ...editsOf("stacks/services/orders.ts", [
    {
      what: "a service loads a program from its scratch space",
      from: "port: 8080",
      to: 'port: 8080, config: { NODE_OPTIONS: "--require /tmp/agent.js" }',
      caught: policy,
      by: "K8S-ENV-001",
    },
  ]),
  ...editsOf("modules/src/database/access-sql.ts", [
    {
      what: "everybody reads every table",
      from: "`GRANT SELECT ON ALL TABLES IN SCHEMA public TO ${READER};`",
      to: "`GRANT SELECT ON ALL TABLES IN SCHEMA public TO PUBLIC;`",
      caught: policy,
      by: "K8S-SQL-001",
    },
    {
      what: "users of services make users",
      from: "`ALTER ROLE ${name} LOGIN;`",
      to: "`ALTER ROLE ${name} LOGIN CREATEROLE;`",
      caught: policy,
      by: "K8S-SQL-001",
    },
  ]),
  ...editsOf("modules/src/database/grant.ts", [
    {
      what: "a service is told a password by its settings",
      from: "  workload.allowEgress(",
      to: '  workload.provide(`${database.prefix}_PASSWORD`, "orders-2026");\n  workload.allowEgress(',
      caught: policy,
      by: "K8S-ENV-002",
    },
  ]),
  ...editsOf("modules/src/database/instance-settings.ts", [
    {
      what: "the master user is the one that everybody tries",
      from: '"paved_master"',
      to: '"postgres"',
      caught: policy,
      by: "AWS-RDS-003",
    },
    {
      what: "databases stay on versions without support",
      from: '"open-source-rds-extended-support-disabled"',
      to: '"open-source-rds-extended-support"',
      caught: policy,
      by: "AWS-RDS-017",
    },
  ]),
  ...editsOf("modules/src/database/parameters.ts", [
    {
      what: "databases log every statement, with what it holds",
      from: 'log_statement: "ddl"',
      to: 'log_statement: "all"',
      caught: policy,
      by: "AWS-RDS-010",
    },
  ]),
  ...editsOf("modules/src/cache/cache.ts", [
    {
      what: "services rule their cache's server",
      from: "+@all -@admin -@dangerous +info",
      to: "+@all -@admin",
      caught: policy,
      by: "AWS-ELC-003",
    },
  ]),
  ...editsOf("modules/src/bucket/private-bucket.ts", [
    {
      what: "files are read in plain text",
      from: "Resource: [this.arn, `${this.arn}/*`],",
      to: "Resource: this.arn,",
      caught: policy,
      by: "AWS-S3-004",
    },
  ]),
  ...editsOf("modules/src/bucket/bucket.ts", [
    {
      what: "what was overwritten is gone the next day",
      from: "noncurrentDays: versionsKeptDays",
      to: "noncurrentDays: 1",
      caught: policy,
      by: "AWS-S3-008",
    },
  ]),
  ...editsOf("modules/src/queue/queue-policy.ts", [
    {
      what: "messages are taken in plain text",
      from: 'Action: "sqs:*"',
      to: 'Action: "sqs:SendMessage"',
      caught: policy,
      by: "AWS-SQS-003",
    },
  ]),
  ...editsOf("modules/src/image-repository/image-repository.ts", [
    {
      what: "the image that runs is forgotten at the next build",
      from: "const IMAGES_KEPT = 50",
      to: "const IMAGES_KEPT = 1",
      caught: policy,
      by: "AWS-ECR-004",
    },
  ]),
  ...editsOf("modules/src/website/security-headers.ts", [
    {
      what: "scripts that were put into a page are run",
      from: "\"script-src 'self'\"",
      to: "\"script-src 'self' 'unsafe-inline'\"",
      caught: policy,
      by: "AWS-CDN-004",
    },
    {
      what: "browsers forget HTTPS after five minutes",
      from: "const HSTS_SECONDS = 63_072_000",
      to: "const HSTS_SECONDS = 300",
      caught: policy,
      by: "AWS-CDN-004",
    },
  ]),
  ...editsOf("modules/src/website/website.ts", [
    {
      what: "a page of one user is kept for the next",
      from: 'cookieBehavior: "none"',
      to: 'cookieBehavior: "all"',
      caught: policy,
      by: "AWS-CDN-007",
    },
  ]),
  ...editsOf("modules/src/namespace/namespace.ts", [
    {
      what: "a service may have every pod of the cluster",
      from: "pods: String(quota.pods)",
      to: 'pods: "100000"',
      caught: policy,
      by: "K8S-NS-003",
    },
  ]),
  ...editsOf("environments/src/production.ts", [
    {
      what: "production forgets its logs after a month",
      from: "logRetentionDays: 365",
      to: "logRetentionDays: 30",
      caught: policy,
      by: "AWS-LOG-001",
    },
  ]),
];
