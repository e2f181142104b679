package usher.session;

import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import org.jspecify.annotations.Nullable;

/// What a session wants done next. The driver obeys and asks again.
public sealed interface Step {
  /// Send all of these bytes, at least one, before asking again. The driver has taken them all by
  /// then, so that the session may use the buffer anew. Writes that follow each other are gathered
  /// and leave together at the next park, file or close.
  record Write(ByteBuffer bytes) implements Step {}

  /// Send a part of a file, at least one byte, from the page cache where the transport can. The
  /// session keeps the file open until it is asked again or lost. A file that has become too short
  /// ends the connection with [Cause.Kind#FAILED], since what was promised cannot be sent.
  record SendFile(FileChannel file, long offset, long length) implements Step {}

  /// Run code of the user as the model says, and tell its end by [Session#complete].
  ///
  /// @param key the session's own name for the call
  /// @param kind what the code may do to the thread that it runs on
  record Call(long key, Task task, Kind kind) implements Step {}

  /// Lend the byte stream to blocking code until it ends, then [Session#complete] with the key.
  /// Blocking drivers run it in place, the others on a virtual thread of its own. Bytes that the
  /// code leaves are the session's again. No [Call] may be running.
  record Converse(long key, Conversation conversation) implements Step {}

  /// Nothing to do until input (if wanted), a completion or the deadline.
  record Park(boolean wantsInput) implements Step {}

  /// Go on as another session, at once, with the bytes that are still unread. The old session is
  /// not called again, not even when the connection is lost.
  record Become(Session session) implements Step {}

  /// Shut our side once everything is flushed; the peer may go on sending.
  record ShutdownOutput() implements Step {}

  /// Flush and close.
  ///
  /// @param linger whether the peer may still be sending: then its bytes are read and thrown away
  ///   for a short while, because closing over unread bytes resets the connection and can destroy
  ///   the last answer on its way
  record Close(boolean linger) implements Step {}

  /// Reset the connection: what was written may be lost, and the peer sees an error, not an end.
  record Abort() implements Step {}

  /// Wait for input.
  Step.Park INPUT = new Park(true);

  /// Wait for a completion or the deadline, and leave input where it is (back-pressure).
  Step.Park QUIET = new Park(false);

  /// Close a connection on which the peer has nothing more to say.
  Step.Close CLOSE = new Close(false);

  /// Close a connection on which the peer may still be sending.
  Step.Close LINGER = new Close(true);

  /// Shut our side.
  Step.ShutdownOutput SHUTDOWN_OUTPUT = new ShutdownOutput();

  /// Reset the connection.
  Step.Abort ABORT = new Abort();

  /// What a [Call] may do to its thread.
  enum Kind {
    /// Cheap and never blocks: run by the connection's owner.
    INLINE,
    /// May block or compute for long: run where the model runs such code.
    BLOCKING,
    /// Returns a [java.util.concurrent.CompletionStage] at once; the call ends when the stage does.
    ASYNC
  }

  /// Code of the user. What it throws reaches the session as a failed [Outcome].
  @FunctionalInterface
  interface Task {
    /// Runs the code. A task of kind [Kind#ASYNC] returns a [java.util.concurrent.CompletionStage].
    @Nullable Object run() throws Exception;

    /// Whether it may be refused with an [Overload] while there is too much to do: true for what
    /// begins an answer, which is what most calls do. What goes on with one says false, and is
    /// taken even when the queue is full.
    default boolean refusable() {
      return true;
    }

    /// Told right before it runs, on the same thread: for how long it has waited since the last
    /// byte of its request came, ns. Not told to a task of kind [Kind#INLINE].
    default void waited(long nanos) {}
  }
}
