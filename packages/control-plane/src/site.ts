import path from "node:path";

/** Where control planes are kept, and what they are built from. */
export interface ControlPlaneSite {
  /** Folder with a folder for each environment. */
  readonly controlPlanes: string;
  /** Where built binaries land. */
  readonly binaries: string;
  /**
   * Folder with what pins them: the modules `kubernetes`, `etcd`, `kwok`, `argo-cd`, `flux` and `helm`, the requirements of
   * `redis`, and the script `git-http`.
   */
  readonly engineModule: string;
  /** Absolute folder with a folder for each chart of the repository. */
  readonly charts: string;
}

/** Every path of one environment's control plane. */
export class EnvironmentFolder {
  /** Nobody but its owner may look into it: it holds keys. */
  readonly root: string;

  /** @param environment for example `dev` */
  constructor(
    site: ControlPlaneSite,
    readonly environment: string,
  ) {
    this.root = path.join(site.controlPlanes, environment);
  }

  /** Held while it is started or stopped. */
  get lock(): string {
    return `${this.root}.lock`;
  }

  /** For people and for `kubectl`: a context a role. */
  get kubeconfig(): string {
    return path.join(this.root, "kubeconfig");
  }

  /** Authorities, keys and certificates. */
  get certificates(): string {
    return path.join(this.root, "certificates");
  }

  /** What etcd keeps: every object of the environment. */
  get data(): string {
    return path.join(this.root, "etcd");
  }

  /** What delivers to it, where something does. */
  get delivery(): string {
    return path.join(this.root, "delivery.json");
  }

  /** The Git repository, without a working tree, whose branch `delivery` is what runs. Whoever delivers pushes to this path. */
  get repository(): string {
    return path.join(this.root, "git", "delivery.git");
  }

  /** What Helm keeps for itself, where it installs charts of the repository. */
  get helm(): string {
    return path.join(this.root, "helm");
  }

  /** A token that Argo CD's API takes, and that may only read. */
  get argoCdToken(): string {
    return path.join(this.root, "argo-cd.token");
  }

  get ports(): string {
    return path.join(this.root, "ports.json");
  }

  /** The kubeconfig that a component reaches the API server with. */
  kubeconfigOf(component: string): string {
    return path.join(this.root, "access", `${component}.kubeconfig`);
  }

  /** A file that a component is configured by. */
  settings(file: string): string {
    return path.join(this.root, "settings", file);
  }

  log(component: string): string {
    return path.join(this.root, "logs", `${component}.log`);
  }

  /** Where a component works; a process that works there is one of ours, whatever else is known of it. */
  working(component: string): string {
    return path.join(this.root, "run", component);
  }

  /** What is known of a component's process. */
  note(component: string): string {
    return path.join(this.root, "run", `${component}.json`);
  }
}
