import { isObject } from "../../values/value";
import { awsRefusal, type Check, defineBehaviour, notUsedBy } from "../define";
import type { Instance } from "../instance";

const nameIsDomain: Check = (it) => {
  const name = it.text("name");
  if (name === undefined || /^[a-z0-9_-]+(\.[a-z0-9_-]+)*\.?$/i.test(name)) return;
  throw awsRefusal(it, {
    doing: "creating Route53 Hosted Zone",
    call: "Route 53: CreateHostedZone",
    code: "InvalidDomainName",
    message: `${name} is not a valid domain name`,
    fix: "Write a domain such as dev.example.com.",
    path: "name",
  });
};

/** Networks that a private zone is for. */
function networksOf(it: Instance): string[] {
  const networks = it.get("vpc");
  const blocks = Array.isArray(networks) ? networks.filter(isObject) : [];
  return blocks.map(({ vpc_id: id }) => id).filter((id) => typeof id === "string");
}

const networksExist: Check = Object.assign(
  (it: Instance): void => {
    const missing = networksOf(it).find((id) => it.find("aws_vpc", "id", id) === undefined);
    if (missing === undefined) return;
    throw awsRefusal(it, {
      doing: "creating Route53 Hosted Zone",
      call: "Route 53: CreateHostedZone",
      code: "InvalidVPCId",
      message: `The VPC: ${missing} you provided is not authorized to make the association.`,
      fix: "Apply the aws_vpc first, or correct vpc: nothing in this account has that id.",
      path: "vpc",
    });
  },
  { reads: [{ path: "vpc.vpc_id" }, { type: "aws_vpc", path: "id" }] },
);

const isEmptyZone = notUsedBy([{ type: "aws_route53_record", attribute: "zone_id" }], {
  doing: "deleting Route53 Hosted Zone",
  call: "Route 53: DeleteHostedZone",
  code: "HostedZoneNotEmpty",
  message: () => "The specified hosted zone contains non-required resource record sets and so cannot be deleted.",
});

export const route53Zone = defineBehaviour({
  type: "aws_route53_zone",
  id: (it) => `Z${it.capitals(20, "zone")}`,
  arn: (it) => `arn:aws:route53:::hostedzone/${it.id}`,
  defaults: { comment: "Managed by Terraform", force_destroy: false },
  replaceOn: ["name", "delegation_set_id"],
  computed: (it) => ({
    name_servers: [1, 2, 3, 4].map((server) => `ns-${it.digits(3, `${server}`)}.awsdns-${server}0.org`),
    primary_name_server: `ns-${it.digits(3, "1")}.awsdns-10.org`,
    vpc: networksOf(it).map(() => ({ vpc_region: it.place.region })),
    zone_id: it.id,
  }),
  validate: [nameIsDomain],
  checks: [networksExist],
  canDelete: [(it) => (it.isTrue("force_destroy") ? undefined : isEmptyZone(it))],
});
