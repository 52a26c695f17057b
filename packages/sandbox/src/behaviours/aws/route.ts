import { createHash } from "node:crypto";
import { awsRefusal, type Check, defineBehaviour, refers, unique } from "../define";
import type { Facts } from "../facts";

const WORDS = { doing: "creating EC2 Route", call: "EC2: CreateRoute" };

const DESTINATIONS = ["destination_cidr_block", "destination_ipv6_cidr_block", "destination_prefix_list_id"];

const TARGETS: readonly (readonly [attribute: string, type: string, code: string])[] = [
  ["gateway_id", "aws_internet_gateway", "InvalidGatewayID.NotFound"],
  ["nat_gateway_id", "aws_nat_gateway", "InvalidNatGatewayID.NotFound"],
];

function destination(it: Facts): string {
  return DESTINATIONS.map((name) => it.text(name)).find((value) => value !== undefined) ?? "";
}

const hasDestination: Check = (it) => {
  if (destination(it) !== "") return;
  const fix = `Set one of ${DESTINATIONS.join(", ")}.`;
  throw awsRefusal(it, { ...WORDS, code: "MissingParameter", message: "The request must contain a destination", fix });
};

const targetExists = TARGETS.map(([attribute, type, code]): Check => {
  const check = refers(attribute, type, {
    ...WORDS,
    code,
    message: (id) => `The ${attribute.replaceAll("_", " ")} '${id}' does not exist`,
  });
  return (it) => (it.text(attribute)?.startsWith("local") === true ? undefined : check(it));
});

export const route = defineBehaviour({
  type: "aws_route",
  id: (it) =>
    `r-${it.text("route_table_id")}${createHash("sha256").update(destination(it)).digest("hex").slice(0, 10)}`,
  replaceOn: ["route_table_id", ...DESTINATIONS],
  computed: () => ({ instance_id: "", instance_owner_id: "", origin: "CreateRoute", state: "active" }),
  checks: [
    hasDestination,
    refers("route_table_id", "aws_route_table", {
      ...WORDS,
      also: [["aws_vpc", "main_route_table_id"]],
      code: "InvalidRouteTableID.NotFound",
      message: (id) => `The routeTable ID '${id}' does not exist`,
    }),
    ...targetExists,
    unique(["route_table_id", ...DESTINATIONS], {
      ...WORDS,
      code: "RouteAlreadyExists",
      message: (it) =>
        `Route in Route Table (${it.text("route_table_id")}) with destination (${destination(it)}) already exists`,
    }),
  ],
  importIds: (it) => [`${it.text("route_table_id")}_${destination(it)}`],
});
