import { type Edit, editsOf } from "../edit";

const ACCESS = "modules/src/pipeline-access";

/** Edits that give the pipeline, or whoever can have it run something, more than it may have. */
export const pipelineEdits: readonly Edit[] = [
  ...editsOf(`${ACCESS}/github-trust.ts`, [
    {
      what: "a pull request can take on the role that applies",
      from: "apply: `environment:${name}`,",
      to: 'apply: "pull_request",',
      caught: "policy",
      by: "AWS-IAM-023",
    },
    {
      what: "any branch of the repository can take on the pipeline's roles",
      from: "return `repo:${repository}:${asker[role]}`;",
      to: "return `repo:${repository}:*`;",
      caught: "policy",
      by: "AWS-IAM-022",
    },
    {
      what: "the subject of a workflow is matched with wildcards",
      from: "        StringEquals: {",
      to: "        StringLike: {",
      caught: "policy",
      by: "AWS-IAM-022",
    },
    {
      what: "GitHub's word is taken whomever it is meant for",
      from: "          [`${ISSUER}:aud`]: GITHUB_AUDIENCE,\n",
      to: "",
      caught: "policy",
      by: "AWS-IAM-022",
    },
  ]),
  ...editsOf("stacks/src/fleet.ts", [
    {
      what: "the pipeline of an earlier environment takes images out of a later one",
      from: "const readers = imageReaders(all, environment.name);",
      to: 'const readers = [{ account: "222222222222" }];',
      caught: "policy",
      by: "AWS-IAM-010",
    },
    {
      what: "images are copied from an account that is no environment's",
      from: "const sources = imageSources(all, environment.name);",
      to: 'const sources = [{ ...environment, account: "999999999999" }];',
      caught: "policy",
      by: "ACC-001",
    },
  ]),
  ...editsOf(`${ACCESS}/pipeline-access.ts`, [
    {
      what: "a plan of a pull request may write states",
      from: "const state = stateReads(this.environment);",
      to: "const state = [...stateReads(this.environment), ...stateWrites(this.environment)];",
      caught: "policy",
      by: "AWS-IAM-023",
    },
    {
      what: "a plan of a pull request has the rights that change the network",
      from: "policies: { reads } };",
      to: 'policies: { reads, network: this.createPolicy("more", "paved-more", "More", identityPolicy(statementsFor(actionsOf(ACTION_GROUPS.network, "writes"), this.environment))) } };',
      caught: "policy",
      by: "AWS-IAM-023",
    },
  ]),
  ...editsOf(`${ACCESS}/state-statements.ts`, [
    {
      what: "a plan of a pull request reads every object of the bucket of states",
      from: "states: `${bucket}/${name}/*.tfstate`,",
      to: "states: `${bucket}/*`,",
      caught: "policy",
      by: "AWS-IAM-023",
    },
    {
      what: "the pipeline decrypts with every key of the account",
      from: "[state.kmsKeyAlias, `alias/paved/${name}/state/*`]",
      to: '"alias/*"',
      caught: "policy",
      by: "PVD2019",
    },
  ]),
  ...editsOf(`${ACCESS}/actions/storage.ts`, [
    {
      what: "a plan of a pull request reads secrets",
      from: 'reads: ["secretsmanager:DescribeSecret"],',
      to: 'reads: ["secretsmanager:DescribeSecret", "secretsmanager:GetSecretValue"],',
      caught: "policy",
      by: "AWS-IAM-023",
    },
  ]),
  ...editsOf(`${ACCESS}/federated-role.ts`, [
    {
      what: "nothing holds the pipeline's own roles",
      from: "      permissionsBoundary: props.boundaryArn,\n",
      to: "",
      caught: "policy",
      by: "AWS-IAM-021",
    },
  ]),
  ...editsOf(`${ACCESS}/identity-statements.ts`, [
    {
      what: "the pipeline makes roles that nothing holds",
      from: '      conditions: { StringEquals: { "iam:PermissionsBoundary": roleBoundaryArn(place) } },\n',
      to: "",
      caught: "policy",
      by: "PVD2019",
    },
    {
      what: "the pipeline writes roles that are not the fleet's, its own among them",
      from: "return `arn:aws:iam::${account}:role/paved-${name}-*`;",
      to: "return `arn:aws:iam::${account}:role/*`;",
      caught: "policy",
      by: "PVD2019",
    },
    {
      what: "the pipeline passes its roles to any service",
      from: ', conditions: { StringEquals: { "iam:PassedToService": PASSED_TO } } },',
      to: " },",
      caught: "policy",
      by: "PVD2019",
    },
  ]),
  ...editsOf(`${ACCESS}/boundaries.ts`, [
    {
      what: "the boundary lets the pipeline change its own rights",
      from: '    { Sid: "NotItself", Effect: "Deny", Action: OWN_RIGHTS, Resource: own },\n',
      to: "",
      caught: "policy",
      by: "PVD2019",
    },
    {
      what: "the boundary lets a role of the fleet take on others",
      from: '  "ssm",\n  "tag",',
      to: '  "ssm",\n  "sts",\n  "tag",',
      caught: "policy",
      by: "PVD2019",
    },
  ]),
  ...editsOf("modules/src/iam/service-role.ts", [
    {
      what: "nothing holds the fleet's roles",
      from: "      permissionsBoundary: roleBoundaryArn(stackOf(this).environment),\n",
      to: "",
      caught: "policy",
      by: "AWS-IAM-021",
    },
  ]),
  ...editsOf("modules/src/cluster/cluster.ts", [
    {
      what: "a pull request is let into the cluster, where Helm's secrets are",
      from: 'const observers = pipelineRoleArn(this.environment, "observe");',
      to: 'const observers = pipelineRoleArn(this.environment, "plan");',
      caught: "policy",
      by: "PVD2019",
    },
  ]),
];
