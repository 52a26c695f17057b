import { asText, attached, shown, unless } from "./attributes";
import type { ResourceSubject, Violation } from "./rule";

/** The tiers of subnets, each with the attribute that names where its one route leads; intra subnets have none. */
export const TIERS = { public: "gateway_id", private: "nat_gateway_id", intra: undefined } as const;

/** A tier of subnets. */
export type Tier = keyof typeof TIERS;

/** What routes lead to. */
const TARGETS = { gateway_id: "aws_internet_gateway", nat_gateway_id: "aws_nat_gateway" } as const;

/** The subnets that a network tells the other stacks of, as addresses; what is no reference stays as it is written. */
function publishedSubnets(contract: string, tier: Tier): readonly string[] {
  const list = new RegExp(`"${tier}SubnetIds" = \\[([^\\]]*)\\]`).exec(contract)?.[1] ?? "";
  return list.split(",").map((each) => each.trim().replace(/\.id$/, ""));
}

/** What is wrong with where the traffic of a subnet goes. */
function wrongRoutes(subnet: ResourceSubject, tier: Tier): readonly Violation[] {
  const associations = attached(subnet, "aws_route_table_association", "subnet_id");
  const tables = subnet
    .siblings("aws_route_table")
    .filter((table) =>
      associations.some(({ attributes }) => attributes["route_table_id"] === `\${${table.address}.id}`),
    );
  const routes = tables.flatMap((table) => attached(table, "aws_route", "route_table_id"));
  const target = TIERS[tier];
  const [only] = routes;
  const leadsRight =
    target === undefined
      ? routes.length === 0
      : routes.length === 1 &&
        subnet.siblings(TARGETS[target]).some(({ address }) => only?.attributes[target] === `\${${address}.id}`);
  return [
    ...unless(tables.length === 1, `${subnet.address}, which is ${tier}, has ${tables.length} route tables`),
    ...unless(leadsRight, `${subnet.address}, which is ${tier}, leads to ${shown(only?.attributes ?? {})}`),
  ];
}

/** What is wrong with how a network's subnets are told apart. */
export function wrongTiers(vpc: ResourceSubject): readonly Violation[] {
  const called = new RegExp(`^/paved/${vpc.environment.name}/network/v\\d+$`);
  const contract = vpc.siblings("aws_ssm_parameter").find(({ attributes }) => called.test(asText(attributes["name"])));
  const text = asText(contract?.attributes["insecure_value"]);
  const subnets = new Map(vpc.siblings("aws_subnet").map((subnet) => [subnet.address, subnet]));
  const tiers = (Object.keys(TIERS) as Tier[]).map((tier) => [tier, publishedSubnets(text, tier)] as const);
  const all = tiers.flatMap(([, addresses]) => addresses);
  return [
    ...unless(new Set(all).size === all.length, "a subnet that is of two tiers"),
    ...tiers.flatMap(([tier, addresses]) =>
      addresses.flatMap((address) => {
        const subnet = subnets.get(address);
        return subnet === undefined ? [{ got: `${tier} subnet ${shown(address)}` }] : wrongRoutes(subnet, tier);
      }),
    ),
  ];
}
