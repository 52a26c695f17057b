import { useSearchParams } from "wouter";

/** An example to replace: greets who is in the query. */
export function Greeting() {
  const [query] = useSearchParams();
  return <h1>Hello, {query.get("name") ?? "you"}</h1>;
}
