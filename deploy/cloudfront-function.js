// Roost on CloudFront, at the event “viewer request”: every address of the console is answered with its page. A file that is
// gone is gone: a page in its place would be taken for a program. Not an error page of the distribution, which would also
// turn the refusals of an API behind the same distribution into pages.
// scripts/deploy --host cloudfront fills in what stands between @ signs; docs/deployment.md has the steps.
function handler(event) {
  var request = event.request;
  if (request.uri.indexOf("@BASE@") === 0 && !/^@PATTERN@(assets\/|[^\/]+\.(@ENDINGS@)$)/.test(request.uri)) {
    request.uri = "@BASE@index.html";
  }
  return request;
}
