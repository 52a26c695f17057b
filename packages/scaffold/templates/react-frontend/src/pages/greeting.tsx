/** An example to replace: greets who is in the path. */
export function Greeting({ name }: { readonly name: string }) {
  return <h1>Hello, {name}</h1>;
}
