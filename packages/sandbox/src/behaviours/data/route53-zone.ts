import { Refusal } from "../../protocol/diagnostics";
import type { Facts } from "../facts";
import { defineData, type Query } from "./define";

const bare = (name: string | undefined): string | undefined => name?.replace(/\.$/, "").toLowerCase();

function isAskedFor(zone: Facts, query: Query): boolean {
  const id = query.text("zone_id");
  if (id !== undefined) return zone.text("zone_id") === id;
  const networks = Array.isArray(zone.get("vpc")) ? (zone.get("vpc") as unknown[]) : [];
  const isPrivate = networks.length > 0;
  return bare(zone.text("name")) === bare(query.text("name")) && isPrivate === query.isTrue("private_zone");
}

export const route53Zone = defineData({
  type: "aws_route53_zone",
  read: (query) => {
    const asked = query.text("zone_id") ?? query.text("name");
    const path = query.text("zone_id") === undefined ? "name" : "zone_id";
    if (asked === undefined) {
      throw new Refusal("one of `zone_id,name,vpc_id,tags` must be specified", "Set name to that of the zone.");
    }
    const [found, ...others] = query.candidates.filter((zone) => isAskedFor(zone, query));
    if (found === undefined) {
      const detail = `No applied zone is ${asked}${query.isTrue("private_zone") ? " and private" : ""}. Apply the stack that makes it first, or correct ${path}.`;
      throw new Refusal("no matching Route 53 Hosted Zone found", detail, [path]);
    }
    if (others.length > 0) {
      const detail = `${others.length + 1} zones are called ${asked}: name one by its zone_id.`;
      throw new Refusal("multiple Route 53 Hosted Zones matched", detail, [path]);
    }
    return {
      ...found.values,
      caller_reference: "",
      linked_service_description: "",
      linked_service_principal: "",
      private_zone: query.isTrue("private_zone"),
      // The two that a zone is made with: its name servers and its authority.
      resource_record_set_count:
        2 + query.all("aws_route53_record").filter((record) => record.text("zone_id") === found.text("zone_id")).length,
    };
  },
});
