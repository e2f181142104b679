/// Which handler answers which request: a router by method and path, and filters, plain functions
/// from handler to handler.
@org.jspecify.annotations.NullMarked
package usher.http.route;
