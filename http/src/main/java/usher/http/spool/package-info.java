/// Where large bodies lie while they are received and read. The only part of HTTP that touches
/// files; the session calls it from within tasks only.
@org.jspecify.annotations.NullMarked
package usher.http.spool;
