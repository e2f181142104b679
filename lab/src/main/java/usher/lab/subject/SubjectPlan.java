package usher.lab.subject;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import usher.lab.proc.JavaProgram;
import usher.server.Model;

/// What all servers of a run have in common.
///
/// @param options of its JVM
/// @param classPath with the handler
/// @param pinned words before `java` that pin it to its cores; empty where it may use all
/// @param work how much computing a millisecond is
/// @param folder that is served as `/static`
public record SubjectPlan(
    List<String> options, String classPath, List<String> pinned, Work work, Path folder) {
  /// As the `usher` command starts a server.
  public static final List<String> USUAL_OPTIONS =
      List.of("-XX:+UseSerialGC", "-XX:-UsePerfData", "--enable-native-access=ALL-UNNAMED");

  /// A heap that is touched before anybody comes: what grows then is what clients cost.
  private static final List<String> TOUCHED =
      List.of("-Xms256m", "-Xmx256m", "-XX:+AlwaysPreTouch");

  public SubjectPlan {
    options = List.copyOf(options);
    pinned = List.copyOf(pinned);
  }

  /// A server under this model.
  ///
  /// @param handler a class, `service`, or `http`, `line`, `datagram` or `hello`
  public ServerProcess start(Model model, String handler) throws SubjectException, IOException {
    return start(model, handler, List.of());
  }

  /// One whose memory is to be compared with and without clients.
  public ServerProcess startTouched(Model model, String handler)
      throws SubjectException, IOException {
    return start(model, handler, model.processes() ? List.of() : TOUCHED);
  }

  /// The options of the servers' JVMs, for the report.
  public List<String> flags() {
    return Stream.concat(JavaProgram.archiveNamed().stream(), options.stream()).toList();
  }

  /// The server that costs nothing.
  public ServerProcess startFixed() throws SubjectException, IOException {
    List<String> line = line(List.of(), FixedServer.class);
    return ServerProcess.start("fixed answer", false, line);
  }

  private ServerProcess start(Model model, String handler, List<String> more)
      throws SubjectException, IOException {
    List<String> line = line(more, SubjectServer.class);
    line.addAll(List.of(model.text(), handler));
    line.addAll(List.of(Integer.toString(work.roundsAMilli()), folder.toString()));
    return ServerProcess.start(nameOf(model), !model.processes(), line);
  }

  private List<String> line(List<String> more, Class<?> program) {
    List<String> line = new ArrayList<>(pinned);
    line.add(JavaProgram.path());
    line.addAll(JavaProgram.archive());
    line.addAll(options);
    line.addAll(more);
    line.addAll(List.of("-cp", classPath, program.getName()));
    return line;
  }

  /// As people call it: numbers of threads and processes are named where they are not the usual
  /// ones.
  public static String nameOf(Model model) {
    return Model.named(model.name()).filter(model::equals).map(Model::name).orElse(model.text());
  }
}
