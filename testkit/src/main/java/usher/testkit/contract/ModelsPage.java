package usher.testkit.contract;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import usher.server.Model;
import usher.session.Capability;

/// The page that shows what each model does: made from the models themselves and from the last run
/// of each suite.
///
/// A test in each module that has a suite holds the committed page against the suite: behaviours,
/// reasons of skips and numbers must be those of a run in which nothing fails.
public final class ModelsPage {
  private static final String HEAD =
      """
      # The models, and what was seen of them

      *Made by a machine from the last run of the contract suites; do not edit. To make it again:
      `mvn verify -Dusher.whole=true`, then `docs/make-models-page`.*

      Each behaviour is written once and runs under each model: those of streams over TCP (IPv4 and IPv6), Unix sockets and a network
      in memory, those of datagrams over UDP (IPv4 and IPv6). After each trial no connection, descriptor or thread is left, and the
      driver has kept its side of the session's contract in every call. Under `prefork` (two children, each with an event loop) and
      `process-per-connection` a trial is a program of its own with its children: all behaviours over TCP (IPv4), some groups over
      the other sockets as well, and afterwards no child is left, ended or not.

      ## What they are

      """;

  private static final String LAST = "Last run: ";

  private final StringBuilder text = new StringBuilder();

  private ModelsPage() {}

  /// Writes the page.
  ///
  /// @param args where the page is, and the folders of results that go into it
  public static void main(String[] args) throws IOException {
    StringBuilder page = new StringBuilder(head());
    for (int i = 1; i < args.length; i++) {
      for (Results results : Results.read(Path.of(args[i]))) {
        page.append(section(results, true));
      }
    }
    Files.writeString(Path.of(args[0]), page.toString().stripTrailing() + "\n");
  }

  /// What of the head of a page, and of this suite's section, does not stand in it as it should:
  /// the first line that is missing, or an empty text if the page is up to date.
  public static String missing(Suite suite, Path page) throws IOException {
    List<String> lines = Files.readAllLines(page);
    String expected =
        head() + section(new Results(suite.name(), suite.title(), suite.expected()), false);
    int at = 0;
    for (String line : expected.lines().toList()) {
      int next = lines.subList(at, lines.size()).indexOf(line);
      if (next < 0) {
        return line;
      }
      at += next + 1;
    }
    String after = "## " + suite.title();
    int begin = lines.indexOf(after);
    int length = (int) expected.substring(expected.indexOf(after)).lines().count();
    // With the line about the run and the empty one below it the section is as long as it should
    // be.
    int end = begin + length + 2;
    boolean ends = end == lines.size() || lines.get(end).startsWith("## ");
    return ends ? "" : "(something is there that should not be, near line " + end + ")";
  }

  // ---- the head

  private static String head() {
    ModelsPage page = new ModelsPage();
    page.text.append(HEAD);
    page.row("model", Stream.of("what happens"));
    page.row("---", Stream.of("---"));
    for (Model model : Model.all()) {
      page.row("`" + model.name() + "`", Stream.of(model.summary()));
    }
    page.line("");
    page.row("", Model.all().stream().map(Model::name));
    page.row("---", Model.all().stream().map(_ -> ":-:"));
    for (Capability capability : Capability.values()) {
      page.row(
          capability.meaning(),
          Model.all().stream()
              .map(model -> model.capabilities().contains(capability) ? "yes" : ""));
    }
    page.line("");
    return page.text + Isolation.section();
  }

  // ---- a suite

  private static String section(Results results, boolean run) {
    ModelsPage page = new ModelsPage();
    page.line("## " + results.title());
    page.line("");
    if (run) {
      page.line(LAST + summary(results));
      page.line("");
    }
    List<String> models =
        Model.all().stream()
            .map(Model::name)
            .filter(name -> results.list().stream().anyMatch(it -> it.model().equals(name)))
            .toList();
    List<String> transports =
        Stream.of(Transport.values())
            .map(Transport::label)
            .filter(label -> results.list().stream().anyMatch(it -> it.transport().equals(label)))
            .toList();
    page.totals(results, models, transports);
    page.behaviours(results, models, transports.size());
    return page.text.toString();
  }

