package usher.cli.control;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;
import usher.cli.console.Failure;
import usher.cli.console.Nearest;
import usher.cli.log.Loggers;
import usher.server.Model;
import usher.server.StreamHandler;
import usher.session.Peer;

/// What is spoken at a control socket: lines of words come, a line of JSON answers each. An object
/// with a member `error` says what was wrong, and then nothing has been done.
///
/// ```
/// → model event-loop
/// ← {"model":"event-loop","before":"virtual-threads"}
/// ```
///
/// Who can connect may do everything, so the socket is its owner's alone: see [ControlSocket].
public final class Control implements StreamHandler {
  /// The words that it understands.
  public static final List<String> COMMANDS =
      List.of(
          "status",
          "connections",
          "model",
          "threads",
          "threads-dump",
          "drain",
          "resume",
          "loglevel",
          "restart",
          "stop");

  private static final int LONGEST = 1_000;

  private final Running running;

  public Control(Running running) {
    this.running = running;
  }

  @Override
  public void handle(InputStream in, OutputStream out, Peer peer) throws IOException {
    BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      ObjectNode answer = answer(line);
      out.write((json().writeValueAsString(answer) + "\n").getBytes(StandardCharsets.UTF_8));
      out.flush();
      if (answer.path("successor").isNumber() || answer.path("stopping").asBoolean(false)) {
        // Only now, since nothing more may be said once it drains.
        running.stop().run();
      }
    }
  }

  private ObjectNode answer(String line) {
    try {
      if (line.length() > LONGEST) {
        throw Failure.usage("a line of more than " + LONGEST + " characters");
      }
      int space = line.strip().indexOf(' ');
      String word = space < 0 ? line.strip() : line.strip().substring(0, space);
      String rest = space < 0 ? "" : line.strip().substring(space + 1).strip();
      return obey(word, rest);
    } catch (Failure failure) {
      return error(failure.line());
    } catch (IOException | IllegalStateException thrown) {
      return error(String.valueOf(thrown.getMessage()));
    }
  }

  private ObjectNode error(String line) {
    return json().createObjectNode().put("error", line);
  }

  private ObjectNode obey(String word, String rest) throws IOException {
    Report report = new Report(running, json());
    return switch (word) {
      case "status" -> report.status();
      case "connections" -> report.connections();
      case "threads" -> report.threads(false);
      case "threads-dump" -> report.threads(true);
      case "model" -> rest.isEmpty() ? report.status() : model(rest);
      case "drain" -> {
        running.health().ready(false);
        boolean _ = running.server().pause();
        yield report.status();
      }
      case "resume" -> {
        boolean _ = running.server().resume();
        running.health().ready(true);
        yield report.status();
      }
      case "loglevel" -> logLevel(rest);
      case "restart" -> {
        long successor = running.takeover().begin();
        yield json()
            .createObjectNode()
            .put("pid", ProcessHandle.current().pid())
            .put("successor", successor);
      }
      case "stop" ->
          json().createObjectNode().put("pid", ProcessHandle.current().pid()).put("stopping", true);
      default ->
          throw Failure.usage(
              "there is no command %s%s (%s)"
                  .formatted(word, Nearest.question(word, COMMANDS), String.join(", ", COMMANDS)));
    };
  }

  private ObjectNode model(String text) throws IOException {
    Model next =
        Model.named(text)
            .orElseThrow(
                () -> {
                  List<String> names = Model.all().stream().map(Model::name).toList();
                  return Failure.usage(
                      "there is no model %s%s (%s)"
                          .formatted(
                              text, Nearest.question(text, names), String.join(", ", names)));
                });
    String before = running.server().model().text();
    running.server().switchTo(next);
    return json().createObjectNode().put("model", next.text()).put("before", before);
  }

  private ObjectNode logLevel(String text) {
    Loggers loggers = Loggers.present();
    String before = name(loggers.level());
    if (!text.isEmpty()) {
      loggers.level(
          Loggers.named(text)
              .orElseThrow(
                  () ->
                      Failure.usage(
                          "there is no level %s (%s)"
                              .formatted(text, String.join(", ", Loggers.names())))));
    }
    return json().createObjectNode().put("level", name(loggers.level())).put("before", before);
  }

  private static String name(System.Logger.Level level) {
    return level.getName().toLowerCase(Locale.ROOT);
  }

  /// Not before somebody asks: it is 40 ms of a start.
  private static JsonMapper json() {
    return JsonMapper.shared();
  }
}
