/** How to get out what objects of a type hold, as words that a command line follows. */
const WAYS: Readonly<Record<string, string>> = {
  aws_cloudwatch_log_group: "export what is to be kept (aws logs create-export-task)",
  aws_db_instance: "copy it (aws rds create-db-snapshot, and share the snapshot with another account)",
  aws_ecr_repository: "copy the images that run elsewhere, by digest",
  aws_eks_cluster: "nothing of it is kept: what runs in it is rendered from this repository",
  aws_elasticache_replication_group: "let it go, or copy it (aws elasticache create-snapshot)",
  aws_kms_key: "decrypt, or encrypt anew, what is kept elsewhere",
  aws_rds_cluster: "copy it (aws rds create-db-cluster-snapshot, and share the snapshot with another account)",
  aws_route53_zone: "have the zone above name other servers, or none",
  aws_s3_bucket: "copy the files (aws s3 sync)",
  aws_secretsmanager_secret: "set it again where it is needed",
  aws_sqs_queue: "let its consumers empty it",
  aws_vpc: "it goes when all that stands in it has gone",
  kubernetes_namespace_v1: "nothing of it is kept: what runs in it is rendered from this repository",
};

/** How to get out what an object of the type holds. */
export function wayOut(type: string): string {
  return WAYS[type] ?? "copy what is to be kept";
}