  private static String summary(Results results) {
    return "%d passed, %d skipped, %d failed, on JDK %s and %s."
        .formatted(
            count(results.list(), Suite.Outcome.PASSED),
            count(results.list(), Suite.Outcome.SKIPPED),
            count(results.list(), Suite.Outcome.FAILED),
            Runtime.version(),
            System.getProperty("os.name"));
  }

  private void totals(Results results, List<String> models, List<String> transports) {
    line("Passed, and skipped behind the plus:");
    line("");
    row("", models.stream());
    row("---", models.stream().map(_ -> ":-:"));
    for (String transport : transports) {
      row(
          transport,
          models.stream()
              .map(
                  model ->
                      total(
                          results.list().stream()
                              .filter(it -> it.model().equals(model))
                              .filter(it -> it.transport().equals(transport))
                              .toList())));
    }
    line("");
  }

  private static String total(List<Suite.Result> results) {
    long failed = count(results, Suite.Outcome.FAILED);
    return count(results, Suite.Outcome.PASSED)
        + " + "
        + count(results, Suite.Outcome.SKIPPED)
        + (failed == 0 ? "" : ", **" + failed + " failed**");
  }

  private void behaviours(Results results, List<String> models, int transports) {
    Set<String> notes = new LinkedHashSet<>();
    Map<String, Map<String, List<Suite.Result>>> groups =
        results.list().stream()
            .collect(
                Collectors.groupingBy(
                    Suite.Result::group,
                    LinkedHashMap::new,
                    Collectors.groupingBy(
                        Suite.Result::behaviour, LinkedHashMap::new, Collectors.toList())));
    line("On how many of the %d transports each behaviour was seen:".formatted(transports));
    line("");
    row("", models.stream());
    row("---", models.stream().map(_ -> ":-:"));
    groups.forEach(
        (group, behaviours) -> {
          row("**" + group + "**", models.stream().map(_ -> ""));
          behaviours.forEach(
              (behaviour, list) ->
                  row(
                      behaviour,
                      models.stream()
                          .map(
                              model ->
                                  cell(
                                      list.stream().filter(it -> it.model().equals(model)).toList(),
                                      transports,
                                      notes))));
        });
    line("");
    int number = 0;
    for (String note : notes) {
      line(++number + ". " + note);
    }
    line("");
  }

  private static String cell(List<Suite.Result> list, int transports, Set<String> notes) {
    StringBuilder cell = new StringBuilder();
    long passed = count(list, Suite.Outcome.PASSED);
    cell.append(passed == 0 ? "–" : String.valueOf(passed));
    long failed = count(list, Suite.Outcome.FAILED);
    if (failed > 0) {
      cell.append(", **").append(failed).append(" failed**");
    }
    Map<String, List<String>> reasons = new LinkedHashMap<>();
    for (Suite.Result it : list) {
      if (it.outcome() == Suite.Outcome.SKIPPED) {
        reasons.computeIfAbsent(it.text(), _ -> new ArrayList<>()).add(it.transport());
      }
    }
    reasons.forEach(
        (reason, over) -> {
          boolean everywhere = over.size() == transports;
          String note = (everywhere ? "" : String.join(", ", over) + ": ") + reason;
          notes.add(note);
          cell.append(" <sup>").append(new ArrayList<>(notes).indexOf(note) + 1).append("</sup>");
        });
    return cell.toString();
  }

  private static long count(List<Suite.Result> results, Suite.Outcome outcome) {
    return results.stream().filter(it -> it.outcome() == outcome).count();
  }

  private void row(String first, Stream<String> cells) {
    line("| " + first + " | " + cells.collect(Collectors.joining(" | ")) + " |");
  }

  private void line(String line) {
    text.append(line).append('\n');
  }
}
