import { StorageClassV1 } from "@cdktf/provider-kubernetes/lib/storage-class-v1";
import { Construct } from "constructs";
import { useKubernetes } from "../stack/kubernetes";
import { recordOrigin } from "../stack/origin";
import { stackOf } from "../stack/paved-stack";

/**
 * What a volume is when nobody says: a gp3 disk, encrypted, made in the zone of the pod that first needs it. EKS gives a
 * new cluster no default. Where the environment is protected, the disk outlives its claim.
 *
 * Cost: each volume is billed by size.
 */
export class DefaultStorageClass extends Construct {
  readonly name = "gp3-encrypted";

  constructor(scope: Construct, id: string) {
    super(scope, id);
    recordOrigin(this);
    useKubernetes(stackOf(this));
    new StorageClassV1(this, "class", {
      metadata: { name: this.name, annotations: { "storageclass.kubernetes.io/is-default-class": "true" } },
      storageProvisioner: "ebs.csi.aws.com",
      parameters: { type: "gp3", encrypted: "true" },
      volumeBindingMode: "WaitForFirstConsumer",
      allowVolumeExpansion: true,
      reclaimPolicy: stackOf(this).environment.protected ? "Retain" : "Delete",
    });
  }
}
