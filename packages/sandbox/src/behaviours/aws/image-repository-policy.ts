import { type Behaviour, defineBehaviour, refers, unique } from "../define";

/** What is of one kind of policy alone. */
interface Own extends Pick<Behaviour, "type" | "validate"> {
  readonly doing: string;
  readonly call: string;
  /** What is said of a second one. */
  readonly second: { readonly code: string; readonly policy: string; readonly fix: string };
}

/** A policy of an image repository, which is there, by whose name it is known, and which has one. */
export function imageRepositoryPolicy({ type, validate, second, ...words }: Own): Behaviour {
  return defineBehaviour({
    type,
    id: (it) => it.text("repository")!,
    replaceOn: ["repository"],
    computed: (it) => ({ registry_id: it.place.account }),
    validate,
    checks: [
      refers("repository", "aws_ecr_repository", {
        ...words,
        by: "name",
        code: "RepositoryNotFoundException",
        message: (name) => `The repository with name '${name}' does not exist`,
      }),
      unique(["repository"], {
        ...words,
        code: second.code,
        message: (it) => `The repository '${it.text("repository")}' already has ${second.policy}`,
        fix: second.fix,
      }),
    ],
  });
}
