import type { Environment, Finding } from "@paved/model";

/** What each environment has for itself: a mistake in one of them reaches no other. */
const OWN: Readonly<Record<string, (environment: Environment) => string>> = {
  account: ({ account }) => account,
  domain: ({ domain }) => domain,
  "state.bucket": ({ state }) => state.bucket,
};

/** PVD1002 for what an environment shares with an earlier one: account, domain, bucket of its state, range of its network. */
export function apart(environments: readonly Environment[]): readonly Finding[] {
  return environments.flatMap((environment, index) =>
    environments.slice(0, index).flatMap((earlier) => [
      ...Object.entries(OWN)
        .filter(([, of]) => of(environment) === of(earlier))
        .map(([field, of]) => shared(environment, earlier, field, of(environment))),
      ...(overlap(environment.network.cidr, earlier.network.cidr)
        ? [shared(environment, earlier, "network.cidr", environment.network.cidr)]
        : []),
    ]),
  );
}

function shared({ name }: Environment, earlier: Environment, field: string, value: string): Finding {
  return {
    code: "PVD1002",
    where: `environments/src/${name}.ts ${field}`,
    got: `${JSON.stringify(value)}, which ${earlier.name} has`,
    want: "one that no other environment has, nor a part of",
    fix: `give ${name} its own`,
  };
}

/** Whether two IPv4 ranges have an address in common: they begin alike as far as the shorter prefix goes. */
function overlap(one: string, other: string): boolean {
  const [a, b] = [bits(one), bits(other)];
  const length = Math.min(a.length, b.length);
  return a.slice(0, length) === b.slice(0, length);
}

/** The prefix of a range in bits: `10.0.0.0/8` is `00001010`. */
function bits(range: string): string {
  const [address = "", length] = range.split("/");
  const octets = address.split(".").map((octet) => Number(octet).toString(2).padStart(8, "0"));
  return octets.join("").slice(0, Number(length));
}
