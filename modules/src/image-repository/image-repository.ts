import { EcrLifecyclePolicy } from "@cdktf/provider-aws/lib/ecr-lifecycle-policy";
import { EcrRepository } from "@cdktf/provider-aws/lib/ecr-repository";
import { EcrRepositoryPolicy } from "@cdktf/provider-aws/lib/ecr-repository-policy";
import { checkName, type Environment } from "@paved/model";
import { Construct } from "constructs";
import { EncryptionKey } from "../encryption-key/encryption-key";
import { leftOut } from "../stack/left-out";
import { recordOrigin } from "../stack/origin";
import { stackOf } from "../stack/paved-stack";
import { statefulLifecycle } from "../stack/protection";
import { copyingPolicy } from "./image-copying";

/** Whose images. */
export interface ImageRepositoryProps {
  /** Name in the account's registry, for example `commerce/orders`. */
  readonly name: string;
  /**
   * Environments whose pipelines may copy the images to their own accounts: read them, as one role, and nothing else.
   * @default - none; only the account itself reaches them
   */
  readonly readers?: readonly Pick<Environment, "account">[];
}

/** Days that an image without a tag is kept: layers of a push that failed, or of a build nobody released. */
const UNTAGGED_DAYS = 14;
/** Images kept, the newest ones: enough to go back far, and no more to pay for. */
const IMAGES_KEPT = 50;

/**
 * A registry for one service's images: a tag never moves (checkov CKV_AWS_51), each image is scanned when it arrives
 * (CKV_AWS_163), and all are encrypted with a key of their own (CKV_AWS_136). Old ones are removed. A repository that
 * holds images is never deleted; where the environment is protected, neither is an empty one.
 *
 * Cost: storage is billed by size, the key monthly.
 *
 * @throws PavedError PVD1006, PVD1007, PVD1008 when the name does not fit ECR
 */
export class ImageRepository extends Construct {
  /** Name in the account's registry. */
  readonly name: string;
  /** Where images are pushed to and pulled from, without tag or digest. */
  readonly url: string;
  readonly arn: string;

  constructor(scope: Construct, id: string, props: ImageRepositoryProps) {
    super(scope, id);
    recordOrigin(this);
    this.name = checkName("ECR repository", props.name, this.node.path);
    const repository = this.createRepository(this.createKey());
    this.forgetOldImages(repository);
    this.letCopy(repository, props.readers ?? []);
    this.url = repository.repositoryUrl;
    this.arn = repository.arn;
  }

  private createKey(): EncryptionKey {
    return new EncryptionKey(this, "key", {
      description: `Images of ${this.name}`,
      // An alias allows no dot.
      alias: `images-${this.name.replaceAll(".", "-")}`,
    });
  }

  private createRepository(key: EncryptionKey): EcrRepository {
    return new EcrRepository(this, "repository", {
      name: this.name,
      imageTagMutability: "IMMUTABLE",
      imageScanningConfiguration: { scanOnPush: true },
      encryptionConfiguration: [{ encryptionType: "KMS", kmsKey: key.arn }],
      forceDelete: false,
      lifecycle: statefulLifecycle(stackOf(this).environment),
    });
  }

  private forgetOldImages(repository: EcrRepository): void {
    const expire = { type: "expire" };
    const rules = [
      {
        rulePriority: 1,
        description: `Untagged images after ${UNTAGGED_DAYS} days`,
        selection: {
          tagStatus: "untagged",
          countType: "sinceImagePushed",
          countUnit: "days",
          countNumber: UNTAGGED_DAYS,
        },
        action: expire,
      },
      {
        rulePriority: 2,
        description: `All but the newest ${IMAGES_KEPT} images`,
        selection: { tagStatus: "any", countType: "imageCountMoreThan", countNumber: IMAGES_KEPT },
        action: expire,
      },
    ];
    new EcrLifecyclePolicy(this, "retention", { repository: repository.name, policy: JSON.stringify({ rules }) });
  }

  private letCopy(repository: EcrRepository, readers: readonly Pick<Environment, "account">[]): void {
    if (readers.length === 0) return leftOut(this, "copying", "no environment copies images from here");
    new EcrRepositoryPolicy(this, "copying", { repository: repository.name, policy: copyingPolicy(readers) });
  }
}
