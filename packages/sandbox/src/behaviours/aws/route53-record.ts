import { isEmpty } from "../../values/value";
import { awsRefusal, type Check, defineBehaviour, refers } from "../define";
import type { Facts } from "../facts";
import type { Instance } from "../instance";

const WORDS = { doing: "creating Route53 Record", call: "Route 53: ChangeResourceRecordSets" };
const bare = (name: string | undefined): string => (name ?? "").replace(/\.$/, "").toLowerCase();

function zoneOf(it: Instance): string {
  return bare(it.find("aws_route53_zone", "zone_id", it.text("zone_id"))?.text("name"));
}

/** The whole name: what is not below the zone's domain has it added. */
function fullName(zone: string, record: Facts): string {
  const name = bare(record.text("name"));
  if (name === "") return zone;
  return name === zone || name.endsWith(`.${zone}`) ? name : `${name}.${zone}`;
}

/** Records of the zone with the same name, other than this one. */
function namesakes(it: Instance): Facts[] {
  const zone = zoneOf(it);
  const name = fullName(zone, it);
  return it
    .all(it.type)
    .filter((other) => other.id !== it.prior?.id && other.text("zone_id") === it.text("zone_id"))
    .filter((other) => fullName(zone, other) === name);
}

function refuse(it: Instance, path: string, message: string, fix: string): never {
  throw awsRefusal(it, { ...WORDS, code: "InvalidChangeBatch", message, fix, path });
}

const pointsSomewhere: Check = (it) => {
  const [isAlias, hasRecords, hasTime] = ["alias", "records", "ttl"].map((path) => !isEmpty(it.get(path)));
  if (isAlias === hasRecords)
    refuse(it, "records", "one of `alias,records` must be specified", "Set records and ttl, or an alias.");
  if (hasTime === hasRecords) return;
  const message = hasRecords ? '"records": all of `records,ttl` must be specified' : '"alias": conflicts with ttl';
  refuse(it, hasRecords ? "records" : "ttl", message, hasRecords ? "Set ttl." : "Leave out ttl.");
};

const isFree: Check = Object.assign(
  (it: Instance): void => {
    if (it.isTrue("allow_overwrite")) return;
    const same = (path: string) => (other: Facts) => (other.text(path) ?? "") === (it.text(path) ?? "");
    if (!namesakes(it).filter(same("type")).some(same("set_identifier"))) return;
    const message = `Tried to create resource record set [name='${fullName(zoneOf(it), it)}.', type='${it.text("type")}'] but it already exists`;
    refuse(
      it,
      "type",
      message,
      "Choose another name, or import the existing one if this configuration should manage it.",
    );
  },
  { reads: ["zone_id", "name", "type", "set_identifier"].map((path) => ({ path })) },
);

const aliasNamesStandAlone: Check = (it) => {
  const [zone, isCanonical] = [zoneOf(it), it.text("type") === "CNAME"];
  const name = fullName(zone, it);
  if (isCanonical && name === zone) {
    const message = `RRSet of type CNAME with DNS name ${name}. is not permitted at apex in zone ${zone}.`;
    refuse(it, "type", message, "Use an alias of type A and AAAA for the zone's own name.");
  }
  const type = it.text("type");
  const other = namesakes(it).find(
    (record) => record.text("type") !== type && (isCanonical || record.text("type") === "CNAME"),
  );
  if (other === undefined) return;
  const message = `RRSet of type ${type} with DNS name ${name}. is not permitted as it conflicts with other records with the same DNS name in zone ${zone}.`;
  refuse(it, "type", message, `A CNAME is the only record of its name: remove ${other.id}, or choose another name.`);
};

export const route53Record = defineBehaviour({
  type: "aws_route53_record",
  id: (it) =>
    [it.text("zone_id"), bare(it.text("name")), it.text("type"), it.text("set_identifier")]
      .filter((part) => part !== undefined)
      .join("_"),
  replaceOn: ["name", "set_identifier", "type", "zone_id"],
  computed: (it) => ({ fqdn: fullName(zoneOf(it), it) }),
  validate: [pointsSomewhere],
  checks: [
    refers("zone_id", "aws_route53_zone", {
      ...WORDS,
      code: "NoSuchHostedZone",
      message: (id) => `No hosted zone found with ID: ${id}`,
      by: "zone_id",
    }),
    isFree,
    aliasNamesStandAlone,
  ],
});
