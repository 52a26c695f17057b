import { Link, Route, Switch } from "wouter";
import { ErrorBoundary } from "./error-boundary.tsx";
import { Greeting } from "./pages/greeting.tsx";
import { Home } from "./pages/home.tsx";
import { NotFound } from "./pages/not-found.tsx";
import { service } from "./service.ts";

/** The application: one page a route. A path whose last part has a dot is a file and never comes here: what people type is no path. */
export function App() {
  return (
    <>
      <header>
        <Link href="/">{service.name}</Link>
      </header>
      <main>
        <ErrorBoundary>
          <Switch>
            <Route path="/" component={Home} />
            <Route path="/greetings" component={Greeting} />
            <Route component={NotFound} />
          </Switch>
        </ErrorBoundary>
      </main>
    </>
  );
}
