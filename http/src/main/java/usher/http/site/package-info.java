/// A folder as a web site: files with their types, validators, ranges and encodings, and listings
/// of folders. Nothing outside the folder is ever read.
@org.jspecify.annotations.NullMarked
package usher.http.site;
