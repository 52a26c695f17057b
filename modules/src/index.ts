export { ACCESS_LOG_PREFIXES, AccessLogs, accessLogsBucketName } from "./access-logs/access-logs";
export { Bucket, bucketContract, type BucketProps, type IBucket } from "./bucket/bucket";
export { Cache, type CacheProps } from "./cache/cache";
export { cacheContract } from "./cache/grant";
export { ClusterAccess, type ClusterAccessProps } from "./cluster/access";
export { ADD_ON_VERSIONS, type AddOnName } from "./cluster/add-on-versions";
export { Cluster, type ClusterProps } from "./cluster/cluster";
export { clusterName } from "./cluster/cluster-name";
export { MAX_PODS } from "./cluster/node-config";
export { NodeGroup, type NodeGroupOptions, type NodeGroupSize } from "./cluster/node-group";
export {
  consume,
  type Contract,
  type ContractFacts,
  type ContractFields,
  contractId,
  publish,
} from "./contract/contract";
export { type ContractLedger, contractLedger } from "./contract/ledger";
export { clusterContract, dnsContract, networkContract, platformContract } from "./contract/platform-contracts";
export { DATABASE_ACCESS_NAMESPACE, DatabaseAccessNamespace } from "./database/access-namespace";
export { accessSql, type DatabaseAccess, type DatabaseUser } from "./database/access-sql";
export { DatabaseAdministrator, type DatabaseAdministratorProps } from "./database/administrator";
export { databaseAuthority } from "./database/authority";
export { Database, type DatabaseProps } from "./database/database";
export { databaseUsers } from "./database/users";
export { databaseContract, type DatabaseGrant } from "./database/grant";
export { DEFAULT_POSTGRES_VERSION, type PostgresVersion } from "./database/versions";
export { DnsZone } from "./dns-zone/dns-zone";
export { gatewayHosts, grafanaHost, grpcHost } from "./dns-zone/gateway-hosts";
export { HostCertificate, type HostCertificateProps } from "./dns-zone/host-certificate";
export { EncryptionKey, type EncryptionKeyProps } from "./encryption-key/encryption-key";
export { type KeyUser } from "./encryption-key/key-policy";
export { RECEIVERS_SECRET, receiverSecrets } from "./helm-chart/addons/alertmanager";
export {
  APPLICATIONS_FOLDER,
  ARGO_CD_FINALIZER,
  ARGO_CD_NAMESPACE,
  argoCdBootstrap,
  finalizersOfPlatform,
  IN_CLUSTER,
  PLATFORM_PROJECT,
  RETRIED_WITHOUT_END,
} from "./helm-chart/addons/argo-cd-bootstrap";
export { syncWindows } from "./helm-chart/addons/sync-windows";
export { argoCd, type ArgoCdFacts } from "./helm-chart/addons/argo-cd";
export { awsLoadBalancerController, type RoutedFacts } from "./helm-chart/addons/aws-load-balancer-controller";
export { CERT_MANAGER_NAMESPACE, certManager } from "./helm-chart/addons/cert-manager";
export { AUTOSCALER_IMAGES, clusterAutoscaler } from "./helm-chart/addons/cluster-autoscaler";
export { cloudWatchExporter } from "./helm-chart/addons/cloudwatch-exporter";
export { type DnsFacts, externalDns } from "./helm-chart/addons/external-dns";
export { externalSecrets } from "./helm-chart/addons/external-secrets";
export { flux, type FluxFacts } from "./helm-chart/addons/flux";
export { fluxBootstrap, fluxGatewayKinds, RECONCILED } from "./helm-chart/addons/flux-bootstrap";
export {
  deliveryAccount,
  DELIVERIES,
  FLUX_NAMESPACE,
  KUSTOMIZATIONS_FOLDER,
  SERVICE_DELIVERY_ROLE,
} from "./helm-chart/addons/flux-names";
export { type DeliveredKind } from "./helm-chart/addons/flux-rights";
export { gatewayKinds } from "./helm-chart/addons/gateway-kinds";
export { METRICS_DAYS, type MonitoredFacts, type PlatformFacts, podLogGroup } from "./helm-chart/addons/facts";
export { GRAFANA, MONITORING_NAMESPACE } from "./helm-chart/addons/grafana";
export { keda } from "./helm-chart/addons/keda";
export { kubePrometheusStack } from "./helm-chart/addons/kube-prometheus-stack";
export { loadBalancerPolicy, type LoadBalancerScope } from "./helm-chart/addons/load-balancer-policy";
export { GATEWAY_NAMESPACE, PLATFORM_DELIVERS } from "./helm-chart/addons/platform-project";
export { podLogs } from "./helm-chart/addons/pod-logs";
export { metricsServer } from "./helm-chart/addons/metrics-server";
export { type ChartName, type ChartPin, CHARTS } from "./helm-chart/charts";
export { HelmChart, type HelmChartProps } from "./helm-chart/helm-chart";
export { type HelmValue, renderValues } from "./helm-chart/values";
export {
  PIPELINE_ROLES,
  type PipelineRole,
  pipelineRoleArn,
  ROLE_BOUNDARY,
  roleBoundaryArn,
} from "./iam/pipeline-role";
export { type PolicyConditions, type PolicyStatement } from "./iam/policy";
export { ServiceRole, type ServiceRoleProps } from "./iam/service-role";
export { ImageRepository, type ImageRepositoryProps } from "./image-repository/image-repository";
export { InfrastructureConfig, type InfrastructureConfigProps } from "./infrastructure-config/infrastructure-config";
export { variableOf } from "./infrastructure-config/variable";
export { LogGroup, type LogGroupProps } from "./log-group/log-group";
export { CORE_DNS, POD_IDENTITY_AGENT } from "./namespace/network-rules";
export { Namespace, type NamespaceProps } from "./namespace/namespace";
export { PlatformNamespace, type PlatformNamespaceProps } from "./namespace/platform-namespace";
export { type PodSecurityLevel, podSecurityLabels } from "./namespace/pod-security";
export { teamGroup } from "./namespace/team-access";
export { subnetsOf, type SubnetRanges } from "./network/cidr";
export { Network, type NetworkProps } from "./network/network";
export { FLEET_ACTIONS } from "./pipeline-access/actions/fleet-actions";
export { githubSubject } from "./pipeline-access/github-trust";
export { PipelineAccess, type PipelineAccessProps } from "./pipeline-access/pipeline-access";
export { type MessageHandling, type ResolvedHandling, resolveHandling } from "./queue/messages";
export { type IQueue, Queue, queueContract, type QueueProps } from "./queue/queue";
export { type QueueReference, queueReference } from "./queue/queue-reference";
export { type ISecret, Secret, secretContract, type SecretProps } from "./secret/secret";
export { secretReaderArn } from "./secret/secret-policy";
export { uncovered } from "./stack/coverage";
export { coveredBy, type CoveredElement } from "./stack/covered";
export { useHelm, useKubernetes } from "./stack/kubernetes";
export { STATE_STACK } from "./stack/state-encryption";
export { retiresEverything } from "./stack/address-records";
export { goldenPathOf, moduleOf, originOf, recordGoldenPath, recordOrigin, userLine } from "./stack/origin";
export { isOwnId } from "./stack/own-ids";
export { PavedStack, type PavedStackProps, stackOf } from "./stack/paved-stack";
export { perTree } from "./stack/per-tree";
export {
  allowReplace,
  forget,
  type Forgetting,
  handOver,
  type HandingOver,
  type Import,
  importExisting,
  renamedFrom,
  type Replacement,
  retire,
  type Retirement,
  takeOver,
  type TakingOver,
} from "./stack/record-verbs";
export { DefaultStorageClass } from "./storage-class/default-storage-class";
export { type ITopic, Topic, topicContract, type TopicProps } from "./topic/topic";
export { siteContract, Website, type WebsiteProps } from "./website/website";
export { contentSecurityPolicy } from "./website/security-headers";
export { type Grantee } from "./workload-identity/grantee";
export { UNRESTRICTABLE_ACTIONS } from "./workload-identity/unrestrictable";
export { WorkloadIdentity, type WorkloadIdentityProps } from "./workload-identity/workload-identity";
