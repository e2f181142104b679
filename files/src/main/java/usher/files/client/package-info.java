/// A client of the library's own protocol: blocking, for one thread.
@org.jspecify.annotations.NullMarked
package usher.files.client;
