import { z } from "zod";
import { InputCheck } from "../input/input-check";
import { objectives, text } from "../input/shapes";
import type { ObjectiveOptions } from "../observability/observed";
import type { ServiceStack } from "../service/service-stack";

/** What a React frontend asks for. */
export interface ReactFrontendProps {
  /**
   * Name below the environment's domain that it is reached at: `shop` is `shop.dev.example.com`. It gets a certificate.
   * @default - the name of the service
   */
  readonly host?: string;
  /** Content-Security-Policy of each answer. @default - scripts and styles of its own, calls to itself and the environment's API */
  readonly contentSecurityPolicy?: string;
  /** What it promises over 30 days: `{ availability: 99.9 }`. @default - availability by tier: 99.9, 99.5 or 99 percent */
  readonly objectives?: ObjectiveOptions;
}

/** {@link ReactFrontendProps}, field by field. */
export const reactFrontendShape = z.strictObject({
  host: text.optional(),
  contentSecurityPolicy: text.optional(),
  objectives,
});

/** {@link ReactFrontendProps}, checked, for one environment. */
export interface ResolvedReactFrontend {
  /** Full host name. */
  readonly host: string;
  readonly contentSecurityPolicy: string | undefined;
}

/**
 * Checks what the service file says.
 * @throws PavedError PVD1025 a host that cannot be, or a policy that is no single line of text, both at once
 */
export function resolveReactFrontend(stack: ServiceStack, props: ReactFrontendProps): ResolvedReactFrontend {
  const check = new InputCheck(stack.file);
  check.shape(reactFrontendShape, props);
  const { contentSecurityPolicy } = props;
  const host = checkHost(check, stack, props.host ?? stack.service.name);
  if (contentSecurityPolicy !== undefined && !/^[\x20-\x7e]{1,2000}$/.test(contentSecurityPolicy)) {
    const want = "one line of printable ASCII, at most 2000 characters";
    check.refuse("contentSecurityPolicy", contentSecurityPolicy, want, "leave it out for the default");
  }
  check.throwIfAny();
  return { host, contentSecurityPolicy };
}

/** Longest name that ACM makes a certificate for (ACM user guide, "Certificate characteristics"). */
const CERTIFICATE_LENGTH = 64;

function checkHost(check: InputCheck, stack: ServiceStack, name: string): string {
  const host = `${name}.${stack.environment.domain}`;
  if (!/^[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/.test(name)) {
    check.refuse("host", name, "one name below the environment's domain, such as shop", 'write for example "shop"');
  } else if (host.length > CERTIFICATE_LENGTH) {
    check.refuse("host", host, `at most ${CERTIFICATE_LENGTH} characters, as certificates have`, "say a shorter host");
  }
  return host;
}
