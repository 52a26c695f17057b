import type { PolicyConditions, PolicyStatement } from "../../iam/policy";

/** Which network and account the controller works in. */
export interface LoadBalancerScope {
  readonly account: string;
  readonly region: string;
  readonly vpcId: string;
}

/** The controller tags what it makes; it may change only what bears the tag. */
const TAG = "elbv2.k8s.aws/cluster";
const bears: PolicyConditions = { Null: { [`aws:ResourceTag/${TAG}`]: "false" } };
const willBear: PolicyConditions = { Null: { [`aws:RequestTag/${TAG}`]: "false" } };
const bearsAndKeeps: PolicyConditions = {
  Null: { [`aws:RequestTag/${TAG}`]: "true", [`aws:ResourceTag/${TAG}`]: "false" },
};

const of = (service: string, ...verbs: string[]) => verbs.map((verb) => `${service}:${verb}`);

/**
 * What the AWS Load Balancer Controller may do: the policy it publishes (v3.5.0, docs/install/iam_policy.json), with two
 * changes that only take away. Where it says every resource, and IAM can name them, this names the account, region and
 * kind (checkov CKV_AWS_290, CKV_AWS_355). What the values turn off (WAF Classic, Shield, Cognito, IAM certificates) is
 * left out.
 */
export function loadBalancerPolicy({ account, region, vpcId }: LoadBalancerScope): readonly PolicyStatement[] {
  const ec2 = (resource: string) => `arn:aws:ec2:${region}:${account}:${resource}`;
  const elb = (resource: string) => `arn:aws:elasticloadbalancing:${region}:${account}:${resource}`;
  const groups = [ec2("security-group/*")];
  const balancers = [elb("loadbalancer/app/*/*"), elb("loadbalancer/net/*/*")];
  const targets = [elb("targetgroup/*/*")];
  const listeners = [elb("listener/app/*/*/*"), elb("listener/net/*/*/*")];
  const rules = [elb("listener-rule/app/*/*/*/*"), elb("listener-rule/net/*/*/*/*")];
  const lb = (...verbs: string[]) => of("elasticloadbalancing", ...verbs);
  return [
    ...look(region, account, vpcId),
    {
      actions: ["iam:CreateServiceLinkedRole"],
      resources: [`arn:aws:iam::${account}:role/aws-service-role/elasticloadbalancing.amazonaws.com/*`],
      conditions: { StringEquals: { "iam:AWSServiceName": "elasticloadbalancing.amazonaws.com" } },
    },
    { actions: ["ec2:CreateSecurityGroup"], resources: [...groups, ec2(`vpc/${vpcId}`)] },
    {
      actions: ["ec2:CreateTags"],
      resources: groups,
      conditions: { StringEquals: { "ec2:CreateAction": "CreateSecurityGroup" }, ...willBear },
    },
    { actions: of("ec2", "CreateTags", "DeleteTags"), resources: groups, conditions: bearsAndKeeps },
    // Also groups it did not make: the cluster's, to let load balancers reach pods.
    { actions: of("ec2", "AuthorizeSecurityGroupIngress", "RevokeSecurityGroupIngress"), resources: groups },
    { actions: ["ec2:DeleteSecurityGroup"], resources: groups, conditions: bears },
    {
      actions: lb("CreateLoadBalancer", "CreateTargetGroup"),
      resources: [...balancers, ...targets],
      conditions: willBear,
    },
    {
      actions: lb("CreateListener", "DeleteListener", "CreateRule", "DeleteRule"),
      resources: [...balancers, ...listeners, ...rules],
    },
    { actions: lb("AddTags", "RemoveTags"), resources: [...balancers, ...targets], conditions: bearsAndKeeps },
    { actions: lb("AddTags", "RemoveTags"), resources: [...listeners, ...rules] },
    {
      actions: lb("AddTags"),
      resources: [...balancers, ...targets],
      conditions: {
        StringEquals: { "elasticloadbalancing:CreateAction": ["CreateTargetGroup", "CreateLoadBalancer"] },
        ...willBear,
      },
    },
    {
      actions: lb(
        "DeleteLoadBalancer",
        "DeleteTargetGroup",
        "ModifyCapacityReservation",
        "ModifyIpPools",
        "ModifyListenerAttributes",
        "ModifyLoadBalancerAttributes",
        "ModifyTargetGroup",
        "ModifyTargetGroupAttributes",
        "SetIpAddressType",
        "SetSecurityGroups",
        "SetSubnets",
      ),
      resources: [...balancers, ...targets, ...listeners],
      conditions: bears,
    },
    { actions: lb("RegisterTargets", "DeregisterTargets"), resources: targets },
    {
      actions: lb(
        "AddListenerCertificates",
        "ModifyListener",
        "ModifyRule",
        "RemoveListenerCertificates",
        "SetRulePriorities",
        "SetWebAcl",
      ),
      resources: [...balancers, ...listeners, ...rules],
    },
    {
      actions: of("wafv2", "AssociateWebACL", "DisassociateWebACL", "GetWebACL", "GetWebACLForResource"),
      resources: [`arn:aws:wafv2:${region}:${account}:regional/webacl/*/*`, elb("loadbalancer/app/*/*")],
    },
  ];
}

/** Reading what is there; EC2 and load balancing cannot restrict these. */
function look(region: string, account: string, vpcId: string): PolicyStatement[] {
  const ec2 = [
    "AccountAttributes",
    "Addresses",
    "AvailabilityZones",
    "CoipPools",
    "Instances",
    "InternetGateways",
    "IpamPools",
    "NetworkInterfaces",
    "RouteTables",
    "SecurityGroups",
    "Subnets",
    "Tags",
    "VpcPeeringConnections",
    "Vpcs",
  ];
  const elb = [
    "CapacityReservation",
    "ListenerAttributes",
    "ListenerCertificates",
    "Listeners",
    "LoadBalancerAttributes",
    "LoadBalancers",
    "Rules",
    "SSLPolicies",
    "Tags",
    "TargetGroupAttributes",
    "TargetGroups",
    "TargetHealth",
    "TrustStores",
  ];
  const describe = (service: string, things: readonly string[]) => things.map((thing) => `${service}:Describe${thing}`);
  return [
    {
      actions: [...describe("ec2", ec2), ...describe("elasticloadbalancing", elb), "acm:ListCertificates"],
      resources: ["*"],
    },
    { actions: ["acm:DescribeCertificate"], resources: [`arn:aws:acm:${region}:${account}:certificate/*`] },
    {
      actions: ["ec2:GetSecurityGroupsForVpc"],
      resources: [`arn:aws:ec2:${region}:${account}:vpc/${vpcId}`],
    },
    { actions: ["ec2:GetCoipPoolUsage"], resources: [`arn:aws:ec2:${region}:${account}:coip-pool/*`] },
  ];
}
