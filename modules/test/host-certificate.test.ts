import { HostCertificate, type HostCertificateProps } from "../src";
import { dev, synthIn } from "./support/stacks";

const certificate = (more: Partial<HostCertificateProps> = {}) =>
  synthIn(
    dev,
    (stack) => void new HostCertificate(stack, "certificate", { host: dev.domain, zoneId: "Z1", ...more }),
    "platform",
  );

test("snapshot: one host", () => {
  expect(certificate().summary()).toMatchSnapshot();
});

test("snapshot: one host, in another region", () => {
  expect(certificate({ region: "us-east-1" }).summary()).toMatchSnapshot();
});

test("is proved by a record in the zone, and waited for", () => {
  const stack = certificate();
  expect(stack.only("aws_acm_certificate")).toMatchObject({ validation_method: "DNS" });
  expect(stack.only("aws_route53_record")).toMatchObject({ zone_id: "Z1" });
  expect(stack.only("aws_acm_certificate_validation")).toMatchObject({
    validation_record_fqdns: ["${aws_route53_record.certificate_proof.fqdn}"],
  });
});

test("is where the environment is, unless another region is said", () => {
  expect(certificate().only("aws_acm_certificate")["region"]).toBeUndefined();
  expect(certificate({ region: "us-east-1" }).only("aws_acm_certificate")["region"]).toBe("us-east-1");
});
