import { recordGoldenPath, recordOrigin, Website } from "@paved/modules";
import { Construct } from "constructs";
import { type GoldenPath, goldenPathId } from "../golden-path";
import type { Manifest } from "../manifests/manifest";
import type { Caller } from "../service/define-service";
import type { ServiceStack, Workload } from "../service/service-stack";
import { type ReactFrontendProps, resolveReactFrontend } from "./props";

/** The golden path as documentation and the command line show it. */
export const reactFrontend: GoldenPath = {
  name: "react-frontend",
  version: 1,
  title: "React frontend",
  summary: "A single-page application: files in a private bucket behind CloudFront, no pods.",
  example: "stacks/services/storefront.ts",
};

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
 * @throws PavedError PVD1006, PVD1007 and PVD1025 for what the service file says
 */
export class ReactFrontend extends Construct implements Caller, Workload {
  readonly goldenPath = goldenPathId(reactFrontend);
  readonly needsImage = false;
  readonly serviceName: string;
  readonly website: Website;

  constructor(stack: ServiceStack, id: string, props: ReactFrontendProps = {}) {
    super(stack, id);
    recordOrigin(this);
    recordGoldenPath(this, this.goldenPath);
    const { host, contentSecurityPolicy } = resolveReactFrontend(stack, props);
    this.serviceName = stack.service.name;
    stack.join(this);
    this.website = new Website(this, "website", {
      name: this.serviceName,
      accessLogsBucket: stack.platform.accessLogsBucket,
      host: host === undefined ? undefined : { name: host, zoneId: stack.dns.zoneId },
      contentSecurityPolicy,
    });
  }

  /** Nothing: the site is not in the cluster. */
  render(): readonly Manifest[] {
    return [];
  }
}
