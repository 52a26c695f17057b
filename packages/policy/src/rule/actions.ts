/** Whether an action as a statement has it, wildcards and all, includes an action; IAM does not tell cases apart. */
export function includesAction(written: string, action: string): boolean {
  const pattern = written.replaceAll(/[^\w*?]/g, "\\$&").replaceAll(/[*?]+/g, wildcards);
  return new RegExp(`^${pattern}$`, "i").test(action);
}

/** One pattern for wildcards side by side: one for each would be tried in every way there is, which takes years. */
function wildcards(run: string): string {
  return `.{${run.replaceAll("*", "").length}${run.includes("*") ? "," : ""}}`;
}

/**
 * Services whose every action that changes something changes who may do what. Source: AWS service authorization
 * reference, access level "Permissions management".
 */
const OF_RIGHTS = /^(account|iam|identitystore|organizations|ram|rolesanywhere|sso|sso-directory):/i;

const HARMLESS = /^[a-z-]+:(get|list|describe|search|simulate|generate|passrole$|createservicelinkedrole$)/i;

/**
 * Actions of other services by which a role gains rights it was not given: it writes who may reach a thing, or has
 * something act that holds another role. Sources: AWS service authorization reference, access level "Permissions
 * management"; pathfinding.cloud and Rhino Security Labs, "AWS IAM privilege escalation", as cloudsplaining lists them
 * (CKV_AWS_286, CKV_AWS_289).
 */
const GAINING: Readonly<Record<string, readonly string[]>> = {
  "acm-pca": ["CreatePermission", "PutPolicy"],
  apprunner: ["CreateService"],
  backup: ["PutBackupVaultAccessPolicy"],
  cloudformation: [
    "CreateChangeSet",
    "CreateStack",
    "CreateStackInstances",
    "CreateStackSet",
    "ExecuteChangeSet",
    "SetStackPolicy",
    "UpdateStack",
    "UpdateStackSet",
  ],
  codebuild: ["CreateProject", "PutResourcePolicy", "StartBuild", "StartBuildBatch", "UpdateProject"],
  dynamodb: ["PutResourcePolicy"],
  ec2: [
    "AssociateIamInstanceProfile",
    "CreateLaunchTemplateVersion",
    "CreateNetworkInterfacePermission",
    "GetPasswordData",
    "ModifyImageAttribute",
    "ModifyInstanceAttribute",
    "ModifyLaunchTemplate",
    "ModifySnapshotAttribute",
    "ModifyVpcEndpointServicePermissions",
    "ReplaceIamInstanceProfileAssociation",
    "RequestSpotInstances",
    "RunInstances",
  ],
  "ec2-instance-connect": ["SendSSHPublicKey", "SendSerialConsoleSSHPublicKey"],
  ecr: ["DeleteRepositoryPolicy", "PutRegistryPolicy", "SetRepositoryPolicy"],
  ecs: ["CreateService", "ExecuteCommand", "RegisterTaskDefinition", "RunTask", "StartTask", "UpdateService"],
  eks: [
    "AssociateAccessPolicy",
    "AssociateIdentityProviderConfig",
    "CreateAccessEntry",
    "CreatePodIdentityAssociation",
    "UpdateAccessEntry",
    "UpdateClusterConfig",
    "UpdatePodIdentityAssociation",
  ],
  elasticfilesystem: ["PutFileSystemPolicy"],
  events: ["PutPermission"],
  glue: ["CreateDevEndpoint", "CreateJob", "PutResourcePolicy", "UpdateDevEndpoint", "UpdateJob"],
  kms: ["CreateGrant", "PutKeyPolicy"],
  lambda: [
    "AddLayerVersionPermission",
    "AddPermission",
    "CreateFunction",
    "CreateFunctionUrlConfig",
    "PutResourcePolicy",
    "RemovePermission",
    "UpdateFunctionCode",
    "UpdateFunctionConfiguration",
    "UpdateFunctionUrlConfig",
  ],
  logs: ["PutDestinationPolicy", "PutResourcePolicy"],
  rds: ["ModifyDBClusterSnapshotAttribute", "ModifyDBSnapshotAttribute"],
  s3: [
    "DeleteBucketPolicy",
    "PutAccessPointPolicy",
    "PutAccountPublicAccessBlock",
    "PutBucketAcl",
    "PutBucketOwnershipControls",
    "PutBucketPolicy",
    "PutBucketPublicAccessBlock",
    "PutObjectAcl",
    "PutObjectVersionAcl",
  ],
  sagemaker: [
    "CreateNotebookInstance",
    "CreatePresignedNotebookInstanceUrl",
    "CreateProcessingJob",
    "CreateTrainingJob",
  ],
  secretsmanager: ["DeleteResourcePolicy", "PutResourcePolicy"],
  sns: ["AddPermission", "RemovePermission", "SetTopicAttributes"],
  sqs: ["AddPermission", "RemovePermission", "SetQueueAttributes"],
  ssm: [
    "CreateAssociation",
    "ModifyDocumentPermission",
    "PutResourcePolicy",
    "ResumeSession",
    "SendCommand",
    "StartAutomationExecution",
    "StartSession",
  ],
  sts: ["GetFederationToken"],
};

const GAINING_NAMES = Object.entries(GAINING).flatMap(([service, names]) => names.map((name) => `${service}:${name}`));

/** Whether an action as a statement has it lets its role gain rights that it was not given. */
export function gainsRights(written: string): boolean {
  const ofRights = OF_RIGHTS.test(written) && !HARMLESS.test(written);
  return ofRights || GAINING_NAMES.some((name) => includesAction(written, name));
}
