import { createHash } from "node:crypto";
import { familyOf } from "../store/family";
import type { PlacedObject } from "../store/object-store";
import { canonical } from "../values/equality";
import type { ValueObject } from "../values/value";
import { Facts } from "./facts";

/** Where an object exists. */
export interface Place {
  /** The stack that applies it. */
  readonly stack: string;
  /** AWS account id; zeros when the provider does not say. */
  readonly account: string;
  readonly region: string;
  /** API server of the cluster, for kubernetes and helm. */
  readonly host: string;
  /** What the store keeps the object under: account and region, account alone for global services, or cluster. */
  readonly scope: string;
}

/** What else exists. */
export type World = () => readonly PlacedObject[];

/** Dates are made up, and the same in every run. */
export const CREATED_AT = "2025-01-01T00:00:00Z";

/** One object while it is planned, applied or deleted: its attributes, where it is, and what else exists around it. */
export class Instance extends Facts {
  constructor(
    readonly type: string,
    values: ValueObject,
    readonly place: Place,
    private readonly world: World,
    private readonly seed: string,
    /** The object as it was, undefined when it is being created. */
    readonly prior?: Facts,
  ) {
    super(values);
  }

  /** Whether the attribute is new or different: services do not look again at what stays. */
  changes(path: string): boolean {
    return this.prior === undefined || canonical(this.prior.get(path)) !== canonical(this.get(path));
  }

  /** Applied objects of a type that this one can see: same account and region, or same cluster. */
  all(type: string): Facts[] {
    const seen = this.world().filter(
      (object) => familyOf(object.type) === familyOf(type) && related(object.scope, this.place.scope),
    );
    return seen.map((object) => new Facts(object.attributes as ValueObject));
  }

  /** Applied objects of a type in every account, region and cluster. */
  everywhere(type: string): Facts[] {
    return this.world()
      .filter((object) => object.type === type)
      .map((object) => new Facts(object.attributes as ValueObject));
  }

  /** The applied object of a type whose attribute has the value. */
  find(type: string, attribute: string, value: string | undefined): Facts | undefined {
    return value === undefined ? undefined : this.all(type).find((object) => object.text(attribute) === value);
  }

  /** Hexadecimal digits that belong to this object alone and are the same in every run. */
  hex(length: number, salt = ""): string {
    return createHash("sha256").update(`${this.seed}|${salt}`).digest("hex").slice(0, length);
  }

  /** Decimal digits, as {@link hex}. */
  digits(length: number, salt = ""): string {
    return BigInt(`0x${this.hex(48, `digits ${salt}`)}`)
      .toString()
      .slice(0, length);
  }

  /** Capital letters and digits as in IAM's unique ids, as {@link hex}. */
  capitals(length: number, salt = ""): string {
    return BigInt(`0x${this.hex(64, `capitals ${salt}`)}`)
      .toString(36)
      .toUpperCase()
      .slice(0, length);
  }

  /** A UUID, as {@link hex}. */
  uuid(salt = ""): string {
    const hex = this.hex(32, `uuid ${salt}`);
    return [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20)].join(
      "-",
    );
  }

  /** An EC2 id: prefix and 17 hexadecimal digits. */
  ec2Id(prefix: string, salt = ""): string {
    return `${prefix}-0${this.hex(16, prefix + salt)}`;
  }

  /** An ARN in this account and region; global services leave the region out. */
  arn(service: string, resource: string, region: string = this.place.region): string {
    return `arn:aws:${service}:${region}:${this.place.account}:${resource}`;
  }
}

function related(one: string, other: string): boolean {
  return one === other || one.startsWith(`${other}/`) || other.startsWith(`${one}/`);
}
