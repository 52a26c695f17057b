import { type EngineDiagnostic, PROVIDERS, Workbench } from "./engine-run";
import { CLUSTER, NETWORK, SERVICE } from "./stacks";

const only = (resource: object, more: object = {}): object => ({ ...PROVIDERS, resource, ...more });
const brief = (diagnostics: readonly EngineDiagnostic[]): (string | undefined)[][] =>
  diagnostics.map(({ address, summary, snippet }) => [address, summary, snippet?.code.trim()]);

describe("three stacks that build on each other", () => {
  const bench = new Workbench();
  afterAll(() => bench.close());

  test.each([
    ["network", NETWORK],
    ["cluster", CLUSTER],
    ["service", SERVICE],
  ])("%s: init, validate, apply, and an empty second plan", async (stack, configuration) => {
    bench.write(stack, configuration);
    await bench.succeed(stack, "init", "-input=false");
    await bench.succeed(stack, "validate");
    expect(await bench.apply(stack)).toEqual([]);
    expect(await bench.plan(stack)).toEqual([]);
  });

  test("outputs are what the cloud would give", async () => {
    const account = "111122223333";
    expect(await bench.outputs("network")).toEqual({
      vpc: expect.stringMatching(/^arn:aws:ec2:eu-west-1:111122223333:vpc\/vpc-0[0-9a-f]{16}$/),
      tags: { Name: "main", team: "platform" },
    });
    expect(await bench.outputs("cluster")).toEqual({
      account,
      arn: `arn:aws:eks:eu-west-1:${account}:cluster/dev`,
      endpoint: expect.stringMatching(/^https:\/\/[0-9A-F]{32}\.gr7\.eu-west-1\.eks\.amazonaws\.com$/),
    });
    expect(await bench.outputs("service")).toEqual({
      endpoint: expect.stringMatching(/^orders\.\w+\.eu-west-1\.rds\.amazonaws\.com:5432$/),
      image: `${account}.dkr.ecr.eu-west-1.amazonaws.com/orders`,
      queue: `https://sqs.eu-west-1.amazonaws.com/${account}/orders.fifo`,
      secret: expect.stringMatching(/^arn:aws:secretsmanager:eu-west-1:111122223333:secret:rds!db-/),
      zones: ["eu-west-1a", "eu-west-1b", "eu-west-1c"],
    });
  });

  test.each(["service", "cluster", "network"])("%s: destroys everything it made, in the other order", async (stack) => {
    await bench.succeed(stack, "destroy", "-auto-approve", "-input=false");
    expect(bench.sandbox.objects(stack)).toEqual([]);
  });
});

