/**
 * Runs at CloudFront on each request: a path whose last part has no dot is one of the application's own routes, so it is
 * answered with the application. Files keep their name, and one that is missing is missing: an error page for all would
 * answer a lost script with HTML and status 200.
 */
export const SINGLE_PAGE_FUNCTION = `function handler(event) {
  var request = event.request;
  var last = request.uri.split("/").pop();
  if (last.indexOf(".") === -1) {
    request.uri = "/index.html";
  }
  return request;
}
`;
