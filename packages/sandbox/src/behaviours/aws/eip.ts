import { defineBehaviour, notUsedBy } from "../define";
import type { Instance } from "../instance";

function publicIp(it: Instance): string {
  const bytes = [0, 1, 2].map((index) => Number.parseInt(it.hex(2, `ip ${index}`), 16));
  return `52.${bytes.join(".")}`;
}

export const eip = defineBehaviour({
  type: "aws_eip",
  id: (it) => it.ec2Id("eipalloc"),
  arn: (it) => it.arn("ec2", `elastic-ip/${it.id}`),
  defaults: { domain: "vpc" },
  replaceOn: ["domain", "customer_owned_ipv4_pool", "network_border_group", "public_ipv4_pool", "address"],
  computed: (it) => {
    const address = publicIp(it);
    return {
      allocation_id: it.id,
      association_id: "",
      carrier_ip: "",
      customer_owned_ip: "",
      network_border_group: it.place.region,
      private_dns: "",
      private_ip: "",
      ptr_record: "",
      public_dns: `ec2-${address.replaceAll(".", "-")}.${it.place.region}.compute.amazonaws.com`,
      public_ip: address,
      public_ipv4_pool: "amazon",
    };
  },
  canDelete: [
    notUsedBy([{ type: "aws_nat_gateway", attribute: "allocation_id" }], {
      doing: "releasing EC2 EIP",
      call: "EC2: ReleaseAddress",
      code: "InvalidIPAddress.InUse",
      message: (it) => `Address with allocation id [${it.id}] cannot be released since it is in use`,
    }),
  ],
});
