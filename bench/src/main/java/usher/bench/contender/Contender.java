package usher.bench.contender;

import java.io.IOException;
import java.util.List;

/// A server that can be measured.
///
/// @param name what it is called in tables and options
/// @param family what kind it is
/// @param seats how many keep-alive connections it can serve side by side at most
/// @param command how it is started
/// @param startCommand how it is started where the start itself is measured
public record Contender(
    String name, Family family, int seats, Command command, Command startCommand) {

  /// For a contender without a limit of its own on connections.
  public static final int ANY = Integer.MAX_VALUE;

  /// A server that is started in the same way everywhere.
  static Contender of(String name, Family family, Command command) {
    return new Contender(name, family, ANY, command, command);
  }

  /// A command line. The server it starts answers at the launch's port until SIGTERM ends it.
  @FunctionalInterface
  public interface Command {
    /// The program and its arguments; writes what the server needs into the launch's work folder.
    List<String> line(Launch launch) throws IOException;
  }
}
