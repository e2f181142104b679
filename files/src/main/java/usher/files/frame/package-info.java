/// The library's own protocol: `docs/protocols/files.md` specifies it.
///
/// [usher.files.frame.FileProtocol] is served like any other; a session of it is pure, and reaches
/// the library by calls.
@org.jspecify.annotations.NullMarked
package usher.files.frame;
