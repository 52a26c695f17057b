import type { Size } from "@paved/model";
import { synth } from "@paved/testing";
import { Database, type DatabaseProps, type DatabaseUser, databaseUsers, PavedStack } from "../src";
import { client } from "./support/client";
import { dev, networkFacts, production, synthIn } from "./support/stacks";

const props: DatabaseProps = {
  name: "orders",
  size: "small",
  network: networkFacts,
  clusterSecurityGroupId: "sg-pods",
};
const database = (stack: PavedStack, more: Partial<DatabaseProps> = {}) =>
  new Database(stack, "database", { ...props, ...more });
const minimal = synthIn(dev, (stack) => void database(stack));
const kept = synthIn(production, (stack) => void database(stack));
const instance = minimal.only("aws_db_instance");

test("snapshot: dev, granted to nobody", () => {
  expect(minimal.summary()).toMatchSnapshot();
});

test("snapshot: production, large, an older version, granted to two", () => {
  const full = synthIn(production, (stack) => {
    const made = database(stack, { size: "large", engineVersion: "16" });
    made.grantReadWrite(client(stack, "orders"));
    made.grantReadOnly(client(stack, "order-reports"));
  });
  expect(full.summary()).toMatchSnapshot();
});

test("is encrypted with a key of its own, its insights and its password too", () => {
  const arn = "${aws_kms_key.database_key_key.arn}";
  expect(instance).toMatchObject({
    storage_encrypted: true,
    kms_key_id: arn,
    performance_insights_enabled: true,
    performance_insights_kms_key_id: arn,
    master_user_secret_kms_key_id: "${aws_kms_key.database_key_key.key_id}",
  });
});

test("its master password is made by RDS and stands nowhere in the output", () => {
  expect(instance["manage_master_user_password"]).toBe(true);
  expect(Object.keys(instance).filter((key) => key.startsWith("password"))).toEqual([]);
});

test("is reached by TLS only, and writes down who came and what was slow", () => {
  const set = minimal.only("aws_db_parameter_group")["parameter"] as { name: string; value: string }[];
  expect(Object.fromEntries(set.map(({ name, value }) => [name, value]))).toEqual({
    "rds.force_ssl": "1",
    log_connections: "1",
    log_disconnections: "1",
    log_statement: "ddl",
    log_min_duration_statement: "1000",
  });
});

test("users sign in by IAM", () => {
  expect(instance["iam_database_authentication_enabled"]).toBe(true);
});

test("stands in the subnets without a way out", () => {
  expect(minimal.only("aws_db_subnet_group")["subnet_ids"]).toEqual(networkFacts.intraSubnetIds);
  expect(instance["publicly_accessible"]).toBe(false);
});

test("is as large, and as available, as the environment says", () => {
  expect(instance).toMatchObject({
    instance_class: "db.t4g.small",
    allocated_storage: 20,
    max_allocated_storage: 100,
    storage_type: "gp3",
    multi_az: false,
  });
  expect(kept.only("aws_db_instance")).toMatchObject({ instance_class: "db.m7g.large", multi_az: true });
});

test("is backed up as far as the environment says, with tags, and a last time before it goes", () => {
  expect(kept.only("aws_db_instance")).toMatchObject({
    backup_retention_period: 35,
    copy_tags_to_snapshot: true,
    skip_final_snapshot: false,
    final_snapshot_identifier: "orders-production-final",
    delete_automated_backups: false,
  });
});

test("neither OpenTofu nor AWS deletes it where the environment is protected", () => {
  expect(kept.only("aws_db_instance")).toMatchObject({
    deletion_protection: true,
    lifecycle: { prevent_destroy: true },
  });
  expect(instance["deletion_protection"]).toBe(false);
  expect(instance["lifecycle"]).toBeUndefined();
});

test("is watched from the inside, and takes minor versions but never a major one by itself", () => {
  expect(instance).toMatchObject({
    monitoring_interval: 60,
    auto_minor_version_upgrade: true,
    allow_major_version_upgrade: false,
    engine_version: "17",
    ca_cert_identifier: "rds-ca-rsa2048-g1",
    apply_immediately: false,
  });
});

test("its logs go to encrypted groups that are there before it", () => {
  const groups = minimal.resources("aws_cloudwatch_log_group");
  expect(Object.values(groups).map((group) => group["name"])).toEqual([
    "/aws/rds/instance/orders-dev/postgresql",
    "/aws/rds/instance/orders-dev/upgrade",
  ]);
  for (const [name, group] of Object.entries(groups)) {
    expect(group["kms_key_id"]).toBe("${aws_kms_key.database_key_key.arn}");
    expect(instance["depends_on"]).toContain(`aws_cloudwatch_log_group.${name}`);
  }
});

test("granted to nobody, it has no way in", () => {
  expect(minimal.resources("aws_vpc_security_group_ingress_rule")).toEqual({});
  expect(minimal.only("aws_security_group")["ingress"]).toBeUndefined();
});

test("granted to two, one port is open to pods, and to nothing else", () => {
  const stack = synthIn(dev, (at) => {
    const made = database(at);
    made.grantReadWrite(client(at, "orders"));
    made.grantReadOnly(client(at, "reports"));
  });
  expect(stack.only("aws_vpc_security_group_ingress_rule")).toMatchObject({
    referenced_security_group_id: "sg-pods",
    ip_protocol: "tcp",
    from_port: 5432,
    to_port: 5432,
  });
});

