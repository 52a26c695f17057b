import { DELIVERED_KINDS } from "@paved/golden-paths";
import { delivererOf, type Environment } from "@paved/model";
import {
  AccessLogs,
  argoCd,
  argoCdBootstrap,
  awsLoadBalancerController,
  certManager,
  cloudWatchExporter,
  clusterAutoscaler,
  clusterContract,
  consume,
  DatabaseAccessNamespace,
  dnsContract,
  externalDns,
  externalSecrets,
  flux,
  fluxBootstrap,
  fluxGatewayKinds,
  gatewayKinds,
  grafanaHost,
  grpcHost,
  HostCertificate,
  keda,
  kubePrometheusStack,
  metricsServer,
  networkContract,
  PavedStack,
  platformContract,
  podLogs,
  publish,
} from "@paved/modules";
import type { Construct } from "constructs";

/**
 * What every service builds on inside the cluster: monitoring, delivery, secrets, load balancers, and the
 * names and certificates that lead to them. Publishes `platform@1`.
 */
export class PlatformStack extends PavedStack {
  constructor(scope: Construct, environment: Environment) {
    super(scope, { environment, name: "platform", kind: "platform", owner: "platform" });
    const { vpcId } = consume(this, networkContract);
    const facts = { clusterName: consume(this, clusterContract).name, vpcId };
    const monitoring = kubePrometheusStack(this, facts);
    const monitored = { ...facts, monitoring };
    metricsServer(this, monitored);
    clusterAutoscaler(this, monitored);
    podLogs(this, facts);
    const certificates = certManager(this, monitored);
    const secrets = externalSecrets(this, monitored);
    const scaling = keda(this, monitored);
    cloudWatchExporter(this, monitored);
    const delivered = { ...monitored, externalSecrets: secrets };
    const byFlux = delivererOf(environment) === "flux";
    const databaseAccess = new DatabaseAccessNamespace(this, "database-access");
    const namespaces = [certificates.release, databaseAccess.made];
    const delivery = byFlux
      ? flux(this, { ...delivered, serviceKinds: DELIVERED_KINDS, namespaces })
      : argoCd(this, delivered);
    const kinds = byFlux ? fluxGatewayKinds(this, delivery) : gatewayKinds(this, delivery);
    const routes = awsLoadBalancerController(this, { ...monitored, gatewayKinds: kinds });
    (byFlux ? fluxBootstrap : argoCdBootstrap)(this, kinds, [certificates, secrets, scaling, routes]);
    const { zoneId } = consume(this, dnsContract);
    new HostCertificate(this, "certificate", { host: environment.domain, zoneId });
    new HostCertificate(this, "grpc-certificate", { host: grpcHost(environment), zoneId });
    new HostCertificate(this, "grafana-certificate", { host: grafanaHost(environment), zoneId });
    externalDns(this, { ...monitored, zoneId, gatewayKinds: kinds });
    const { bucketName: accessLogsBucket } = new AccessLogs(this, "access-logs");
    publish(this, platformContract, {
      argoCdNamespace: delivery.release.namespace,
      accessLogsBucket,
      databaseAccessNamespace: databaseAccess.name,
    });
  }
}
