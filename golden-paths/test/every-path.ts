import type { Environment } from "@paved/model";
import { App } from "cdktf";
import fc from "fast-check";
import {
  type GoldenPath,
  goldenPathId,
  serviceLevelObjectives,
  ServiceStack,
  TrafficLedger,
  type Workload,
} from "../src";
import { spoiled, untyped } from "./hostile-input";
import { buildService, dev, type FixtureOptions, only, orders, production, reviewed } from "./service-fixture";

/** How a golden path is tried. */
export interface Samples<Props, Path extends Workload> {
  /** Construct id. */
  readonly id: string;
  /** What a service file has to say, and nothing else. */
  readonly minimal: Props;
  readonly everything: Props;
  /** What is said of the largest form when it is built. @default - nothing */
  readonly also?: (path: Path) => void;
}

/**
 * Registers the tests that each golden path has to pass, whatever it is: snapshots of its smallest and its largest form,
 * the promises that all of them make, and that no input breaks it. Its own promises are tested beside.
 */
export function itIsAGoldenPath<Props extends object, Path extends Workload>(
  path: GoldenPath<Props>,
  { id, minimal, everything, also }: Samples<Props, Path>,
): void {
  const make = (props: Props, options: FixtureOptions<Workload>) =>
    buildService((stack) => new path.Construct(stack, id, props), options);
  const forms = {
    "nothing set": (environment: Environment) => make(minimal, { environment }),
    "everything set": (environment: Environment) =>
      make(everything, { environment, also: (built) => also?.(built as Path) }),
  };

  describe("as every golden path", () => {
    test("nothing set, in dev", () => {
      const built = forms["nothing set"](dev);
      expect(built.stack.addresses()).toMatchSnapshot("addresses");
      expect(reviewed(built)).toMatchSnapshot("manifests");
    });

    test("everything set, in production", () => {
      const built = forms["everything set"](production);
      expect(built.stack.addresses()).toMatchSnapshot("addresses");
      expect(reviewed(built)).toMatchSnapshot("manifests");
    });

    const cases = Object.entries(forms).flatMap(([form, build]) =>
      [dev, production].map((environment) => ({ form, environment, name: environment.name, build })),
    );

    test.each(cases)("$form, in $name: it says its version, and is watched", ({ environment, build }) => {
      const built = build(environment);
      expect(built.path.goldenPath).toBe(goldenPathId(path));
      expect(JSON.stringify(built.manifests).match(/"grafana_dashboard":"1"/g)).toHaveLength(1);
      const { spec } = only<{ spec: { groups: { rules: { alert?: string }[] }[] } }>(built, "PrometheusRule");
      expect(spec.groups.flatMap(({ rules }) => rules).filter(({ alert }) => alert !== undefined)).not.toHaveLength(0);
      expect(serviceLevelObjectives(built.path.observed)).not.toHaveLength(0);
      expect(built.path.catalogFacts().resources).not.toHaveLength(0);
    });

    const build = (props: unknown): void => {
      const traffic = new TrafficLedger();
      const digest = `sha256:${"a".repeat(64)}`;
      const stack = new ServiceStack(new App(), { environment: dev, service: orders, file: "f", digest, traffic });
      new path.Construct(stack, id, props as Props);
      stack.manifests();
    };

    test("what is right is accepted", () => {
      for (const right of [minimal, everything]) expect(untyped(() => build(right))).toBeUndefined();
    });

    test("whatever a service file says, it is built or refused in words", () => {
      fc.assert(
        fc.property(
          spoiled({ ...everything } as Readonly<Record<string, unknown>>, Object.keys(path.shape.shape)),
          (props) => {
            expect(untyped(() => build(props))).toBeUndefined();
          },
        ),
        { numRuns: 2500 },
      );
    }, 300_000);
  });
}
