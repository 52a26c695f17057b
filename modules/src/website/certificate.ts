import { AcmCertificate } from "@cdktf/provider-aws/lib/acm-certificate";
import { AcmCertificateValidation } from "@cdktf/provider-aws/lib/acm-certificate-validation";
import { Route53Record } from "@cdktf/provider-aws/lib/route53-record";
import { Construct } from "constructs";

/** Region that CloudFront reads certificates and delivers logs from, whatever the region of the rest. */
export const CLOUDFRONT_REGION = "us-east-1";

/** For which host. */
export interface SiteCertificateProps {
  readonly host: string;
  /** Zone that the host is in. */
  readonly zoneId: string;
}

/** A certificate for one host of a site, proved by a record in the zone and renewed by AWS as long as that stands. */
export class SiteCertificate extends Construct {
  /** ARN of the certificate, known when it is valid. */
  readonly arn: string;

  constructor(scope: Construct, id: string, props: SiteCertificateProps) {
    super(scope, id);
    const certificate = new AcmCertificate(this, "certificate", {
      region: CLOUDFRONT_REGION,
      domainName: props.host,
      validationMethod: "DNS",
      lifecycle: { createBeforeDestroy: true },
    });
    const proof = certificate.domainValidationOptions.get(0);
    const record = new Route53Record(this, "proof", {
      zoneId: props.zoneId,
      name: proof.resourceRecordName,
      type: proof.resourceRecordType,
      records: [proof.resourceRecordValue],
      ttl: 300,
      allowOverwrite: true,
    });
    const validation = new AcmCertificateValidation(this, "validation", {
      region: CLOUDFRONT_REGION,
      certificateArn: certificate.arn,
      validationRecordFqdns: [record.fqdn],
    });
    this.arn = validation.certificateArn;
  }
}
