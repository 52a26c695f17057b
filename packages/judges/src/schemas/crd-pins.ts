/** A CRD file of another project, exactly. */
export interface CrdPin {
  /** Go module that the file is in. */
  readonly module: string;
  /** Version of the module. */
  readonly version: string;
  /** Path of the file in the module. */
  readonly path: string;
  readonly sha256: string;
  /** Version of the project that the platform installs, when the module of that version cannot be had. */
  readonly standsFor?: string;
}

interface Project {
  readonly module: string;
  readonly version: string;
  readonly folder: string;
  readonly standsFor?: string;
}

const ARGO_CD: Project = { module: "github.com/argoproj/argo-cd/v3", version: "v3.4.4", folder: "manifests/crds" };

const CERT_MANAGER: Project = {
  module: "github.com/cert-manager/cert-manager",
  version: "v1.21.2",
  folder: "deploy/crds",
};

/**
 * Not the version the platform installs: its module path has no `/v2`, so Go knows no release after 1. Both serve
 * `external-secrets.io/v1`.
 */
const EXTERNAL_SECRETS: Project = {
  module: "github.com/external-secrets/external-secrets",
  version: "v1.3.2",
  folder: "config/crds/bases",
  standsFor: "v2.9.0",
};

/** Not the version the platform installs, whose module is not to be had. Both serve `kustomize.toolkit.fluxcd.io/v1`. */
const FLUX: Project = {
  module: "github.com/fluxcd/kustomize-controller",
  version: "v1.9.6",
  folder: "config/crd/bases",
  standsFor: "v1.8.3",
};

const GATEWAY_API: Project = { module: "sigs.k8s.io/gateway-api", version: "v1.6.0", folder: "config/crd/standard" };

const KEDA: Project = { module: "github.com/kedacore/keda/v2", version: "v2.20.2", folder: "config/crd/bases" };

const PROMETHEUS: Project = {
  module: "github.com/prometheus-operator/prometheus-operator",
  version: "v0.93.1",
  folder: "example/prometheus-operator-crd",
};

function pin({ module, version, folder, standsFor }: Project, file: string, sha256: string): CrdPin {
  return { module, version, path: `${folder}/${file}`, sha256, standsFor };
}

/**
 * The CRDs of the kinds that delivery writes, of the versions that `modules/src/helm-chart/charts.ts` and
 * `gateway-kinds.ts` beside it install. Whoever raises an add-on raises its line here.
 *
 * The kinds of `gateway.k8s.aws` are missing: their project publishes no module of version 2 or later.
 */
export const CRDS: readonly CrdPin[] = [
  pin(ARGO_CD, "application-crd.yaml", "fa8a0c7f8127f85bbbf57467e7c659ec7d47e7d162cc76c1b07482ebf2b98f49"),
  pin(ARGO_CD, "appproject-crd.yaml", "7b99337686905b444864c84b1305938a7bfbca9b5f4e2c5d5d2de4acae16ceb3"),
  pin(
    CERT_MANAGER,
    "cert-manager.io_certificates.yaml",
    "7ad91029c00ec959d54215b19d3b1a9b7e0247eaa60f987151c2b70d8661f8af",
  ),
  pin(
    CERT_MANAGER,
    "cert-manager.io_clusterissuers.yaml",
    "30008001b78aafb8e110af61359561104b5fafc3a4dc6ac0013245d0ee3fe4ca",
  ),
  pin(
    EXTERNAL_SECRETS,
    "external-secrets.io_clustersecretstores.yaml",
    "5f2b3425b831546b3d051ece29caf1eb1010d961d7a00640e0c0a6aceac5ffef",
  ),
  pin(
    EXTERNAL_SECRETS,
    "external-secrets.io_externalsecrets.yaml",
    "690dbc0d51b5f9bc5266b450b533cfd22c5273268e8569102e528a39519cd4ba",
  ),
  pin(
    FLUX,
    "kustomize.toolkit.fluxcd.io_kustomizations.yaml",
    "da23ca0e6b4c80d3d26a91583137491e147ef4ef1e2208aece0d0af4ef851974",
  ),
  pin(
    GATEWAY_API,
    "gateway.networking.k8s.io_gatewayclasses.yaml",
    "a09b320e69257056e34f268160f883e98d4da9b8786fff3463484ba5fda719df",
  ),
  pin(
    GATEWAY_API,
    "gateway.networking.k8s.io_gateways.yaml",
    "7dcaf56db92b197207bc149f049c1be0208bedc8608a56905900d3bfc71b8632",
  ),
  pin(
    GATEWAY_API,
    "gateway.networking.k8s.io_grpcroutes.yaml",
    "a97b717e425979726039c813f308f8ab9686e5478ee5072eec5f94ec61db3bf5",
  ),
  pin(
    GATEWAY_API,
    "gateway.networking.k8s.io_httproutes.yaml",
    "8c05f321e53b5df6aa4bdbf622a01db9c331f26d7b9723b0fc47001c1341858a",
  ),
  pin(
    KEDA,
    "keda.sh_clustertriggerauthentications.yaml",
    "177413d75f11b76ba7bf98aef200a1736245254197c7c1d8877fc7a0fc641df4",
  ),
  pin(KEDA, "keda.sh_scaledobjects.yaml", "af35555862a83933b074af14ad439c4b4ceabaf4daa3e9338e9b23e36d308d80"),
  pin(
    PROMETHEUS,
    "monitoring.coreos.com_podmonitors.yaml",
    "eef45bb50df838a85226eb6b03c0c7094c54d605776bdf2ec149f17fba8a1df0",
  ),
  pin(
    PROMETHEUS,
    "monitoring.coreos.com_prometheusrules.yaml",
    "2d72928f7ceb99d153f2f91d2c2fd68d4b89c4914f2a09e15ac049b2f0316df3",
  ),
  pin(
    PROMETHEUS,
    "monitoring.coreos.com_servicemonitors.yaml",
    "7dd4206947c94bc76f71daa07c45a1010a5d697c54fe079f8207b0e82026a26a",
  ),
];
