/// A third driver beside the two of the server: it obeys any session purely, with time set by hand,
/// and checks the session's side of the contract at every step.
@org.jspecify.annotations.NullMarked
package usher.testkit.drive;
