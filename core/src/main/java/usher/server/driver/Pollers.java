package usher.server.driver;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;

/// Has the JDK open what virtual threads need to wait for a channel. It does so when the first one
/// waits; if there is no descriptor left just then, none of them can ever wait again in this
/// process.
final class Pollers {
  private Pollers() {}

  /// Has a virtual thread wait once. Takes less than a millisecond.
  @SuppressWarnings("ThreadPriorityCheck") // nothing is to be waited for but another thread's step
  static void open() throws IOException {
    Pipe pipe = Pipe.open();
    try (Pipe.SourceChannel source = pipe.source();
        Pipe.SinkChannel _ = pipe.sink()) {
      Thread waiting = Thread.ofVirtual().start(() -> waitFor(source));
      while (waiting.isAlive() && waiting.getState() != Thread.State.WAITING) {
        Thread.yield();
      }
    }
  }

  private static void waitFor(Pipe.SourceChannel source) {
    try {
      int _ = source.read(ByteBuffer.allocate(1));
    } catch (IOException closed) {
      // That ends the wait.
    }
  }
}
