package usher.server.process;

import java.io.FileOutputStream;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The two ways to tell: a datagram to the Unix socket `NOTIFY_SOCKET`, which Java has no sockets
/// for, and a byte into the pipe of the process that this one takes over from.
public final class Telling {
  private final @Nullable String socket;
  private @Nullable String ready;

  public Telling(Map<String, String> environment) {
    this.socket = environment.get("NOTIFY_SOCKET");
    this.ready = environment.get(Succession.READY);
  }

  /// Sends the service manager these words, if there is one.
  public void tell(String words) throws IOException {
    if (socket != null && !socket.isEmpty()) {
      new NotifySocket().send(socket, words);
    }
  }

  /// Tells the process before this one, once.
  public synchronized void tellPredecessor() throws IOException {
    String descriptor = ready;
    ready = null;
    // A number that is inherited from further away means nothing here.
    if (descriptor == null
        || !Long.toString(ProcessHandle.current().pid()).equals(System.getenv("LISTEN_PID"))) {
      return;
    }
    try (FileOutputStream pipe = new FileOutputStream("/proc/self/fd/" + descriptor)) {
      pipe.write('\n');
    }
    new Native().close(Integer.parseInt(descriptor));
  }
}
