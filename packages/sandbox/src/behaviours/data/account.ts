import { zoneId, zonesOf } from "../aws/zones";
import { defineData } from "./define";

export const callerIdentity = defineData({
  type: "aws_caller_identity",
  read: ({ place: { account } }) => ({
    account_id: account,
    arn: `arn:aws:iam::${account}:user/sandbox`,
    id: account,
    user_id: "AIDASANDBOX0000000000",
  }),
});

export const partition = defineData({
  type: "aws_partition",
  read: () => ({ dns_suffix: "amazonaws.com", id: "aws", partition: "aws", reverse_dns_prefix: "com.amazonaws" }),
});

export const region = defineData({
  type: "aws_region",
  read: (query) => {
    const name = query.text("region") ?? query.text("name") ?? query.place.region;
    return { description: name, endpoint: `ec2.${name}.amazonaws.com`, id: name, name, region: name };
  },
});

export const availabilityZones = defineData({
  type: "aws_availability_zones",
  read: (query) => {
    const excluded = new Set([...query.texts("exclude_names"), ...query.texts("exclude_zone_ids")]);
    const names = zonesOf(query.place.region).filter((zone) => !excluded.has(zone) && !excluded.has(zoneId(zone)));
    return { group_names: [query.place.region], id: query.place.region, names, zone_ids: names.map(zoneId) };
  },
});
