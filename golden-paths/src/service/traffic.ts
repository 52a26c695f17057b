import { didYouMean, type Finding, order } from "@paved/model";

/** One permitted direction: `from` may open connections to `to` on `port`. */
export interface TrafficRule {
  readonly from: string;
  readonly to: string;
  readonly port: number;
  /** Whether both sides show each other certificates. @default false */
  readonly mutualTls?: boolean;
  /** Environment variables by which the caller finds it. */
  readonly variables: Readonly<Record<string, string>>;
}

/** A public path of a service. */
export interface Route {
  /** Path prefix, for example `/orders`. */
  readonly path: string;
  /** Where it is reached, for example `https://dev.example.com/orders`. */
  readonly url: string;
  readonly service: string;
}

/** Who may talk to whom and who is reached at which path, in one environment. */
export class TrafficLedger {
  private readonly rules: TrafficRule[] = [];
  private readonly routes: Route[] = [];

  allow(rule: TrafficRule): void {
    const known = this.rules.some(
      (other) => other.from === rule.from && other.to === rule.to && other.port === rule.port,
    );
    if (!known) this.rules.push(rule);
  }

  expose(route: Route): void {
    this.routes.push(route);
  }

  /** Rules by which the service may be called, sorted by caller. */
  into(service: string): readonly TrafficRule[] {
    return this.rules.filter((rule) => rule.to === service).toSorted((a, b) => (a.from < b.from ? -1 : 1));
  }

  /** Rules by which the service may call others, sorted by callee. */
  outOf(service: string): readonly TrafficRule[] {
    return this.rules.filter((rule) => rule.from === service).toSorted((a, b) => (a.to < b.to ? -1 : 1));
  }

  /** Environment variables by which the service finds those it may call. */
  variablesFor(service: string): Readonly<Record<string, string>> {
    return Object.assign({}, ...this.outOf(service).map((rule) => rule.variables)) as Record<string, string>;
  }

  routesOf(service: string): readonly Route[] {
    return this.routes.filter((route) => route.service === service);
  }

  /**
   * What is wrong between the services of the environment: PVD1009 circles of `allowFrom`, PVD1025 callers that are not
   * in the fleet.
   *
   * @param services the file of each service in the fleet, by name
   */
  findings(services: ReadonlyMap<string, string>): readonly Finding[] {
    return [...this.strangers(services), ...this.circles(services)];
  }

  private strangers(services: ReadonlyMap<string, string>): Finding[] {
    return this.rules
      .filter((rule) => !services.has(rule.from))
      .map((rule) => ({
        code: "PVD1025",
        where: `${services.get(rule.to)} allowFrom`,
        got: `the unknown service ${JSON.stringify(rule.from)}`,
        want: "a service of the fleet",
        fix: didYouMean(rule.from, [...services.keys()]),
      }));
  }

  private circles(services: ReadonlyMap<string, string>): Finding[] {
    const calls = new Map([...services.keys()].map((name) => [name, this.into(name).map((rule) => rule.from)]));
    const ordering = order(calls);
    if (!("circle" in ordering)) return [];
    const path = ordering.circle.toReversed();
    return [
      {
        code: "PVD1009",
        where: `${services.get(path[0] ?? "")} allowFrom`,
        got: `services that call each other: ${path.join(" → ")}`,
        want: "callers and callees without a circle, so that each can be released alone",
        fix: "drop one direction, or put an event between them",
      },
    ];
  }
}
