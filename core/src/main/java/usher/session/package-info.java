/// The contract between a protocol and the server that serves it.
///
/// A [usher.session.Protocol] opens a [usher.session.Session], a pure state machine. Whoever drives
/// the session asks it "what next?" and obeys the [usher.session.Step] that it answers. Nothing in
/// this package touches a socket, a thread, a clock, a lock or a random source; a test walks the
/// class files and fails where one does. The one exception is [usher.session.Errand], where the end
/// of a call and the end of a connection may meet.
@org.jspecify.annotations.NullMarked
package usher.session;
