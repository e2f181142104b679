package usher.cli.control;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import usher.cli.console.Terminal;
import usher.cli.serving.Administration;
import usher.server.Model;
import usher.server.Probe;
import usher.server.Server;
import usher.session.Limits;

/// The control socket of a running server, served. A server that cannot have one serves all the
/// same.
public final class ControlServer implements AutoCloseable {
  private static final int CLIENTS = 16;

  private final @Nullable ControlSocket socket;
  private final @Nullable Server server;

  private ControlServer(@Nullable ControlSocket socket, @Nullable Server server) {
    this.socket = socket;
    this.server = server;
  }

  /// Opens it as it is wanted.
  public static ControlServer open(
      Running running, Administration administration, Terminal terminal) {
    if (administration.closed()) {
      return new ControlServer(null, null);
    }
    ControlSocket socket = null;
    try {
      Path path = administration.control();
      socket = path == null ? ControlSocket.usual() : ControlSocket.at(path);
      Server server =
          Server.builder()
              .listen(socket.channel())
              .serve(new Control(running).protocol("control"))
              .model(new Model.VirtualThreads())
              .limits(Limits.DEFAULT.withConnections(CLIENTS))
              .probe(Probe.NONE)
              .start();
      return new ControlServer(socket, server);
    } catch (IOException | UnsupportedOperationException thrown) {
      if (socket != null) {
        socket.close();
      }
      terminal.warn("there is no control socket: " + thrown.getMessage());
      return new ControlServer(null, null);
    }
  }

  @Override
  public void close() {
    if (server != null) {
      server.close();
    }
    if (socket != null) {
      socket.close();
    }
  }
}
