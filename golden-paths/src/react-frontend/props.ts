import { InputCheck } from "../input/input-check";
import { REACT_FRONTEND } from "../input/shapes";
import type { ObjectiveOptions } from "../observability/observed";
import type { ServiceStack } from "../service/service-stack";

/** What a React frontend asks for. */
export interface ReactFrontendProps {
  /**
   * Name below the environment's domain that it is reached at: `shop` is `shop.dev.example.com`. It gets a certificate.
   * @default - the host that CloudFront gives it
   */
  readonly host?: string;
  /** Content-Security-Policy of each answer. @default - scripts and styles of its own, calls to itself and the environment's API */
  readonly contentSecurityPolicy?: string;
  /** What it promises over 30 days: `{ availability: 99.9 }`. @default - availability by tier: 99.9, 99.5 or 99 percent */
  readonly objectives?: ObjectiveOptions;
}

/** {@link ReactFrontendProps}, checked, for one environment. */
export interface ResolvedReactFrontend {
  /** Full host name. @default - the host that CloudFront gives it */
  readonly host: string | undefined;
  readonly contentSecurityPolicy: string | undefined;
}

/**
 * Checks what the service file says.
 * @throws PavedError PVD1025 a host that is no name, or a policy that is no single line of text, both at once
 */
export function resolveReactFrontend(stack: ServiceStack, props: ReactFrontendProps): ResolvedReactFrontend {
  const check = new InputCheck(stack.file);
  check.shape(REACT_FRONTEND, props);
  const { host, contentSecurityPolicy } = props;
  if (host !== undefined && !/^[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/.test(host)) {
    check.refuse("host", host, "one name below the environment's domain, such as shop", 'write for example "shop"');
  }
  if (contentSecurityPolicy !== undefined && !/^[\x20-\x7e]{1,2000}$/.test(contentSecurityPolicy)) {
    const want = "one line of printable ASCII, at most 2000 characters";
    check.refuse("contentSecurityPolicy", contentSecurityPolicy, want, "leave it out for the default");
  }
  check.throwIfAny();
  return {
    host: host === undefined ? undefined : `${host}.${stack.environment.domain}`,
    contentSecurityPolicy,
  };
}
