import type { Behaviour } from "../define";
import { acmCertificate } from "./acm-certificate";
import { acmCertificateValidation } from "./acm-certificate-validation";
import { dbInstance } from "./db-instance";
import { dbParameterGroup } from "./db-parameter-group";
import { dbSubnetGroup } from "./db-subnet-group";
import { defaultSecurityGroup } from "./default-security-group";
import { ecrLifecyclePolicy } from "./ecr-lifecycle-policy";
import { ecrRepository } from "./ecr-repository";
import { eip } from "./eip";
import { eksAccessEntry } from "./eks-access-entry";
import { eksAccessPolicyAssociation } from "./eks-access-policy-association";
import { eksAddon } from "./eks-addon";
import { eksCluster } from "./eks-cluster";
import { eksNodeGroup } from "./eks-node-group";
import { eksPodIdentityAssociation } from "./eks-pod-identity-association";
import { flowLog } from "./flow-log";
import { iamPolicy } from "./iam-policy";
import { iamRolePolicyAttachment } from "./iam-role-policy-attachment";
import { iamRolePolicy } from "./iam-role-policy";
import { iamRole } from "./iam-role";
import { internetGateway } from "./internet-gateway";
import { kmsAlias } from "./kms-alias";
import { kmsKey } from "./kms-key";
import { launchTemplate } from "./launch-template";
import { logDelivery, logDeliveryDestination, logDeliverySource } from "./log-delivery";
import { logGroup } from "./log-group";
import { natGateway } from "./nat-gateway";
import { routeTableAssociation } from "./route-table-association";
import { routeTable } from "./route-table";
import { route } from "./route";
import { route53Record } from "./route53-record";
import { route53Zone } from "./route53-zone";
import { s3Bucket } from "./s3-bucket";
import { secretsmanagerSecret } from "./secretsmanager-secret";
import { egressRule, ingressRule } from "./security-group-rule";
import { securityGroup } from "./security-group";
import { sqsQueue } from "./sqs-queue";
import { ssmParameter } from "./ssm-parameter";
import { subnet } from "./subnet";
import { vpcEndpoint } from "./vpc-endpoint";
import { vpc } from "./vpc";

/** The AWS types whose behaviour is written down. */
export const awsBehaviours: readonly Behaviour[] = [
  acmCertificate,
  acmCertificateValidation,
  dbInstance,
  dbParameterGroup,
  dbSubnetGroup,
  defaultSecurityGroup,
  ecrLifecyclePolicy,
  ecrRepository,
  egressRule,
  eip,
  eksAccessEntry,
  eksAccessPolicyAssociation,
  eksAddon,
  eksCluster,
  eksNodeGroup,
  eksPodIdentityAssociation,
  flowLog,
  iamPolicy,
  iamRole,
  iamRolePolicy,
  iamRolePolicyAttachment,
  ingressRule,
  internetGateway,
  kmsAlias,
  kmsKey,
  launchTemplate,
  logDelivery,
  logDeliveryDestination,
  logDeliverySource,
  logGroup,
  natGateway,
  route,
  route53Record,
  route53Zone,
  routeTable,
  routeTableAssociation,
  s3Bucket,
  secretsmanagerSecret,
  securityGroup,
  sqsQueue,
  ssmParameter,
  subnet,
  vpc,
  vpcEndpoint,
];
