package usher.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import usher.cli.console.Style;
import usher.cli.console.Terminal;
import usher.server.Address;
import usher.server.Model;
import usher.session.Capability;

/// Models × capabilities × transports, made from the code: a model, a capability or a kind of
/// address that is added there appears here.
///
/// @param models in the order in which they are taught
/// @param capabilities in the order of their declaration
/// @param transports the kinds of address, in the order of their declaration; every model serves
///   each, since a model never sees more of a listener than a channel
record ModelMatrix(List<Model> models, List<Capability> capabilities, List<String> transports) {
  private static final String YES = "yes";
  private static final String NO = "-";
  private static final String GAP = "  ";

  /// Between columns: with more, the table would not fit a terminal.
  private static final String RULE = " ";

  static ModelMatrix ofCode() {
    return new ModelMatrix(
        Model.all(),
        List.of(Capability.values()),
        Arrays.stream(Address.class.getPermittedSubclasses())
            .map(kind -> kind.getSimpleName().toLowerCase(Locale.ROOT))
            .toList());
  }

  /// Such as `blocking alone`.
  private static String label(Capability capability) {
    return capability.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  private static String cell(Model model, Capability capability) {
    return model.capabilities().contains(capability) ? YES : NO;
  }

  /// A table for a terminal of 80 columns, and what its words mean.
  String text(Terminal terminal) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(head(0));
    rows.add(head(1));
    for (Model model : models) {
      rows.add(row(model));
    }
    int[] widths = widths(rows);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < rows.size(); i++) {
      String line = line(rows.get(i), widths).stripTrailing();
      text.append(i < 2 ? terminal.onOut(Style.STRONG, line) : coloured(line, terminal))
          .append('\n');
    }
    text.append('\n');
    for (Capability capability : capabilities) {
      text.append(definition(label(capability), capability.meaning(), terminal));
    }
    text.append('\n');
    for (Model model : models) {
      text.append(definition(model.name(), model.summary(), terminal));
    }
    text.append("\nChoose one with --model, and its size (threads or processes) with --threads.");
    return text.toString();
  }

  /// One of the two lines of the head: words of two parts stand above each other.
  private List<String> head(int line) {
    List<String> cells = new ArrayList<>();
    cells.add(line == 0 ? "" : "model");
    for (Capability capability : capabilities) {
      String[] parts = label(capability).split(" ", 2);
      cells.add(parts.length == 1 ? (line == 0 ? "" : parts[0]) : parts[line]);
    }
    cells.add(line == 0 ? "" : "size");
    transports.forEach(transport -> cells.add(line == 0 ? "" : transport));
    return cells;
  }

  private List<String> row(Model model) {
    List<String> cells = new ArrayList<>();
    cells.add(model.name());
    capabilities.forEach(capability -> cells.add(cell(model, capability)));
    cells.add(model.size().isPresent() ? String.valueOf(model.size().getAsInt()) : NO);
    transports.forEach(_ -> cells.add(YES));
    return cells;
  }

  private static int[] widths(List<List<String>> rows) {
    int[] widths = new int[rows.getFirst().size()];
    for (List<String> row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    return widths;
  }

  private static String line(List<String> row, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      line.append(row.get(i)).repeat(' ', widths[i] - row.get(i).length()).append(RULE);
    }
    return line.toString();
  }

  private static String coloured(String line, Terminal terminal) {
    return line.replace(RULE + YES, RULE + terminal.onOut(Style.GREEN, YES))
        .replace(RULE + NO, RULE + terminal.onOut(Style.QUIET, NO));
  }

  private String definition(String word, String meaning, Terminal terminal) {
    int width = models.stream().mapToInt(model -> model.name().length()).max().orElse(0);
    return terminal.onOut(Style.STRONG, word)
        + " ".repeat(width - word.length())
        + GAP
        + meaning
        + '\n';
  }

  /// The same as a table in Markdown.
  String markdown() {
    List<String> head = new ArrayList<>(List.of("model"));
    capabilities.forEach(capability -> head.add(label(capability)));
    head.add("size");
    head.addAll(transports);
    StringBuilder text = new StringBuilder();
    text.append(marked(head)).append(marked(head.stream().map(_ -> "---").toList()));
    for (Model model : models) {
      List<String> cells = row(model);
      cells.set(0, "`" + model.name() + "`");
      text.append(marked(cells));
    }
    text.append('\n');
    for (Model model : models) {
      text.append("- `%s`: %s%n".formatted(model.name(), model.summary()));
    }
    for (Capability capability : capabilities) {
      text.append("- *%s*: %s%n".formatted(label(capability), capability.meaning()));
    }
    return text.toString().stripTrailing();
  }

  private static String marked(List<String> cells) {
    return cells.stream().collect(Collectors.joining(" | ", "| ", " |\n"));
  }

  /// The same as JSON.
  String json() {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put(
        "models",
        models.stream()
            .map(
                model -> {
                  Map<String, Object> entry = new LinkedHashMap<>();
                  entry.put("name", model.name());
                  entry.put("summary", model.summary());
                  entry.put("size", model.size().isPresent() ? model.size().getAsInt() : null);
                  entry.put("capabilities", offered(model));
                  entry.put("transports", transports);
                  return entry;
                })
            .toList());
    Map<String, String> meanings = new LinkedHashMap<>();
    capabilities.forEach(capability -> meanings.put(label(capability), capability.meaning()));
    all.put("capabilities", meanings);
    return JsonMapper.builder()
        .enable(SerializationFeature.INDENT_OUTPUT)
        .build()
        .writeValueAsString(all);
  }

  private List<String> offered(Model model) {
    return capabilities.stream()
        .filter(capability -> model.capabilities().contains(capability))
        .map(ModelMatrix::label)
        .toList();
  }
}
