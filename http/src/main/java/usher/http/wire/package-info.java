/// The grammar of HTTP/1.1 on the wire, pure: heads, chunks, authorities, dates. Knows nothing of
/// handlers.
@org.jspecify.annotations.NullMarked
package usher.http.wire;
