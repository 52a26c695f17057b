import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { Type } from "typebox";

const Name = Type.Object({ name: Type.String({ minLength: 1, maxLength: 50 }) });
const Greeting = Type.Object({ greeting: Type.String() });

/** An example to replace: a typed route. What it takes and gives is checked, and wrong input is answered with 400. */
export const greetings: FastifyPluginAsyncTypebox = async (app) => {
  app.get("/greetings/:name", { schema: { params: Name, response: { 200: Greeting } } }, async ({ params }) => ({
    greeting: `Hello, ${params.name}`,
  }));
};
