import { defineBehaviour, refers, unique } from "../define";

const WORDS = { doing: "creating Route53 Record", call: "Route 53: ChangeResourceRecordSets" };

export const route53Record = defineBehaviour({
  type: "aws_route53_record",
  id: (it) =>
    [it.text("zone_id"), it.text("name")?.replace(/\.$/, ""), it.text("type"), it.text("set_identifier")]
      .filter((part) => part !== undefined)
      .join("_"),
  replaceOn: ["name", "set_identifier", "type", "zone_id"],
  computed: (it) => ({ fqdn: it.text("name")?.replace(/\.$/, "") ?? "" }),
  checks: [
    refers("zone_id", "aws_route53_zone", {
      ...WORDS,
      code: "NoSuchHostedZone",
      message: (id) => `No hosted zone found with ID: ${id}`,
      by: "zone_id",
    }),
    unique(["zone_id", "name", "type", "set_identifier"], {
      ...WORDS,
      code: "InvalidChangeBatch",
      message: (it) =>
        `Tried to create resource record set [name='${it.text("name")}.', type='${it.text("type")}'] but it already exists`,
    }),
  ],
});
