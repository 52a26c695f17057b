import { type Edit, editsOf } from "../edit";

const policy = "policy" as const;

/** Unsafe edits of networks, clusters, namespaces, roles, sites and what installs add-ons. */
export const platformEdits: readonly Edit[] = [
  ...editsOf("modules/src/network/network.ts", [
    {
      what: "whatever starts in public subnets has a public address",
      from: "mapPublicIpOnLaunch: false",
      to: "mapPublicIpOnLaunch: true",
      caught: policy,
      by: "AWS-EC2-003",
    },
    {
      what: "flows of the network are not recorded",
      from: '    new FlowLogs(this, "flow-logs", { vpcId: this.vpcId });\n',
      to: "",
      caught: policy,
      by: "AWS-EC2-008",
    },
    {
      what: "the default security group stays open",
      from: '    new DefaultSecurityGroup(this, "default-security-group", { vpcId: this.vpcId, tags: this.named("closed") });\n',
      to: "",
      caught: policy,
      by: "AWS-EC2-007",
    },
  ]),
  ...editsOf("modules/src/network/flow-logs.ts", [
    {
      what: "what the network refused is not recorded",
      from: 'trafficType: "ALL"',
      to: 'trafficType: "ACCEPT"',
      caught: policy,
      by: "AWS-EC2-008",
    },
  ]),
  ...editsOf("modules/src/network/private-endpoints.ts", [
    {
      what: "calls to AWS leave by the public way",
      from: "privateDnsEnabled: true",
      to: "privateDnsEnabled: false",
      caught: policy,
      by: "AWS-EC2-010",
    },
    {
      what: "endpoints take every protocol",
      from: 'ipProtocol: "tcp"',
      to: 'ipProtocol: "-1"',
      caught: policy,
      by: "AWS-EC2-005",
    },
  ]),
  ...editsOf("modules/src/cluster/cluster.ts", [
    {
      what: "the API server is on the internet",
      from: "endpointPublicAccess: false",
      to: "endpointPublicAccess: true",
      caught: policy,
      by: "AWS-EKS-001",
    },
    {
      what: "secrets of the cluster are not encrypted",
      from: '      encryptionConfig: { resources: ["secrets"], provider: { keyArn: secretsKey.arn } },\n',
      to: "",
      caught: policy,
      by: "AWS-EKS-002",
    },
    {
      what: "the control plane keeps no audit log",
      from: '["api", "audit", "authenticator", "controllerManager", "scheduler"]',
      to: '["api"]',
      caught: policy,
      by: "AWS-EKS-003",
    },
    {
      what: "who made the cluster stays its administrator",
      from: "bootstrapClusterCreatorAdminPermissions: false",
      to: "bootstrapClusterCreatorAdminPermissions: true",
      caught: policy,
      by: "AWS-EKS-004",
    },
    {
      what: "everybody in the account rules the cluster",
      from: "principalArn: admins,",
      to: 'principalArn: "arn:aws:iam::111111111111:root",',
      caught: policy,
      by: "AWS-EKS-009",
    },
    {
      what: "nodes rule the account",
      from: '"AmazonEKSWorkerNodePolicy"',
      to: '"AdministratorAccess"',
      caught: policy,
      by: "AWS-IAM-007",
    },
    {
      what: "the cluster pays for extended support",
      from: 'supportType: "STANDARD"',
      to: 'supportType: "EXTENDED"',
      caught: policy,
      by: "AWS-EKS-005",
    },
  ]),
  ...editsOf("modules/src/cluster/node-group.ts", [
    {
      what: "pods reach the credentials of their node",
      from: 'httpTokens: "required"',
      to: 'httpTokens: "optional"',
      caught: policy,
      by: "AWS-EC2-001",
    },
    {
      what: "metadata of nodes is two hops away",
      from: "httpPutResponseHopLimit: 1",
      to: "httpPutResponseHopLimit: 2",
      caught: policy,
      by: "AWS-EC2-001",
    },
    {
      what: "nodes have public addresses",
      from: 'associatePublicIpAddress: "false"',
      to: 'associatePublicIpAddress: "true"',
      caught: policy,
      by: "AWS-EC2-003",
    },
    {
      what: "disks of nodes are not encrypted",
      from: 'encrypted: "true"',
      to: 'encrypted: "false"',
      caught: policy,
      by: "AWS-EC2-002",
    },
    {
      what: "every apply takes the autoscaler's nodes away, since the ignored attribute is none",
      from: '"scaling_config[0].desired_size"',
      to: '"scaling_config[0].desired"',
      caught: policy,
      by: "ROOT-006",
    },
    {
      what: "nodes keep an old template, since its newest version has another name",
      from: 'getStringAttribute("latest_version")',
      to: 'getStringAttribute("newest_version")',
      caught: policy,
      by: "AWS-EKS-013",
    },
  ]),
  ...editsOf("modules/src/cluster/add-ons.ts", [
    {
      what: "network policies are accepted, and not enforced",
      from: 'enableNetworkPolicy: "true",',
      to: 'enableNetworkPolicy: "false",',
      caught: policy,
      by: "AWS-EKS-011",
    },
  ]),
  ...editsOf("modules/src/workload-identity/pod-identity-trust.ts", [
    {
      what: "pods of any namespace take a service's role",
      from: '      "aws:RequestTag/kubernetes-namespace": namespace,\n',
      to: "",
      caught: policy,
      by: "AWS-IAM-006",
    },
  ]),
  ...editsOf("modules/src/namespace/namespace.ts", [
    {
      what: "services may run privileged pods",
      from: 'podSecurityLabels("restricted", ',
      to: 'podSecurityLabels("privileged", ',
      caught: policy,
      by: "K8S-NS-001",
    },
    {
      what: "every pod gets a token for the API",
      from: "automountServiceAccountToken: false",
      to: "automountServiceAccountToken: true",
      caught: policy,
      by: "K8S-NS-004",
    },
    {
      what: "a service may take all memory",
      from: '          "limits.memory": quota.memory,\n',
      to: "",
      caught: policy,
      by: "K8S-NS-003",
    },
    {
      what: "namespaces have no borders",
      from: '    new NetworkRules(this, "network", { namespace: this.name });\n',
      to: "",
      caught: policy,
      by: "K8S-NS-002",
    },
  ]),
  ...editsOf("modules/src/namespace/network-rules.ts", [
    {
      what: "what is not said gets in",
      from: 'policyTypes: ["Ingress", "Egress"]',
      to: 'policyTypes: ["Egress"]',
      caught: policy,
      by: "K8S-NS-002",
    },
  ]),
  ...editsOf("modules/src/namespace/team-access.ts", [
    {
      what: "teams read secrets",
      from: '      "configmaps",\n',
      to: '      "configmaps",\n      "secrets",\n',
      caught: policy,
      by: "K8S-NS-006",
    },
    {
      what: "teams run commands in pods",
      from: 'const READ = ["get", "list", "watch"];',
      to: 'const READ = ["get", "list", "watch", "create"];',
      caught: policy,
      by: "K8S-NS-006",
    },
    {
      what: "teams do everything with deployments",
      from: 'const READ = ["get", "list", "watch"];',
      to: 'const READ = ["*"];',
      caught: policy,
      by: "K8S-NS-005",
    },
  ]),
  ...editsOf("modules/src/website/website.ts", [
    {
      what: "sites are served over plain HTTP",
      from: '"redirect-to-https"',
      to: '"allow-all"',
      caught: policy,
      by: "AWS-CDN-001",
    },
    { what: "sites speak TLS 1.0", from: '"TLSv1.2_2021"', to: '"TLSv1"', caught: policy, by: "AWS-CDN-002" },
    {
      what: "files of sites are read unsigned",
      from: 'signingBehavior: "always"',
      to: 'signingBehavior: "never"',
      caught: policy,
      by: "AWS-CDN-003",
    },
  ]),
  ...editsOf("modules/src/website/security-headers.ts", [
    {
      what: "sites may be framed",
      from: '    frameOptions: { frameOption: "DENY", override: true },\n',
      to: "",
      caught: policy,
      by: "AWS-CDN-004",
    },
  ]),
  ...editsOf("modules/src/dns-zone/host-certificate.ts", [
    {
      what: "certificates are proved by mail",
      from: 'validationMethod: "DNS"',
      to: 'validationMethod: "EMAIL"',
      caught: policy,
      by: "AWS-ACM-001",
    },
  ]),
  ...editsOf("modules/src/helm-chart/charts.ts", [
    {
      what: "a chart comes over plain HTTP",
      from: "https://charts.external-secrets.io",
      to: "http://charts.external-secrets.io",
      caught: policy,
      by: "HELM-001",
    },
    {
      what: "a chart has no exact version",
      from: 'version: "2.9.0"',
      to: 'version: "~2.9"',
      caught: policy,
      by: "HELM-001",
    },
  ]),
  ...editsOf("modules/src/helm-chart/addons/grafana.ts", [
    {
      what: "whoever finds Grafana sees everything",
      from: '"auth.anonymous": { enabled: false }',
      to: '"auth.anonymous": { enabled: true }',
      caught: policy,
      by: "HELM-005",
    },
  ]),
  ...editsOf("modules/src/helm-chart/addons/alertmanager.ts", [
    {
      what: "alerts that no rotation is named in reach nobody",
      from: "      receiver: platform,\n",
      to: "      receiver: SEEN_ONLY,\n",
      caught: policy,
      by: "HELM-004",
    },
  ]),
  ...editsOf("modules/src/helm-chart/addons/external-dns.ts", [
    {
      what: "what writes names writes into every zone",
      from: 'actions: ["route53:ChangeResourceRecordSets"],\n    resources: zone',
      to: 'actions: ["route53:ChangeResourceRecordSets"],\n    resources: ["*"]',
      caught: "synth",
      by: "PVD1025",
    },
  ]),
  ...editsOf("modules/src/network/network.ts", [
    {
      what: "the subnets of all zones have one range",
      from: "cidrBlock: ranges[index]",
      to: "cidrBlock: ranges[0]",
      caught: "plan",
      by: "PVD2003",
    },
  ]),
  ...editsOf("modules/src/database/database.ts", [
    {
      what: "parameters are of another version than their database",
      from: "family: `postgres${version}`",
      to: 'family: "postgres13"',
      caught: "plan",
      by: "PVD2003",
    },
  ]),
  ...editsOf("stacks/src/platform/listeners.ts", [
    {
      what: "the gateway speaks plain HTTP",
      from: 'protocol: "HTTPS"',
      to: 'protocol: "HTTP"',
      caught: policy,
      by: "K8S-NET-006",
    },
    {
      what: "any service may answer at Grafana's host",
      from: "grafanaHost(environment), monitoring)",
      to: "grafanaHost(environment), SERVICES)",
      caught: policy,
      by: "K8S-NET-006",
    },
  ]),
  ...editsOf("stacks/src/platform/grafana.ts", [
    {
      what: "every pod may speak to Grafana",
      from: '{ namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": MONITORING_NAMESPACE } } }',
      to: "{ namespaceSelector: {} }",
      caught: policy,
      by: "K8S-NET-002",
    },
  ]),
  ...editsOf("modules/src/helm-chart/helm-chart.ts", [
    { what: "half an upgrade stays", from: "atomic: true", to: "atomic: false", caught: policy, by: "HELM-002" },
  ]),
  ...editsOf("golden-paths/src/delivery/application.ts", [
    {
      what: "teams deliver to every namespace",
      from: "destinations: services.map((namespace) => ({ server: IN_CLUSTER, namespace }))",
      to: 'destinations: [{ server: IN_CLUSTER, namespace: "*" }]',
      caught: policy,
      by: "K8S-DLV-007",
    },
    {
      what: "teams deliver from any repository",
      from: "sourceRepos: [environment.delivery.repository]",
      to: 'sourceRepos: ["*"]',
      caught: policy,
      by: "K8S-DLV-007",
    },
    {
      what: "teams deliver resources of the cluster",
      from: "clusterResourceWhitelist: []",
      to: 'clusterResourceWhitelist: [{ group: "*", kind: "*" }]',
      caught: policy,
      by: "K8S-DLV-007",
    },
    { what: "changes by hand stay", from: "selfHeal: true", to: "selfHeal: false", caught: policy, by: "K8S-DLV-008" },
  ]),
  ...editsOf("golden-paths/src/manifests/load-balancer.ts", [
    {
      what: "the load balancer speaks TLS 1.0",
      from: "ELBSecurityPolicy-TLS13-1-2-2021-06",
      to: "ELBSecurityPolicy-2016-08",
      caught: policy,
      by: "K8S-NET-007",
    },
  ]),
];
