import type { Finding } from "@paved/model";
import { perTree } from "@paved/modules";

/** One thing of which a fleet has only one, and the service that wants it. */
export interface Claim {
  /** Verb or option of the service file that it was said by. */
  readonly said: "exposeAt" | "host" | "image";
  /** What was said, for example `/orders`. */
  readonly value: string;
  /** What it means where there is only one: the full host name, the account's repository. */
  readonly meaning: string;
  /** Name of the service. */
  readonly service: string;
  /** What to write instead. @default - another value */
  readonly instead?: string;
}

/** What services claim for themselves in all environments: paths, host names, image repositories. */
export class ClaimsLedger {
  private readonly claims: Claim[] = [];
  private readonly reserved = new Map<string, string>();

  claim(claim: Claim): void {
    this.claims.push(claim);
  }

  /**
   * Keeps something for the platform.
   * @param meaning as {@link Claim.meaning}
   * @param whose who has it, as findings say it: `Grafana`
   */
  reserve(meaning: string, whose: string): void {
    this.reserved.set(meaning, whose);
  }

  /**
   * PVD1025 for each thing that is claimed twice, or that the platform has itself.
   * @param services the file of each service in the fleet, by name
   */
  findings(services: ReadonlyMap<string, string>): readonly Finding[] {
    const first = new Map<string, Claim>();
    return this.claims.flatMap((claim) => {
      const key = `${claim.said} ${claim.meaning}`;
      const earlier = first.get(key);
      if (earlier === undefined) first.set(key, claim);
      const whose = this.reserved.get(claim.meaning) ?? earlier?.service;
      return whose === undefined ? [] : [refusal(claim, whose, services.get(claim.service) ?? claim.service)];
    });
  }
}

const ONE_OF_ITS_OWN = { exposeAt: "a path", host: "a host", image: "an image repository" } as const;

function refusal({ said, value, service, instead }: Claim, whose: string, file: string): Finding {
  const text = JSON.stringify(value);
  const another = instead === undefined || instead === value ? "choose another" : `write ${JSON.stringify(instead)}`;
  const twice = whose === service;
  return {
    code: "PVD1025",
    where: `${file} ${said}`,
    got: twice ? `${text} twice` : `${text}, which ${whose} has`,
    want: `${ONE_OF_ITS_OWN[said]} of its own, said once`,
    fix: twice ? "remove one of them" : another,
  };
}

/** The ledger of the tree that the construct belongs to. */
export const claimsLedger = perTree(() => new ClaimsLedger());
