import { typeOf } from "../difference/root-document";

/** What is lost when an object of a type is destroyed or replaced: types that hold what nothing can make again. */
const HELD: Readonly<Record<string, string>> = {
  aws_backup_vault: "backups",
  aws_cloudwatch_log_group: "logs",
  aws_cognito_user_pool: "users",
  aws_db_instance: "data",
  aws_dynamodb_table: "data",
  aws_ebs_volume: "data",
  aws_ecr_repository: "images",
  aws_efs_file_system: "data",
  aws_eks_cluster: "everything that runs in it",
  aws_elasticache_replication_group: "cached data",
  aws_kms_key: "all that is encrypted with it",
  aws_opensearch_domain: "data",
  aws_rds_cluster: "data",
  aws_route53_zone: "names, and its name servers",
  aws_s3_bucket: "files",
  aws_secretsmanager_secret: "a secret",
  aws_sqs_queue: "messages",
  aws_vpc: "everything that stands in it",
  kubernetes_namespace_v1: "everything that runs in it",
  kubernetes_persistent_volume_claim_v1: "data",
};

/** What is lost with the object at an address, in words. @returns nothing when it can be made again as it was */
export function heldBy(address: string): string | undefined {
  return HELD[typeOf(address)];
}
