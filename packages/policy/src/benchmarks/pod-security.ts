import { type Benchmark, byRule } from "./benchmark";

/** Pod Security Standards, profile restricted: all seventeen controls, on every rendered workload. */
export const podSecurity: Benchmark = {
  name: "Pod Security Standards, restricted",
  source: "Kubernetes, Pod Security Standards; trivy-checks k8s-pss-restricted 0.1",
  controls: [
    byRule("1", "HostProcess", "K8S-POD-007"),
    byRule("2", "Host namespaces", "K8S-POD-001"),
    byRule("3", "Privileged containers", "K8S-CTR-001"),
    byRule("4", "Capabilities", "K8S-CTR-004"),
    byRule("5", "HostPath volumes", "K8S-POD-002"),
    byRule("6", "Host ports", "K8S-CTR-006"),
    byRule("7", "AppArmor", "K8S-POD-005"),
    byRule("8", "SELinux", "K8S-POD-006"),
    byRule("9", "/proc mount type", "K8S-CTR-005"),
    byRule("10", "Seccomp", "K8S-POD-015"),
    byRule("11", "Sysctls", "K8S-POD-004"),
    byRule("12", "Volume types", "K8S-POD-003"),
    byRule("13", "Privilege escalation", "K8S-CTR-002"),
    byRule("14", "Running as non-root", "K8S-POD-013"),
    byRule("15", "Running as non-root user", "K8S-POD-014"),
    byRule("16", "Seccomp (restricted)", "K8S-POD-015"),
    byRule("17", "Capabilities (restricted)", "K8S-CTR-003"),
  ],
};