describe("one stack", () => {
  let bench: Workbench;
  beforeEach(() => {
    bench = new Workbench();
  });
  afterEach(() => bench.close());

  const applied = async (stack: string, configuration: object): Promise<void> => {
    bench.write(stack, configuration);
    await bench.succeed(stack, "init", "-input=false");
    expect(await bench.apply(stack)).toEqual([]);
  };
  const actions = async (stack: string): Promise<string[][]> =>
    (await bench.plan(stack)).map(({ address, change }) => [address, ...change.actions]);

  test("updates in place, and recomputes only what the change touches", async () => {
    const parameter = (value: string): object =>
      only(
        { aws_ssm_parameter: { p: { name: "/p", type: "String", insecure_value: value } } },
        { output: { version: { value: "${aws_ssm_parameter.p.version}" } } },
      );
    await applied("s", parameter("1"));
    bench.write("s", parameter("2"));
    expect(await actions("s")).toEqual([["aws_ssm_parameter.p", "update"]]);
    expect(await bench.apply("s")).toEqual([]);
    expect(await bench.outputs("s")).toEqual({ version: 2 });
    expect(await bench.plan("s")).toEqual([]);
  });

  test("replaces what cannot be changed, and what depends on it follows", async () => {
    const role = (name: string): object =>
      only({
        aws_iam_role: { r: { name, assume_role_policy: '{"Statement":[]}' } },
        aws_iam_role_policy_attachment: {
          a: { role: "${aws_iam_role.r.name}", policy_arn: "arn:aws:iam::aws:policy/ReadOnlyAccess" },
        },
      });
    await applied("s", role("one"));
    bench.write("s", role("two"));
    expect((await actions("s")).toSorted()).toEqual([
      ["aws_iam_role.r", "delete", "create"],
      ["aws_iam_role_policy_attachment.a", "delete", "create"],
    ]);
    expect(await bench.apply("s")).toEqual([]);
    expect(
      bench.sandbox
        .objects("s")
        .map(({ id }) => id)
        .toSorted(),
    ).toEqual(["two", "two/arn:aws:iam::aws:policy/ReadOnlyAccess"]);
    expect(await bench.plan("s")).toEqual([]);
  });

  test("sets are compared without their order, and their elements change alone", async () => {
    const group = (...ports: number[]): object =>
      only({
        aws_vpc: { v: { cidr_block: "10.0.0.0/16" } },
        aws_security_group: {
          g: {
            name: "g",
            vpc_id: "${aws_vpc.v.id}",
            ingress: ports.map((port) => ({
              from_port: port,
              to_port: port,
              protocol: "tcp",
              cidr_blocks: ["10.0.0.0/8"],
              description: null,
              ipv6_cidr_blocks: null,
              prefix_list_ids: null,
              security_groups: null,
              self: null,
            })),
          },
        },
        aws_db_parameter_group: {
          p: { name: "p", family: "postgres17", parameter: ports.map((port) => ({ name: `p${port}`, value: "1" })) },
        },
      });
    await applied("s", group(1, 2));
    bench.write("s", group(2, 1));
    expect(await bench.plan("s")).toEqual([]);
    bench.write("s", group(2, 3));
    expect((await actions("s")).toSorted()).toEqual([
      ["aws_db_parameter_group.p", "update"],
      ["aws_security_group.g", "update"],
    ]);
    expect(await bench.apply("s")).toEqual([]);
    expect(await bench.plan("s")).toEqual([]);
  });

  test("drift shows up in the plan and is repaired; an object deleted behind the back is made again", async () => {
    await applied(
      "s",
      only({ aws_sqs_queue: { q: { name: "q", delay_seconds: 5 } }, aws_ecr_repository: { r: { name: "r" } } }),
    );
    const queue = { stack: "s", type: "aws_sqs_queue", id: "https://sqs.eu-west-1.amazonaws.com/111122223333/q" };
    await bench.sandbox.drift(queue, "delay_seconds", "60");
    const [change] = await bench.plan("s");
    expect(change).toMatchObject({
      address: "aws_sqs_queue.q",
      change: { actions: ["update"], before: { delay_seconds: 60 }, after: { delay_seconds: 5 } },
    });
    await bench.sandbox.removeOrphans("s", [queue]);
    expect((await actions("s")).toSorted()).toEqual([
      ["aws_ecr_repository.r", "create"],
      ["aws_sqs_queue.q", "update"],
    ]);
    expect(await bench.apply("s")).toEqual([]);
    expect(await bench.plan("s")).toEqual([]);
  });

  test("a name that another stack has is refused, on the attribute, in AWS's words", async () => {
    await applied("first", only({ aws_ecr_repository: { r: { name: "orders" } } }));
    const second = only({
      aws_ecr_repository: { r: { name: "orders" } },
      kubernetes_namespace_v1: { n: { metadata: [{ name: "n" }] } },
    });
    bench.write("second", second);
    await bench.succeed("second", "init", "-input=false");
    const errors = await bench.apply("second");
    expect(brief(errors)).toEqual([
      [
        "aws_ecr_repository.r",
        "creating ECR Repository: operation error ECR: CreateRepository, api error RepositoryAlreadyExistsException: The repository with name 'orders' already exists in the registry with id '111122223333'",
        '"name": "orders"',
      ],
    ]);
    expect(errors[0]?.detail).toContain("import the existing one");
    expect(bench.sandbox.objects("second").map(({ id }) => id)).toEqual(["n"]);
  });

  test("a refused update and a refused destroy leave everything as it was", async () => {
    const database = (protection: boolean, identifier: string): object =>
      only({
        aws_db_instance: {
          d: {
            identifier,
            instance_class: "db.t4g.micro",
            manage_master_user_password: true,
            skip_final_snapshot: true,
            deletion_protection: protection,
          },
        },
      });
    await applied(
      "other",
      only({
        aws_db_instance: {
          d: { identifier: "taken", instance_class: "db.t4g.micro", manage_master_user_password: true },
        },
      }),
    );
    await applied("s", database(true, "mine"));
    bench.write("s", database(true, "taken"));
    expect(brief(await bench.apply("s"))[0]?.[1]).toContain("DBInstanceAlreadyExists");
    bench.write("s", database(true, "mine"));
    expect(await bench.plan("s")).toEqual([]);
    expect((await bench.run("s", "destroy", "-auto-approve", "-input=false")).code).toBe(1);
    expect(await bench.plan("s")).toEqual([]);
  });

  test("a network that another stack lives in cannot be destroyed", async () => {
    await applied("network", only({ aws_vpc: { v: { cidr_block: "10.0.0.0/16" } } }));
    const subnet = { s: { vpc_id: "${data.aws_vpc.v.id}", cidr_block: "10.0.0.0/24" } };
    await applied("user", only({ aws_subnet: subnet }, { data: { aws_vpc: { v: { cidr_block: "10.0.0.0/16" } } } }));
    const { code, stderr } = await bench.run("network", "destroy", "-auto-approve", "-input=false", "-no-color");
    expect([code, stderr.replaceAll(/\s+/g, " ")]).toEqual([
      1,
      expect.stringContaining("has dependencies and cannot be"),
    ]);
    await bench.succeed("user", "destroy", "-auto-approve", "-input=false");
    await bench.succeed("network", "destroy", "-auto-approve", "-input=false");
    expect(bench.sandbox.objects()).toEqual([]);
  });

  test("imports what exists, by the id that the real provider takes, and refuses what does not", async () => {
    await applied(
      "first",
      only({
        aws_iam_role: { r: { name: "r", assume_role_policy: '{"Statement":[]}' } },
        helm_release: { h: { name: "h", chart: "h" } },
      }),
    );
    const config = (id: string): object =>
      only(
        {
          helm_release: { h: { name: "h", chart: "h" } },
          aws_iam_role: { r: { name: "r", assume_role_policy: '{"Statement":[]}' } },
        },
        {
          import: [
            { to: "helm_release.h", id: "default/h" },
            { to: "aws_iam_role.r", id },
          ],
        },
      );
    bench.write("second", config("nobody"));
    await bench.succeed("second", "init", "-input=false");
    const refused = await bench.run("second", "plan", "-input=false", "-no-color");
    expect([refused.code, refused.stderr + refused.stdout]).toEqual([
      1,
      expect.stringContaining("Cannot import non-existent remote object"),
    ]);
    bench.write("second", config("r"));
    expect(await bench.apply("second")).toEqual([]);
    expect(await bench.plan("second")).toEqual([]);
  });

  test("every alias of a provider has its own account and region", async () => {
    const aliased = { region: "us-east-1", allowed_account_ids: ["444455556666"], alias: "cdn" };
    const provider = { ...PROVIDERS.provider, aws: [...PROVIDERS.provider.aws, aliased] };
    const queues = {
      here: { name: "q" },
      there: { name: "q", provider: "aws.cdn" },
      far: { name: "q", region: "eu-central-1" },
    };
    const output = Object.fromEntries(
      Object.keys(queues).map((name) => [name, { value: `\${aws_sqs_queue.${name}.arn}` }]),
    );
    await applied("s", { ...only({ aws_sqs_queue: queues }), provider, output });
    expect(await bench.outputs("s")).toEqual({
      here: "arn:aws:sqs:eu-west-1:111122223333:q",
      there: "arn:aws:sqs:us-east-1:444455556666:q",
      far: "arn:aws:sqs:eu-central-1:111122223333:q",
    });
    expect(await bench.plan("s")).toEqual([]);
  });

  test("a cluster that is only planned can be configured as the provider's host", async () => {
    const host = "${aws_ssm_parameter.host.insecure_value}";
    const parameter = { host: { name: "/host", type: "String", insecure_value: "https://${aws_sqs_queue.q.id}" } };
    const configuration = {
      ...only({
        aws_sqs_queue: { q: { name: "q" } },
        aws_ssm_parameter: parameter,
        kubernetes_namespace_v1: { n: { metadata: [{ name: "n" }] } },
      }),
      provider: { ...PROVIDERS.provider, kubernetes: [{ host }] },
    };
    await applied("s", configuration);
    expect(await bench.plan("s")).toEqual([]);
  });

  test.each([
    ["kubernetes", { kubernetes_namespace_v1: { it: { metadata: [{ name: "orders" }] } } }, "connection refused"],
    ["helm", { helm_release: { it: { name: "keda", chart: "keda" } } }, "Kubernetes cluster unreachable"],
  ])(
    "a %s provider that is told of no cluster finds none, and what is there stays in the state",
    async (name, resource, words) => {
      await applied("s", only(resource));
      const { [name as "helm"]: _, ...others } = PROVIDERS.provider;
      bench.write("s", { ...PROVIDERS, provider: others });
      const refused = await bench.apply("s");
      expect(refused.map(({ summary }) => summary)).toEqual([expect.stringContaining(words)]);
      expect(bench.known("s")).toHaveLength(1);
      bench.write("s", PROVIDERS);
      expect(await bench.apply("s")).toEqual([]);
      expect(bench.sandbox.objects("s")).toEqual([]);
    },
  );

  test("a Kubernetes object is moved to the versioned form of its type", async () => {
    const spec = { metadata: [{ name: "facts" }], data: { a: "b" } };
    await applied("s", only({ kubernetes_config_map: { facts: spec } }));
    bench.write(
      "s",
      only(
        { kubernetes_config_map_v1: { facts: spec } },
        { moved: [{ from: "kubernetes_config_map.facts", to: "kubernetes_config_map_v1.facts" }] },
      ),
    );
    expect((await actions("s")).flat()).not.toContain("create");
    expect(await bench.apply("s")).toEqual([]);
    expect(await bench.plan("s")).toEqual([]);
    await bench.succeed("s", "destroy", "-auto-approve", "-input=false");
    expect(bench.sandbox.objects()).toEqual([]);
  });

  test("write-only values reach neither state nor store", async () => {
    await applied(
      "s",
      only({
        aws_ssm_parameter: { p: { name: "/p", type: "SecureString", value_wo: "very-secret", value_wo_version: 1 } },
      }),
    );
    expect(await bench.plan("s")).toEqual([]);
    expect(bench.files()).toContain("s/terraform.tfstate");
    expect(bench.grep("very-secret")).toEqual(["s/main.tf.json"]);
  });

  test("types without a behaviour of their own work as most types do", async () => {
    await applied(
      "s",
      only({
        aws_cloudwatch_event_bus: { t: { name: "t" } },
        aws_dynamodb_table: {
          d: { name: "d", hash_key: "id", billing_mode: "PAY_PER_REQUEST", attribute: [{ name: "id", type: "S" }] },
        },
        aws_s3_bucket: { b: { bucket: "generic-bucket" } },
        aws_s3_bucket_accelerate_configuration: { a: { bucket: "${aws_s3_bucket.b.id}", status: "Enabled" } },
        aws_s3_bucket_request_payment_configuration: { p: { bucket: "${aws_s3_bucket.b.id}", payer: "Requester" } },
        kubernetes_deployment_v1: {
          d: {
            metadata: [{ name: "d" }],
            spec: [
              {
                selector: [{ match_labels: { a: "b" } }],
                template: [{ metadata: [{ labels: { a: "b" } }], spec: [{ container: [{ name: "c", image: "i" }] }] }],
              },
            ],
          },
        },
      }),
    );
    expect(await bench.plan("s")).toEqual([]);
  });

  test("validate refuses what the configuration alone has wrong, on the attribute", async () => {
    bench.write("s", only({ aws_cloudwatch_log_group: { l: { name: "/l", retention_in_days: 31 } } }));
    await bench.succeed("s", "init", "-input=false");
    const { stdout } = await bench.run("s", "validate", "-json");
    const { diagnostics } = JSON.parse(stdout) as { diagnostics: EngineDiagnostic[] };
    expect(brief(diagnostics).map(([address, , code]) => [address, code])).toEqual([
      ["aws_cloudwatch_log_group.l", '"retention_in_days": 31'],
    ]);
  });

  test("a data source whose producer was not applied says which stack to apply", async () => {
    bench.write("s", {
      ...PROVIDERS,
      data: { aws_ssm_parameter: { p: { name: "/dev/network" } } },
      output: { v: { value: "${data.aws_ssm_parameter.p.value}", sensitive: true } },
    });
    await bench.succeed("s", "init", "-input=false");
    const { stdout } = await bench.run("s", "plan", "-input=false", "-json");
    expect(stdout).toContain("api error ParameterNotFound");
    expect(stdout).toContain("Apply the stack that publishes it first");
  });

  test("two stacks are applied at once over one store", async () => {
    const stack = (name: string): object =>
      only({ aws_sqs_queue: Object.fromEntries([1, 2, 3].map((index) => [`q${index}`, { name: `${name}${index}` }])) });
    for (const name of ["a", "b"]) bench.write(name, stack(name));
    await Promise.all(["a", "b"].map((name) => bench.succeed(name, "init", "-input=false")));
    expect(await Promise.all(["a", "b"].map((name) => bench.apply(name)))).toEqual([[], []]);
    expect(bench.sandbox.objects()).toHaveLength(6);
    expect(await Promise.all(["a", "b"].map((name) => bench.plan(name)))).toEqual([[], []]);
  });
});
