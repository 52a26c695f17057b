import { Link } from "wouter";

/** What is shown for a path that leads nowhere. The answer itself has status 200: only the application knows its paths. */
export function NotFound() {
  return (
    <>
      <h1>There is nothing here</h1>
      <Link href="/">Begin anew</Link>
    </>
  );
}
