import type { ReleasedEnvironment } from "@paved/environments";
import { claimsLedger, type Manifest, ServiceStack, TrafficLedger } from "@paved/golden-paths";
import {
  delivererOf,
  type Environment,
  type Finding,
  Findings,
  imageReaders,
  imageSources,
  inServiceFile,
  type ServiceMetadata,
  unreachable,
} from "@paved/model";
import {
  APPLICATIONS_FOLDER,
  contractLedger,
  grafanaHost,
  grpcHost,
  KUSTOMIZATIONS_FOLDER,
  type PavedStack,
} from "@paved/modules";
import type { App } from "cdktf";
import { buildService } from "./build-service";
import { wrongConsent } from "./deviation-consent";
import { applicationManifests } from "./platform/applications";
import { kustomizationManifests } from "./platform/kustomizations";
import { AccessStack } from "./platform/access-stack";
import { ClusterStack } from "./platform/cluster-stack";
import { platformManifests } from "./platform/delivery";
import { NetworkStack } from "./platform/network-stack";
import { PlatformStack } from "./platform/platform-stack";
import { StateStack } from "./platform/state-stack";
import type { LoadedService } from "./services";
import { unshared } from "./sharing";

/** Manifests of one delivery unit: what Argo CD syncs as one application, or Flux as one Kustomization. */
export interface Delivery {
  readonly environment: string;
  /** Service name, or `platform`. */
  readonly name: string;
  readonly manifests: readonly Manifest[];
}

/** Everything that is declared, as a construct tree and the manifests beside it. */
export interface Fleet {
  readonly environments: readonly Environment[];
  readonly services: readonly LoadedService[];
  readonly stacks: readonly PavedStack[];
  readonly deliveries: readonly Delivery[];
  /** What would be delivered of services that wait for an image: checked, and written nowhere. */
  readonly held: readonly Delivery[];
}

/**
 * Builds every stack of every environment: state, access, network, cluster, platform, then one a service.
 * @param findings of services that could not be loaded: with some missing, nothing is said of what is between services
 * @throws PavedError whatever is wrong in any service and between services, of all environments at once
 */
export function buildFleet(
  app: App,
  environments: readonly ReleasedEnvironment[],
  services: readonly LoadedService[],
  findings = new Findings(),
): Fleet {
  const whole = findings.isEmpty;
  keepHosts(app, environments);
  const all = environments.map(({ environment }) => environment);
  const built = environments.map((released) => buildEnvironment(app, released, all, services, findings));
  if (whole) for (const finding of betweenServices(app, built, services)) findings.add(finding);
  const deliveries = built.flatMap(({ deliver }) => deliver(findings));
  const held = built.flatMap(({ hold }) => hold(findings));
  findings.throwIfAny();
  return {
    environments: all,
    services,
    stacks: built.flatMap(({ stacks }) => stacks),
    deliveries,
    held,
  };
}

function betweenServices(
  app: App,
  built: readonly BuiltEnvironment[],
  services: readonly LoadedService[],
): readonly Finding[] {
  const files = new Map(services.map(({ definition, file }) => [definition.metadata.name, file]));
  const own = built.flatMap(({ stacks }) => stacks).filter((stack) => stack instanceof ServiceStack);
  return [
    ...built.flatMap(({ traffic }) => traffic.findings(files)),
    ...contractLedger(app).findings(),
    ...claimsLedger(app).findings(files),
    ...wrongConsent(own),
    ...unshared(own, contractLedger(app)),
  ];
}

/** Hosts that are the platform's own, in whichever environment a site asks for them. */
function keepHosts(app: App, environments: readonly ReleasedEnvironment[]): void {
  const claims = claimsLedger(app);
  for (const { environment } of environments) {
    claims.reserve(environment.domain, `the environment ${environment.name}`);
    claims.reserve(grafanaHost(environment), "Grafana");
    claims.reserve(grpcHost(environment), "the platform");
  }
}

interface BuiltEnvironment {
  readonly traffic: TrafficLedger;
  readonly stacks: readonly PavedStack[];
  /** Renders the manifests, once all services have said what they want. */
  readonly deliver: (findings: Findings) => readonly Delivery[];
  /** The same for services that wait for an image. */
  readonly hold: (findings: Findings) => readonly Delivery[];
}

/** What tells whatever delivers there what to deliver. */
function told(environment: Environment, services: readonly ServiceMetadata[]): Pick<Delivery, "name" | "manifests"> {
  return delivererOf(environment) === "flux"
    ? { name: KUSTOMIZATIONS_FOLDER, manifests: kustomizationManifests(environment, services) }
    : { name: APPLICATIONS_FOLDER, manifests: applicationManifests(environment, services) };
}

function buildEnvironment(
  app: App,
  released: ReleasedEnvironment,
  all: readonly Environment[],
  services: readonly LoadedService[],
  findings: Findings,
): BuiltEnvironment {
  const { environment, releases } = released;
  const traffic = new TrafficLedger();
  const sources = imageSources(all, environment.name);
  const readers = imageReaders(all, environment.name);
  const makers: readonly (() => PavedStack)[] = [
    () => new AccessStack(app, environment, sources),
    ...[NetworkStack, ClusterStack, PlatformStack].map((Stack) => () => new Stack(app, environment)),
  ];
  const platform = makers.flatMap((make) => findings.collect(make) ?? []);
  const own = services.flatMap((loaded) => {
    const { definition, file } = loaded;
    const { name, onCall } = definition.metadata;
    const alerted = { rotation: onCall, where: `${environment.name}-${name} onCall`, source: file };
    for (const finding of unreachable(environment, alerted)) findings.add(finding);
    const digest = releases[name];
    const stack = findings.collect(
      () =>
        new ServiceStack(app, {
          environment,
          service: definition.metadata,
          file,
          digest,
          traffic,
          imageReaders: readers,
        }),
    );
    if (stack === undefined) return [];
    const built = findings.collect(() => {
      buildService(loaded, stack);
      return [stack];
    });
    return built ?? [];
  });
  const state = findings.collect(() => [new StateStack(app, environment, [...platform, ...own])]) ?? [];
  return {
    traffic,
    stacks: [...state, ...platform, ...own],
    hold: (rendering) =>
      own.map((stack) => ({
        environment: environment.name,
        name: stack.service.name,
        manifests: rendering.collect(() => inServiceFile(stack.file, () => stack.heldManifests())) ?? [],
      })),
    deliver: (rendering) => {
      const rendered = own.map((stack) => {
        const manifests = rendering.collect(() => inServiceFile(stack.file, () => stack.manifests()));
        return { stack, manifests: manifests ?? [] };
      });
      const services = rendered.map(({ stack: { service }, manifests }) => ({
        environment: environment.name,
        name: service.name,
        manifests: manifests.filter(({ metadata }) => metadata.namespace === service.name),
      }));
      // A team's project reaches its own namespaces; what stands beside the platform's goes with the platform.
      const beside = rendered.flatMap(({ stack: { service }, manifests }) =>
        manifests.filter(({ metadata }) => metadata.namespace !== service.name),
      );
      const delivered = own.filter((_stack, index) => (services[index]?.manifests.length ?? 0) > 0);
      const metadata = delivered.map(({ service }) => service);
      return [
        { environment: environment.name, ...told(environment, metadata) },
        { environment: environment.name, name: "platform", manifests: [...platformManifests(environment), ...beside] },
        ...services,
      ];
    },
  };
}
