"""What Kubernetes and Prometheus ask, at a port of its own."""

import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from prometheus_client import CONTENT_TYPE_LATEST, generate_latest


def serve_health(port: int, lives: Callable[[], bool], ready: Callable[[], bool]) -> ThreadingHTTPServer:
    """Answers `/healthz`, `/readyz` and `/metrics` until it is shut down."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if self.path == "/healthz":
                self._say(200 if lives() else 503, "text/plain", b"ok" if lives() else b"stuck")
            elif self.path == "/readyz":
                self._say(200 if ready() else 503, "text/plain", b"ok" if ready() else b"not ready")
            elif self.path == "/metrics":
                self._say(200, CONTENT_TYPE_LATEST, generate_latest())
            else:
                self._say(404, "text/plain", b"not found")

        def _say(self, status: int, content_type: str, body: bytes) -> None:
            self.send_response(status)
            self.send_header("Content-Type", content_type)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            """Probes are not worth a line each."""

    server = ThreadingHTTPServer(("", port), Handler)
    threading.Thread(target=server.serve_forever, name="health", daemon=True).start()
    return server
