import type { Environment } from "@paved/model";
import { policyDocument } from "../iam/policy";
import { PIPELINE_ROLES, type PipelineRole, pipelineRoleArn } from "../iam/pipeline-role";
import { actionsOf } from "./actions/fleet-actions";
import { identityActions } from "./actions/identity";
import { fleetRoles } from "./identity-statements";
import { FLEET_SERVICES } from "./service-arns";

type Place = Pick<Environment, "name" | "account">;

/** Services that the fleet's workloads, nodes and controllers call. Of IAM they need only what is named below. */
const ROLE_SERVICES = [
  "acm",
  "autoscaling",
  "cloudfront",
  "cloudwatch",
  "ec2",
  "ecr",
  "eks",
  "eks-auth",
  "elasticache",
  "elasticloadbalancing",
  "kms",
  "logs",
  "rds",
  "rds-db",
  "route53",
  "s3",
  "secretsmanager",
  "shield",
  "sns",
  "sqs",
  "ssm",
  "tag",
  "waf-regional",
  "wafv2",
  "xray",
];

/** Calls of IAM that controllers of the cluster make. */
const ROLE_IAM = [
  "iam:CreateServiceLinkedRole",
  "iam:GetRole",
  "iam:GetServerCertificate",
  "iam:ListAttachedRolePolicies",
  "iam:ListServerCertificates",
];

/** What is data and no setting, of services that the pipeline otherwise manages. */
const DATA = [
  "logs:FilterLogEvents",
  "logs:GetLogEvents",
  "logs:StartQuery",
  "secretsmanager:BatchGetSecretValue",
  "secretsmanager:GetSecretValue",
  "sqs:ReceiveMessage",
  "ssm:SendCommand",
  "ssm:StartSession",
];

/** What would change whom the pipeline's roles trust, what they may, or what they may at most. */
const OWN_RIGHTS = [
  "iam:AddClientIDToOpenIDConnectProvider",
  "iam:AttachRolePolicy",
  "iam:CreatePolicyVersion",
  "iam:DeleteOpenIDConnectProvider",
  "iam:DeletePolicy",
  "iam:DeletePolicyVersion",
  "iam:DeleteRole",
  "iam:DeleteRolePermissionsBoundary",
  "iam:DeleteRolePolicy",
  "iam:DetachRolePolicy",
  "iam:PutRolePermissionsBoundary",
  "iam:PutRolePolicy",
  "iam:SetDefaultPolicyVersion",
  "iam:UpdateAssumeRolePolicy",
  "iam:UpdateOpenIDConnectProviderThumbprint",
];

/** What a role of the fleet can be permitted at most: no writing of identities, and no taking on of other roles. */
export function roleBoundary(): string {
  const actions = [...ROLE_SERVICES.map((service) => `${service}:*`), ...ROLE_IAM];
  return policyDocument([{ Sid: "AtMost", Effect: "Allow", Action: actions, Resource: "*" }]);
}

/**
 * What the pipeline's own roles can be permitted at most: the services of the fleet without the data in them, roles by the
 * fleet's names, and nothing that is about the pipeline itself.
 */
export function pipelineBoundary(place: Place): string {
  const services = FLEET_SERVICES.filter((service) => service !== "iam").map((service) => `${service}:*`);
  const onFleetRoles = [...actionsOf(identityActions, "writes"), "iam:PassRole", "sts:AssumeRole"];
  const own = [
    ...(Object.keys(PIPELINE_ROLES) as PipelineRole[]).map((role) => pipelineRoleArn(place, role)),
    `arn:aws:iam::${place.account}:policy/paved-*`,
    `arn:aws:iam::${place.account}:oidc-provider/*`,
  ];
  return policyDocument([
    { Sid: "AtMost", Effect: "Allow", Action: [...services, "iam:Get*", "iam:List*"], Resource: "*" },
    { Sid: "FleetRoles", Effect: "Allow", Action: onFleetRoles, Resource: fleetRoles(place) },
    {
      Sid: "RolesOfServices",
      Effect: "Allow",
      Action: "iam:CreateServiceLinkedRole",
      Resource: `arn:aws:iam::${place.account}:role/aws-service-role/*`,
    },
    { Sid: "NotItself", Effect: "Deny", Action: OWN_RIGHTS, Resource: own },
    { Sid: "NotTheData", Effect: "Deny", Action: DATA, Resource: "*" },
  ]);
}
