import type { Environment } from "@paved/model";
import type { PolicyStatement } from "../iam/policy";
import { roleBoundaryArn } from "../iam/pipeline-role";
import { actionsOf } from "./actions/fleet-actions";
import { identityActions } from "./actions/identity";

type Place = Pick<Environment, "name" | "account" | "region">;

/** Services that the fleet's roles are handed to. */
const PASSED_TO = [
  "ec2.amazonaws.com",
  "eks.amazonaws.com",
  "monitoring.rds.amazonaws.com",
  "pods.eks.amazonaws.com",
  "vpc-flow-logs.amazonaws.com",
];

/** Services that make a role of their own in an account, the first time they are used there. */
const WITH_OWN_ROLE = [
  "eks-nodegroup.amazonaws.com",
  "eks.amazonaws.com",
  "elasticache.amazonaws.com",
  "rds.amazonaws.com",
];

/** Services that use a key of the fleet for whoever makes something that is encrypted with it. */
const ENCRYPTING = ["ec2", "ecr", "eks", "elasticache", "rds", "secretsmanager", "sns", "sqs"];

/** Changes of what a role may do: IAM lets these be asked whether the role has its boundary, and the others not. */
const UNDER_BOUNDARY = /^iam:(CreateRole|PutRolePermissionsBoundary|(Put|Delete)RolePolicy|(Attach|Detach)RolePolicy)$/;

/** Roles that the fleet has in an environment. The pipeline's own are not among them. */
export function fleetRoles({ name, account }: Pick<Environment, "name" | "account">): string {
  return `arn:aws:iam::${account}:role/paved-${name}-*`;
}

/**
 * What the pipeline may write of identities: roles by the fleet's names, and their permissions only while the boundary is
 * on them, so that no role it makes may do more than that.
 */
export function identityStatements(place: Place): readonly PolicyStatement[] {
  const writes = actionsOf(identityActions, "writes");
  const resources = [fleetRoles(place)];
  return [
    {
      actions: writes.filter((action) => UNDER_BOUNDARY.test(action)),
      resources,
      conditions: { StringEquals: { "iam:PermissionsBoundary": roleBoundaryArn(place) } },
    },
    { actions: writes.filter((action) => !UNDER_BOUNDARY.test(action)), resources },
    { actions: ["iam:PassRole"], resources, conditions: { StringEquals: { "iam:PassedToService": PASSED_TO } } },
    {
      actions: ["iam:CreateServiceLinkedRole"],
      resources: [`arn:aws:iam::${place.account}:role/aws-service-role/*`],
      conditions: { StringEquals: { "iam:AWSServiceName": WITH_OWN_ROLE } },
    },
    // Files of sites are brought as the roles that may do nothing else.
    { actions: ["sts:AssumeRole"], resources: [`${fleetRoles(place)}-delivery`] },
  ];
}

/** What services do with the fleet's keys and secrets for whoever asks them, and nobody can do without them. */
export function throughServices({ account, region }: Place): readonly PolicyStatement[] {
  const keys = [`arn:aws:kms:${region}:${account}:key/*`];
  const through = ENCRYPTING.map((service) => `${service}.${region}.amazonaws.com`);
  return [
    {
      actions: ["kms:Decrypt", "kms:GenerateDataKey"],
      resources: keys,
      conditions: { StringEquals: { "kms:ViaService": through } },
    },
    { actions: ["kms:CreateGrant"], resources: keys, conditions: { Bool: { "kms:GrantIsForAWSResource": "true" } } },
    // RDS keeps the master password of a database as a secret, made as whoever makes the database.
    {
      actions: ["secretsmanager:CreateSecret", "secretsmanager:TagResource"],
      resources: [`arn:aws:secretsmanager:${region}:${account}:secret:rds!*`],
    },
  ];
}
