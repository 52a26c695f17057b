import type { Finding } from "@paved/model";
import { judgeStack } from "@paved/policy";
import type { Fleet, FleetStack } from "../workspace/fleet";
import { foreignFinding } from "./read-foreign";
import {
  chartOf,
  engineSettings,
  providerSettings,
  providersOf,
  releasesOf,
  type TrustedSettings,
  trustedSettings,
  typesOf,
} from "./trusted-settings";

type Root = Readonly<Record<string, unknown>>;

/**
 * What of a fleet that is not trusted may not be handed to OpenTofu: a plan runs what providers, data sources and their
 * settings tell it to. Its values may be whatever they are; where it reaches, and with which programs, has to be as the
 * trusted fleet says.
 *
 * @returns PVD7002 for each, and what synth itself would have refused
 */
export function judgeForeign(foreign: Fleet, trusted: Fleet): readonly Finding[] {
  const settings = trustedSettings(trusted);
  const environments = new Map(trusted.index.environments.map((each) => [each.name, each.account]));
  return foreign.stacks.flatMap((stack) => {
    if (!environments.has(stack.environment))
      return [foreignFinding(stack.name, "another environment", [...environments.keys()].join(", "))];
    const json = JSON.parse(stack.json) as Root;
    return [
      ...judgeStack({ name: stack.name, elements: elementsOf(stack), json }),
      ...judgeRoot(stack, json, settings),
    ];
  });
}

function elementsOf({ elements }: FleetStack) {
  return Object.entries(elements).map(([address, { path, source }]) => ({ address, path, source }));
}

function judgeRoot(stack: FleetStack, root: Root, trusted: TrustedSettings): readonly Finding[] {
  const { name, environment } = stack;
  const refuse = (got: string, want: string): Finding => foreignFinding(name, got, want);
  const engine = trusted.engine.get(environment);
  const configured = trusted.configured.get(environment);
  const releases = releasesOf(root);
  const foreignArguments = releases.flatMap((release) =>
    Object.keys(release).filter((argument) => !trusted.releaseArguments.has(argument)),
  );
  return [
    ...typesOf(root)
      .filter((type) => !trusted.types.has(type))
      .map((type) => refuse(`a ${type}`, "types that the fleet has already")),
    ...providersOf(root)
      .filter((provider) => !trusted.providers.has(provider))
      .map((provider) => refuse(`the provider ${provider}`, "providers and versions that the fleet has already")),
    ...(engine?.has(engineSettings(root, stack)) === true
      ? []
      : [refuse("another backend, or other settings of OpenTofu", `those of ${environment}`)]),
    ...providerSettings(root)
      .filter((each) => configured?.has(each) !== true)
      .map((each) => refuse(`another configuration of ${each.split(" ")[0]}`, `that of ${environment}`)),
    ...releases
      .map(chartOf)
      .filter((chart) => !trusted.charts.has(chart))
      .map((chart) => refuse(`the chart ${chart}`, "charts and versions that the fleet has already")),
    ...foreignArguments.map((argument) =>
      refuse(`${argument} of a helm_release`, "arguments that releases have already"),
    ),
  ];
}
