package usher.cli.control;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import usher.cli.console.Quantity;
import usher.cli.console.Style;
import usher.cli.console.Terminal;

/// What a person sees of a server's answers.
public final class View {
  private static final int NAME = 10;

  private final Terminal terminal;

  public View(Terminal terminal) {
    this.terminal = terminal;
  }

  /// The answer to this command.
  public String of(String command, JsonNode answer) {
    return switch (command) {
      case "status", "drain", "resume" -> status(answer);
      case "model" -> answer.has("before") ? change("model", answer, "model") : status(answer);
      case "loglevel" -> change("log level", answer, "level");
      case "connections" -> connections(answer);
      case "threads" -> threads(answer);
      case "threads-dump" -> stacks(answer);
      case "restart" ->
          "process %d serves in place of %d, which lets its clients finish"
              .formatted(answer.path("successor").asLong(), answer.path("pid").asLong());
      case "stop" ->
          "process %d lets its clients finish and ends".formatted(answer.path("pid").asLong());
      default -> answer.toPrettyString();
    };
  }

  private static String change(String what, JsonNode answer, String member) {
    String now = answer.path(member).asString("");
    String before = answer.path("before").asString("");
    return now.equals(before)
        ? what + ": " + now
        : "%s: %s, before: %s".formatted(what, now, before);
  }

  private String status(JsonNode status) {
    StringBuilder text = new StringBuilder();
    text.append(terminal.onOut(Style.STRONG, "usher " + status.path("what").asString("")));
    text.append(", process ").append(status.path("pid").asLong());
    text.append(", up ").append(span(Duration.ofSeconds(status.path("upSeconds").asLong())));
    row(text, "state", state(status));
    row(text, "model", status.path("model").asString(""));
    row(
        text,
        "clients",
        "%s now, %s served, %s datagrams dropped"
            .formatted(count(status, "active"), count(status, "served"), count(status, "dropped")));
    JsonNode models = status.path("models");
    boolean seats = status.path("state").asString("").equals("serving");
    for (int i = 0; i < models.size(); i++) {
      boolean finishing = !seats || i < models.size() - 1;
      if (models.size() > 1 || finishing) {
        JsonNode each = models.get(i);
        row(
            text,
            "",
            count(each, "clients")
                + " under "
                + each.path("model").asString("")
                + (finishing ? ", finishing" : ""));
      }
    }
    for (JsonNode address : status.path("addresses")) {
      row(text, "listens", address.asString(""));
    }
    row(
        text,
        "memory",
        size(status, "residentBytes")
            + " resident, "
            + size(status, "heapBytes")
            + " of heap used");
    row(text, "threads", count(status, "threads"));
    if (status.path("processes").asLong() > 1) {
      row(text, "processes", count(status, "processes"));
    }
    return text.toString();
  }

  private String state(JsonNode status) {
    boolean ready = status.path("ready").asBoolean(false);
    String state = status.path("state").asString("") + (ready ? ", ready" : ", not ready");
    return terminal.onOut(ready ? Style.GREEN : Style.YELLOW, state);
  }

  private void row(StringBuilder text, String name, String value) {
    text.append("\n  ").append(terminal.onOut(Style.QUIET, pad(name, NAME))).append(value);
  }

  private String connections(JsonNode answer) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("CLIENT", "SERVER", "SINCE", "DOES", "IN", "OUT", "MODEL"));
    for (JsonNode each : answer.path("connections")) {
      rows.add(
          List.of(
              each.path("remote").asString(""),
              each.path("local").asString(""),
              span(Duration.ofMillis(each.path("sinceMillis").asLong())),
              each.path("does").asString(""),
              size(each, "bytesIn"),
              size(each, "bytesOut"),
              each.path("model").asString("")));
    }
    return table(rows) + more(answer);
  }

  private static String more(JsonNode answer) {
    long more = answer.path("more").asLong(0);
    return more == 0 ? "" : "\nand " + Quantity.count(more) + " more";
  }

  private String threads(JsonNode answer) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("THREAD", "STATE", "CPU"));
    for (JsonNode each : answer.path("threads")) {
      rows.add(
          List.of(
              each.path("name").asString(""),
              each.path("state").asString(""),
              each.path("cpuMillis").asLong() + " ms"));
    }
    return table(rows);
  }

  private String stacks(JsonNode answer) {
    List<String> lines = new ArrayList<>();
    for (JsonNode each : answer.path("stuck")) {
      lines.add(terminal.onOut(Style.YELLOW, each.path("what").asString("")));
      addStack(lines, each);
    }
    for (JsonNode each : answer.path("threads")) {
      lines.add(
          terminal.onOut(Style.STRONG, each.path("name").asString(""))
              + " "
              + each.path("state").asString(""));
      addStack(lines, each);
    }
    return String.join("\n", lines);
  }

  private static void addStack(List<String> lines, JsonNode thread) {
    for (JsonNode call : thread.path("stack")) {
      lines.add("    at " + call.asString(""));
    }
  }

  private String table(List<List<String>> rows) {
    int[] widths = new int[rows.getFirst().size()];
    for (List<String> row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    List<String> lines = new ArrayList<>();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < widths.length; i++) {
        line.append(pad(row.get(i), widths[i])).append("  ");
      }
      String text = line.toString().stripTrailing();
      lines.add(lines.isEmpty() ? terminal.onOut(Style.QUIET, text) : text);
    }
    return String.join("\n", lines);
  }

  private static String pad(String text, int width) {
    return text + " ".repeat(Math.max(0, width - text.length()));
  }

  private static String count(JsonNode node, String member) {
    return Quantity.count(node.path(member).asLong());
  }

  private static String size(JsonNode node, String member) {
    return Quantity.about(node.path(member).asLong());
  }

  /// The two largest units, as a person says it.
  static String span(Duration time) {
    if (time.toDays() > 0) {
      return time.toDays() + " d " + time.toHoursPart() + " h";
    }
    if (time.toHours() > 0) {
      return time.toHours() + " h " + time.toMinutesPart() + " min";
    }
    if (time.toMinutes() > 0) {
      return time.toMinutes() + " min " + time.toSecondsPart() + " s";
    }
    return time.toSeconds() + " s";
  }
}
