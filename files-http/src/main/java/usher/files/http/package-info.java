/// The HTTP door of a file library: a page to look at, downloads, uploads, an API.
///
/// [usher.files.http.FilesSite] is the way in; all else here is its own.
@org.jspecify.annotations.NullMarked
package usher.files.http;
