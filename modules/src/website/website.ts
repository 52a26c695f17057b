import { CloudfrontCachePolicy } from "@cdktf/provider-aws/lib/cloudfront-cache-policy";
import { CloudfrontDistribution } from "@cdktf/provider-aws/lib/cloudfront-distribution";
import { CloudfrontFunction } from "@cdktf/provider-aws/lib/cloudfront-function";
import { CloudfrontOriginAccessControl } from "@cdktf/provider-aws/lib/cloudfront-origin-access-control";
import { CloudfrontResponseHeadersPolicy } from "@cdktf/provider-aws/lib/cloudfront-response-headers-policy";
import { CloudwatchLogDelivery } from "@cdktf/provider-aws/lib/cloudwatch-log-delivery";
import { CloudwatchLogDeliveryDestination } from "@cdktf/provider-aws/lib/cloudwatch-log-delivery-destination";
import { CloudwatchLogDeliverySource } from "@cdktf/provider-aws/lib/cloudwatch-log-delivery-source";
import { Route53Record } from "@cdktf/provider-aws/lib/route53-record";
import { deriveName, type Environment } from "@paved/model";
import { Construct } from "constructs";
import { ACCESS_LOG_PREFIXES } from "../access-logs/access-logs";
import { Bucket } from "../bucket/bucket";
import { type Contract, contractParameter, publish } from "../contract/contract";
import { HostCertificate } from "../dns-zone/host-certificate";
import { recordOrigin } from "../stack/origin";
import { stackOf } from "../stack/paved-stack";
import { CLOUDFRONT_REGION } from "./cloudfront-region";
import { DeliveryRole } from "./delivery-role";
import { contentSecurityPolicy, securityHeaders } from "./security-headers";
import { SINGLE_PAGE_FUNCTION } from "./single-page";

/** A site of files, in the words of who needs one. */
export interface WebsiteProps {
  /** Name of the service it belongs to. */
  readonly name: string;
  /** Bucket that access logs are written to: `accessLogsBucket` of `platform@1`. */
  readonly accessLogsBucket: string;
  /** Host below the environment's domain, and its zone. */
  readonly host: { readonly name: string; readonly zoneId: string };
  /** Roles that bring its files: of the owning team, and of the pipeline. They must exist. */
  readonly deliverers: readonly string[];
  /** Content-Security-Policy of each answer. @default - itself and the environment's API, see {@link contentSecurityPolicy} */
  readonly contentSecurityPolicy?: string;
}

const FIELDS = { bucketName: "string", distributionId: "string", deliveryRoleArn: "string" } as const;

/** What a site tells whoever brings its files. */
export function siteContract(name: string): Contract<typeof FIELDS> {
  return { name: `site-${name}`, version: 1, fields: FIELDS };
}

const SECONDS = { day: 86_400, year: 31_536_000 };
const READ_METHODS = ["GET", "HEAD", "OPTIONS"];

/**
 * A single-page application in a private bucket behind CloudFront: only the distribution reads the bucket (origin access
 * control), only over HTTPS with TLS 1.2 or later at a host of its own, with security headers, compressed, cached as the
 * files' own `Cache-Control` says (a day when they say nothing), and with access logs. Unknown paths without a dot are the
 * application's own routes and get its `index.html`; a file that is missing is answered with 404. Publishes
 * `site-<name>@1`, by which files are brought.
 *
 * Cost: requests and transferred bytes, storage by size, a key monthly.
 *
 * @throws PavedError PVD1006, PVD1007, PVD1008 when a name derived from `name` does not fit
 */
