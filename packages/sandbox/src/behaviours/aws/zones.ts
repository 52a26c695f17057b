const MORE_ZONES: Readonly<Record<string, string>> = {
  "us-east-1": "abcdef",
  "us-west-2": "abcd",
  "ap-northeast-1": "acd",
};

const DIRECTIONS: Readonly<Record<string, string>> = {
  central: "c",
  east: "e",
  north: "n",
  northeast: "ne",
  northwest: "nw",
  south: "s",
  southeast: "se",
  southwest: "sw",
  west: "w",
};

/** Names of the availability zones of a region. */
export function zonesOf(region: string): string[] {
  return [...(MORE_ZONES[region] ?? "abc")].map((letter) => `${region}${letter}`);
}

/** The zone's id, which unlike its name is the same in every account: `eu-west-1a` is `euw1-az1`. */
export function zoneId(zone: string): string {
  const region = zone.slice(0, -1);
  const [area = "", direction = "", number = ""] = region.split("-");
  return `${area}${DIRECTIONS[direction] ?? direction}${number}-az${zonesOf(region).indexOf(zone) + 1}`;
}
