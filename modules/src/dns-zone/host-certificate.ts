import { AcmCertificate } from "@cdktf/provider-aws/lib/acm-certificate";
import { AcmCertificateValidation } from "@cdktf/provider-aws/lib/acm-certificate-validation";
import { Route53Record } from "@cdktf/provider-aws/lib/route53-record";
import { Construct } from "constructs";
import { recordOrigin } from "../stack/origin";

/** For which host. */
export interface HostCertificateProps {
  readonly host: string;
  /** Zone that the host is in. */
  readonly zoneId: string;
  /** Region of what shows the certificate. @default - the environment's */
  readonly region?: string;
}

/**
 * A certificate for one host, proved by a record in the zone and renewed by AWS as long as that stands. The apply waits until
 * it is proved, and so until the zone is delegated to.
 *
 * Cost: nothing is billed.
 */
export class HostCertificate extends Construct {
  /** ARN of the certificate, known when it is valid. */
  readonly arn: string;

  constructor(scope: Construct, id: string, props: HostCertificateProps) {
    super(scope, id);
    recordOrigin(this);
    const { host, region, zoneId } = props;
    const certificate = new AcmCertificate(this, "certificate", {
      region,
      domainName: host,
      validationMethod: "DNS",
      lifecycle: { createBeforeDestroy: true },
    });
    const proof = certificate.domainValidationOptions.get(0);
    const record = new Route53Record(this, "proof", {
      zoneId,
      name: proof.resourceRecordName,
      type: proof.resourceRecordType,
      records: [proof.resourceRecordValue],
      ttl: 300,
      allowOverwrite: true,
    });
    const validation = new AcmCertificateValidation(this, "validation", {
      region,
      certificateArn: certificate.arn,
      validationRecordFqdns: [record.fqdn],
    });
    this.arn = validation.certificateArn;
  }
}
