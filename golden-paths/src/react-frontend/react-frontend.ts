import { pipelineRoleArn, recordGoldenPath, recordOrigin, Website } from "@paved/modules";
import { Construct } from "constructs";
import { type GoldenPath, goldenPathId } from "../golden-path";
import { freeId } from "../input/construct-id";
import type { Manifest } from "../manifests/manifest";
import { alertRules } from "../observability/alert-rules";
import { dashboard } from "../observability/dashboard";
import { objectives } from "../observability/objective";
import type { ObjectiveOptions, ObservedService } from "../observability/observed";
import { claimsLedger } from "../service/claims";
import type { Caller } from "../service/define-service";
import type { CatalogFacts, ServiceStack, Workload } from "../service/service-stack";
import { type ReactFrontendProps, resolveReactFrontend, reactFrontendShape } from "./props";

export type { ReactFrontendProps } from "./props";

/**
 * The paved road for a single-page application: a private bucket behind CloudFront, with HTTPS, security headers, caching,
 * access logs and the application's own routes. There are no pods, and nothing of it is in the cluster.
 *
 * ```ts
 * new ReactFrontend(service, "site", { host: "shop" });
 * ```
 *
 * Cost: requests and transferred bytes, storage by size, a key monthly.
 *
 * @throws PavedError PVD1006, PVD1007, PVD1014 and PVD1025 for what the service file says
 */
export class ReactFrontend extends Construct implements Caller, Workload {
  readonly goldenPath = goldenPathId(reactFrontend);
  readonly needsImage = false;
  readonly kind = "site" as const;
  readonly serviceName: string;
  readonly website: Website;
  /** Host of its own. */
  private readonly host: string;
  /** What its dashboard, alerts and objectives are made from. */
  readonly observed: ObservedService;

  constructor(
    private readonly stack: ServiceStack,
    id: string,
    props: ReactFrontendProps = {},
  ) {
    super(stack, freeId(stack, id));
    recordOrigin(this);
    recordGoldenPath(this, this.goldenPath);
    const { host, contentSecurityPolicy } = resolveReactFrontend(stack, props);
    this.host = host;
    this.serviceName = stack.service.name;
    const value = props.host ?? this.serviceName;
    claimsLedger(stack).claim({ said: "host", value, meaning: host, service: this.serviceName });
    stack.join(this);
    this.website = new Website(this, "website", {
      name: this.serviceName,
      accessLogsBucket: stack.platform.accessLogsBucket,
      host: { name: host, zoneId: stack.dns.zoneId },
      deliverers: [stack.ownerRoleArn, pipelineRoleArn(stack.environment)],
      contentSecurityPolicy,
    });
    this.observed = this.observe(props.objectives);
  }

  /** What the catalog says of it in this environment. */
  catalogFacts(): CatalogFacts {
    const { bucket, name } = this.website;
    return {
      url: `https://${this.host}`,
      resources: [
        { type: "bucket", name: bucket.literalName },
        { type: "distribution", name },
      ],
    };
  }

  /** Its dashboard and alerts, beside Prometheus: the site itself is not in the cluster. */
  render(): readonly Manifest[] {
    return [dashboard(this.observed), alertRules(this.observed)];
  }

  /** @throws PavedError PVD1025 for objectives that cannot be kept */
  private observe(promised: ObjectiveOptions | undefined): ObservedService {
    const { service, environment } = this.stack;
    const observed: ObservedService = {
      where: this.node.path,
      service,
      environment,
      kind: this.kind,
      name: service.name,
      goldenPath: this.goldenPath,
      objectives: promised,
    };
    objectives(observed);
    return observed;
  }
}

/** The golden path as all that derives from the registry reads it. */
export const reactFrontend: GoldenPath<ReactFrontendProps> = {
  name: "react-frontend",
  version: 1,
  title: "React frontend",
  summary: "A single-page application: files in a private bucket behind CloudFront, no pods.",
  example: "stacks/services/storefront.ts",
  Construct: ReactFrontend,
  shape: reactFrontendShape,
};
