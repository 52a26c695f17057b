import type { Behaviour } from "../define";
import { acmCertificate } from "./acm-certificate";
import { acmCertificateValidation } from "./acm-certificate-validation";
import { cloudfrontCachePolicy } from "./cloudfront-cache-policy";
import { cloudfrontDistribution } from "./cloudfront-distribution";
import { cloudfrontFunction } from "./cloudfront-function";
import { cloudfrontOriginAccessControl } from "./cloudfront-origin-access-control";
import { cloudfrontResponseHeadersPolicy } from "./cloudfront-response-headers-policy";
import { dbInstance } from "./db-instance";
import { dbParameterGroup } from "./db-parameter-group";
import { dbSubnetGroup } from "./db-subnet-group";
import { defaultSecurityGroup } from "./default-security-group";
import { ecrLifecyclePolicy } from "./ecr-lifecycle-policy";
import { ecrRepository } from "./ecr-repository";
import { ecrRepositoryPolicy } from "./ecr-repository-policy";
import { eip } from "./eip";
import { eksAccessEntry } from "./eks-access-entry";
import { eksAccessPolicyAssociation } from "./eks-access-policy-association";
import { eksAddon } from "./eks-addon";
import { eksCluster } from "./eks-cluster";
import { eksNodeGroup } from "./eks-node-group";
import { eksPodIdentityAssociation } from "./eks-pod-identity-association";
import { elasticacheParameterGroup } from "./elasticache-parameter-group";
import { elasticacheReplicationGroup } from "./elasticache-replication-group";
import { elasticacheSubnetGroup } from "./elasticache-subnet-group";
import { elasticacheUser } from "./elasticache-user";
import { elasticacheUserGroup } from "./elasticache-user-group";
import { flowLog } from "./flow-log";
import { iamOpenidConnectProvider } from "./iam-openid-connect-provider";
import { iamPolicy } from "./iam-policy";
import { iamRole } from "./iam-role";
import { iamRolePolicy } from "./iam-role-policy";
import { iamRolePolicyAttachment } from "./iam-role-policy-attachment";
import { internetGateway } from "./internet-gateway";
import { kmsAlias } from "./kms-alias";
import { kmsKey } from "./kms-key";
import { launchTemplate } from "./launch-template";
import { logDelivery, logDeliveryDestination, logDeliverySource } from "./log-delivery";
import { logGroup } from "./log-group";
import { metricAlarm } from "./metric-alarm";
import { natGateway } from "./nat-gateway";
import { route } from "./route";
import { routeTable } from "./route-table";
import { routeTableAssociation } from "./route-table-association";
import { route53Record } from "./route53-record";
import { route53Zone } from "./route53-zone";
import { s3Bucket } from "./s3-bucket";
import { s3BucketLifecycleConfiguration } from "./s3-bucket-lifecycle-configuration";
import { s3BucketLogging } from "./s3-bucket-logging";
import { s3BucketOwnershipControls } from "./s3-bucket-ownership-controls";
import { s3BucketPolicy } from "./s3-bucket-policy";
import { s3BucketPublicAccessBlock } from "./s3-bucket-public-access-block";
import { s3BucketServerSideEncryptionConfiguration } from "./s3-bucket-server-side-encryption-configuration";
import { s3BucketVersioning } from "./s3-bucket-versioning";
import { secretsmanagerSecret } from "./secretsmanager-secret";
import { secretsmanagerSecretPolicy } from "./secretsmanager-secret-policy";
import { securityGroup } from "./security-group";
import { egressRule, ingressRule } from "./security-group-rule";
import { snsTopic } from "./sns-topic";
import { snsTopicPolicy } from "./sns-topic-policy";
import { snsTopicSubscription } from "./sns-topic-subscription";
import { sqsQueue } from "./sqs-queue";
import { sqsQueuePolicy } from "./sqs-queue-policy";
import { sqsQueueRedriveAllowPolicy } from "./sqs-queue-redrive-allow-policy";
import { sqsQueueRedrivePolicy } from "./sqs-queue-redrive-policy";
import { ssmParameter } from "./ssm-parameter";
import { subnet } from "./subnet";
import { vpc } from "./vpc";
import { vpcEndpoint } from "./vpc-endpoint";

/** The AWS types whose behaviour is written down. */
export const awsBehaviours: readonly Behaviour[] = [
  acmCertificate,
  acmCertificateValidation,
  cloudfrontCachePolicy,
  cloudfrontDistribution,
  cloudfrontFunction,
  cloudfrontOriginAccessControl,
  cloudfrontResponseHeadersPolicy,
  dbInstance,
  dbParameterGroup,
  dbSubnetGroup,
  defaultSecurityGroup,
  ecrLifecyclePolicy,
  ecrRepository,
  ecrRepositoryPolicy,
  egressRule,
  eip,
  eksAccessEntry,
  eksAccessPolicyAssociation,
  eksAddon,
  eksCluster,
  eksNodeGroup,
  eksPodIdentityAssociation,
  elasticacheParameterGroup,
  elasticacheReplicationGroup,
  elasticacheSubnetGroup,
  elasticacheUser,
  elasticacheUserGroup,
  flowLog,
  iamOpenidConnectProvider,
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
  metricAlarm,
  natGateway,
  route,
  route53Record,
  route53Zone,
  routeTable,
  routeTableAssociation,
  s3Bucket,
  s3BucketLifecycleConfiguration,
  s3BucketLogging,
  s3BucketOwnershipControls,
  s3BucketPolicy,
  s3BucketPublicAccessBlock,
  s3BucketServerSideEncryptionConfiguration,
  s3BucketVersioning,
  secretsmanagerSecret,
  secretsmanagerSecretPolicy,
  securityGroup,
  snsTopic,
  snsTopicPolicy,
  snsTopicSubscription,
  sqsQueue,
  sqsQueuePolicy,
  sqsQueueRedriveAllowPolicy,
  sqsQueueRedrivePolicy,
  ssmParameter,
  subnet,
  vpc,
  vpcEndpoint,
];
