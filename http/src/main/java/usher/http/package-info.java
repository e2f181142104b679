/// HTTP/1.1 for handlers: requests, responses and the protocol that serves them.
///
/// A [usher.http.HttpHandler] turns a [usher.http.HttpRequest] into a [usher.http.HttpResponse];
/// [usher.http.HttpProtocol] seats it under any model. The session behind it is pure: see
/// `usher.session`.
@org.jspecify.annotations.NullMarked
package usher.http;