export class Website extends Construct {
  /** Where files are uploaded to. */
  readonly bucket: Bucket;
  private readonly environment: Environment;
  /** `paved-<environment>-<name>`: the distribution by its comment, and its policies. */
  readonly name: string;
  private readonly distribution: CloudfrontDistribution;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: WebsiteProps,
  ) {
    super(scope, id);
    recordOrigin(this);
    this.environment = stackOf(this).environment;
    this.name = deriveName("CloudFront name", ["paved", this.environment.name, props.name], this.node.path);
    this.bucket = new Bucket(this, "files", { name: `${props.name}-site`, accessLogsBucket: props.accessLogsBucket });
    this.distribution = this.createDistribution();
    this.bucket.allowDistribution(this.distribution.arn);
    this.keepAccessLogs();
    this.nameIt(props.host);
    publish(this, siteContract(props.name), {
      bucketName: this.bucket.name,
      distributionId: this.distribution.id,
      deliveryRoleArn: this.letDeliver(),
    });
  }

  /** Files in and out, and the cache told of it. @returns ARN of the role that may */
  private letDeliver(): string {
    const { name, deliverers } = this.props;
    const { account, region } = this.environment;
    const told = `arn:aws:ssm:${region}:${account}:parameter${contractParameter(this, siteContract(name))}`;
    const { arn } = new DeliveryRole(this, "delivery", {
      name,
      deliverers,
      statements: [
        { actions: ["s3:DeleteObject", "s3:GetObject", "s3:PutObject"], resources: [`${this.bucket.arn}/*`] },
        { actions: ["s3:ListBucket"], resources: [this.bucket.arn] },
        { actions: ["kms:Decrypt", "kms:GenerateDataKey"], resources: [this.bucket.keyArn] },
        {
          actions: ["cloudfront:CreateInvalidation", "cloudfront:GetInvalidation"],
          resources: [this.distribution.arn],
        },
        { actions: ["ssm:GetParameter"], resources: [told] },
      ],
    });
    return arn;
  }

  private createDistribution(): CloudfrontDistribution {
    const { host } = this.props;
    const originId = "files";
    return new CloudfrontDistribution(this, "distribution", {
      enabled: true,
      comment: this.name,
      aliases: [host.name],
      defaultRootObject: "index.html",
      httpVersion: "http2and3",
      isIpv6Enabled: true,
      priceClass: "PriceClass_100",
      origin: [
        {
          originId,
          domainName: this.bucket.regionalDomainName,
          originAccessControlId: this.createOriginAccess().id,
        },
      ],
      defaultCacheBehavior: {
        targetOriginId: originId,
        allowedMethods: READ_METHODS,
        cachedMethods: READ_METHODS,
        compress: true,
        viewerProtocolPolicy: "redirect-to-https",
        cachePolicyId: this.createCachePolicy().id,
        responseHeadersPolicyId: this.createHeadersPolicy().id,
        functionAssociation: [{ eventType: "viewer-request", functionArn: this.createFunction().arn }],
      },
      restrictions: { geoRestriction: { restrictionType: "none" } },
      viewerCertificate: this.certificate(),
    });
  }

  private certificate() {
    const { host } = this.props;
    const { arn } = new HostCertificate(this, "tls", {
      host: host.name,
      zoneId: host.zoneId,
      region: CLOUDFRONT_REGION,
    });
    return { acmCertificateArn: arn, sslSupportMethod: "sni-only", minimumProtocolVersion: "TLSv1.2_2021" };
  }

  private createOriginAccess(): CloudfrontOriginAccessControl {
    return new CloudfrontOriginAccessControl(this, "origin-access", {
      name: this.name,
      description: `Reads the files of ${this.name}`,
      originAccessControlOriginType: "s3",
      signingBehavior: "always",
      signingProtocol: "sigv4",
    });
  }

  private createCachePolicy(): CloudfrontCachePolicy {
    return new CloudfrontCachePolicy(this, "cache-policy", {
      name: this.name,
      comment: `Caching of ${this.name}`,
      minTtl: 0,
      defaultTtl: SECONDS.day,
      maxTtl: SECONDS.year,
      parametersInCacheKeyAndForwardedToOrigin: {
        enableAcceptEncodingBrotli: true,
        enableAcceptEncodingGzip: true,
        cookiesConfig: { cookieBehavior: "none" },
        headersConfig: { headerBehavior: "none" },
        queryStringsConfig: { queryStringBehavior: "none" },
      },
    });
  }

  private createHeadersPolicy(): CloudfrontResponseHeadersPolicy {
    const policy = this.props.contentSecurityPolicy ?? contentSecurityPolicy(`https://${this.environment.domain}`);
    return new CloudfrontResponseHeadersPolicy(this, "headers", {
      name: this.name,
      comment: `Security headers of ${this.name}`,
      securityHeadersConfig: securityHeaders(policy),
    });
  }

  private createFunction(): CloudfrontFunction {
    return new CloudfrontFunction(this, "single-page", {
      name: this.name,
      comment: `Routes of the application ${this.name}`,
      runtime: "cloudfront-js-2.0",
      publish: true,
      code: SINGLE_PAGE_FUNCTION,
    });
  }

  private keepAccessLogs(): void {
    const region = CLOUDFRONT_REGION;
    const source = new CloudwatchLogDeliverySource(this, "access-log-source", {
      region,
      name: this.name,
      logType: "ACCESS_LOGS",
      resourceArn: this.distribution.arn,
    });
    const destination = new CloudwatchLogDeliveryDestination(this, "access-log-destination", {
      region,
      name: this.name,
      outputFormat: "json",
      deliveryDestinationConfiguration: [
        { destinationResourceArn: `arn:aws:s3:::${this.props.accessLogsBucket}/${ACCESS_LOG_PREFIXES.cloudFront}` },
      ],
    });
    new CloudwatchLogDelivery(this, "access-logs", {
      region,
      deliverySourceName: source.name,
      deliveryDestinationArn: destination.arn,
      s3DeliveryConfiguration: [{ suffixPath: `/${this.name}/{yyyy}/{MM}/{dd}/{HH}`, enableHiveCompatiblePath: false }],
    });
  }

  private nameIt(host: { readonly name: string; readonly zoneId: string }): void {
    for (const type of ["A", "AAAA"]) {
      new Route53Record(this, `record-${type.toLowerCase()}`, {
        zoneId: host.zoneId,
        name: host.name,
        type,
        alias: {
          name: this.distribution.domainName,
          zoneId: this.distribution.hostedZoneId,
          evaluateTargetHealth: false,
        },
      });
    }
  }
}