test("a grant permits signing in as one user and nobody else", () => {
  const stack = synthIn(dev, (at) => void database(at).grantReadWrite(client(at, "orders")));
  const policy = JSON.parse(String(stack.only("aws_iam_role_policy")["policy"])) as { Statement: object[] };
  expect(policy.Statement).toEqual([
    {
      Effect: "Allow",
      Action: ["rds-db:connect"],
      Resource: [
        "arn:aws:rds-db:eu-west-1:111111111111:dbuser:${aws_db_instance.database_instance.resource_id}/orders_rw",
      ],
    },
  ]);
});

test("a grant tells the workload where to connect, and lets it out", () => {
  synthIn(dev, (stack) => {
    const workload = client(stack, "order-reports");
    expect(database(stack).grantReadOnly(workload)).toMatchObject({ user: "order_reports_ro", access: "read-only" });
    const { DATABASE_HOST: host, ...rest } = workload.facts;
    expect(host).toMatch(/TfToken/);
    expect(rest).toEqual({
      DATABASE_PORT: "5432",
      DATABASE_NAME: "orders_db",
      DATABASE_USER: "order_reports_ro",
      AWS_REGION: "eu-west-1",
    });
    expect(workload.egress).toEqual([{ to: "intra-subnets", port: 5432 }]);
  });
});

test("who is granted it is known of the environment, in whichever stack, and given its authority", () => {
  let users: Record<string, readonly DatabaseUser[]> = {};
  synth((app) => {
    const own = new PavedStack(app, { environment: dev, name: "orders", kind: "service", owner: "commerce" });
    const workload = client(own, "orders");
    database(own).grantReadWrite(workload);
    const other = new PavedStack(app, { environment: dev, name: "reports", kind: "service", owner: "growth" });
    Database.fromName(other, "orders").grantReadOnly(client(other, "reports"));
    const elsewhere = new PavedStack(app, {
      environment: production,
      name: "orders",
      kind: "service",
      owner: "commerce",
    });
    database(elsewhere);
    users = { here: databaseUsers(own, "orders"), elsewhere: databaseUsers(elsewhere, "orders") };
    expect(workload.trusts).toBe(1);
  });
  expect(users).toEqual({
    here: [
      { name: "orders_rw", access: "read-write" },
      { name: "reports_ro", access: "read-only" },
    ],
    elsewhere: [],
  });
});

test("granted again, nothing changes", () => {
  synthIn(dev, (stack) => {
    const made = database(stack);
    const workload = client(stack, "orders");
    expect(made.grantReadWrite(workload)).toBe(made.grantReadWrite(workload));
    expect(workload.egress).toHaveLength(1);
  });
});

test("fails with PVD1025 when a workload is granted both kinds of access", () => {
  expect(() =>
    synthIn(dev, (stack) => {
      const made = database(stack);
      const workload = client(stack, "orders");
      made.grantReadOnly(workload);
      made.grantReadWrite(workload);
    }),
  ).toThrow(/PVD1025 dev-orders\/database: got orders granted read-write after read-only/);
});

test("fails with PVD1017 for a size that is none", () => {
  const size = "smal" as Size;
  expect(() => synthIn(dev, (stack) => void database(stack, { size }))).toThrow(
    /PVD1017 dev-orders\/database: got "smal".*did you mean small\?/,
  );
});

test("fails with PVD1017 for a size that every object has", () => {
  const size = "constructor" as Size;
  expect(() => synthIn(dev, (stack) => void database(stack, { size }))).toThrow(/PVD1017/);
});

test("fails with PVD1006 when the service's name is too long for any derived name, and says by how much", () => {
  expect(() => synthIn(dev, (stack) => void database(stack, { name: "o".repeat(60) }))).toThrow(
    /PVD1006 dev-orders\/database: .*at most 63; shorten .* by 1/,
  );
});

test("fails with PVD1007 when RDS does not take the name", () => {
  expect(() => synthIn(dev, (stack) => void database(stack, { name: "or--ders" }))).toThrow(/PVD1007/);
});

test("fails with PVD1008 when the name is only known after apply", () => {
  expect(() =>
    synthIn(dev, (stack) => void database(stack, { name: client(stack, "orders").identity.roleArn })),
  ).toThrow(/PVD1008/);
});

test("another service's stack finds it by its contract, and may read it, as a user of its own", () => {
  let facts: Record<string, string> = {};
  const stacks = synth((app) => {
    database(new PavedStack(app, { environment: dev, name: "orders", kind: "service", owner: "commerce" }));
    const other = new PavedStack(app, { environment: dev, name: "reports", kind: "service", owner: "growth" });
    const granted = client(other, "reports");
    Database.fromName(other, "orders").grantReadOnly(granted);
    ({ facts } = granted);
  });
  expect(Object.keys(facts).filter((key) => key.startsWith("ORDERS_DATABASE_"))).toHaveLength(4);
  expect(facts["ORDERS_DATABASE_USER"]).toBe("reports_ro");
  expect(stacks["dev-reports"]?.at("data.aws_ssm_parameter.contract-database-orders-v1")["name"]).toBe(
    "/paved/dev/database-orders/v1",
  );
  expect(JSON.stringify(stacks["dev-reports"]?.only("aws_iam_role_policy"))).toContain("/reports_ro");
});
