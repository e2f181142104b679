package usher.lab.subject;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import usher.server.Model;

/// What all servers of a run have in common.
///
/// @param java the program
/// @param options of its JVM
/// @param classPath with the handler
/// @param pinned words before `java` that pin it to its cores; empty where it may use all
/// @param work how much computing a millisecond is
/// @param folder that is served as `/static`
public record SubjectPlan(
    String java,
    List<String> options,
    String classPath,
    List<String> pinned,
    Work work,
    Path folder) {
  /// As the `usher` command starts a server.
  public static final List<String> USUAL_OPTIONS =
      List.of("-XX:+UseSerialGC", "-XX:-UsePerfData", "--enable-native-access=ALL-UNNAMED");

  /// A heap that is touched before anybody comes: what grows then is what clients cost.
  private static final List<String> TOUCHED =
      List.of("-Xms512m", "-Xmx512m", "-XX:+AlwaysPreTouch");

  public SubjectPlan {
    options = List.copyOf(options);
    pinned = List.copyOf(pinned);
  }

  /// A server under this model.
  ///
  /// @param handler a class, `service`, or `http`, `line` or `datagram`
  public ServerProcess start(Model model, String handler) throws SubjectException, IOException {
    return ServerProcess.start(this, model, handler, List.of());
  }

  /// One whose memory is to be compared with and without clients.
  public ServerProcess startTouched(Model model, String handler)
      throws SubjectException, IOException {
    return ServerProcess.start(this, model, handler, model.processes() ? List.of() : TOUCHED);
  }

  /// Any free port.
  static String address(String handler) {
    return handler.equals("datagram") ? "udp:127.0.0.1:0" : "tcp:127.0.0.1:0";
  }
}
