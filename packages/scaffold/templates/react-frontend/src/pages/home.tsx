import { useState } from "react";
import { useLocation } from "wouter";
import { service } from "../service.ts";

/** An example to replace: asks for a name, and leads to its page. */
export function Home() {
  const [name, setName] = useState("");
  const [, goTo] = useLocation();
  return (
    <>
      <h1>{service.name}</h1>
      <p>{service.description}</p>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          goTo(`/greetings?${new URLSearchParams({ name })}`);
        }}
      >
        <label>
          Your name <input value={name} onChange={(event) => setName(event.target.value)} required maxLength={50} />
        </label>
        <button>Greet me</button>
      </form>
    </>
  );
}
