import { awsRefusal, type Check, defineBehaviour, notUsedBy } from "../define";

const isPublic: Check = (it) => {
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

export const route53Zone = defineBehaviour({
  type: "aws_route53_zone",
  id: (it) => `Z${it.capitals(20, "zone")}`,
  arn: (it) => `arn:aws:route53:::hostedzone/${it.id}`,
  defaults: { comment: "Managed by Terraform", force_destroy: false },
  replaceOn: ["name", "delegation_set_id"],
  computed: (it) => ({
    name_servers: [1, 2, 3, 4].map((server) => `ns-${it.digits(3, `${server}`)}.awsdns-${server}0.org`),
    primary_name_server: `ns-${it.digits(3, "1")}.awsdns-10.org`,
    zone_id: it.id,
  }),
  validate: [isPublic],
  canDelete: [
    notUsedBy([{ type: "aws_route53_record", attribute: "zone_id" }], {
      doing: "deleting Route53 Hosted Zone",
      call: "Route 53: DeleteHostedZone",
      code: "HostedZoneNotEmpty",
      message: () => "The specified hosted zone contains non-required resource record sets and so cannot be deleted.",
    }),
  ],
});
