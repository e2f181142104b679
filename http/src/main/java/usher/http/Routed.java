package usher.http;

/// The handler that a request goes to, and the request as that handler shall see it.
public record Routed(HttpHandler handler, HttpRequest request) {}
