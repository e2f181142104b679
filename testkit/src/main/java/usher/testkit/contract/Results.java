package usher.testkit.contract;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// What came of a run of a suite, on disk between the run and the [ModelsPage]: a folder for each
/// suite with a file for each model, tab-separated, the suite's title in the first line.
record Results(String suite, String title, List<Suite.Result> list) {
  private static final String END = ".tsv";

  /// Keeps the list as it is now.
  Results {
    list = List.copyOf(list);
  }

  void write(Path folder, String model) throws IOException {
    List<String> lines = new ArrayList<>();
    lines.add(title);
    for (Suite.Result result : list) {
      lines.add(
          String.join(
              "\t",
              result.group(),
              result.behaviour(),
              result.model(),
              result.transport(),
              result.outcome().name(),
              result.text().replaceAll("\\s+", " ")));
    }
    Path file = folder.resolve(suite).resolve(model + END);
    Files.createDirectories(file.getParent());
    Files.write(file, lines);
  }

  /// All suites of a folder, in the order of their names.
  static List<Results> read(Path folder) throws IOException {
    List<Results> suites = new ArrayList<>();
    for (Path suite : list(folder)) {
      List<Path> files =
          list(suite).stream().filter(path -> path.toString().endsWith(END)).toList();
      List<Suite.Result> results = new ArrayList<>();
      String title = "";
      for (Path file : files) {
        List<String> lines = Files.readAllLines(file);
        title = lines.getFirst();
        lines.stream().skip(1).map(Results::result).forEach(results::add);
      }
      suites.add(new Results(String.valueOf(suite.getFileName()), title, results));
    }
    return suites;
  }

  private static List<Path> list(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.sorted().toList();
    }
  }

  private static Suite.Result result(String line) {
    String[] cells = line.split("\t", -1);
    return new Suite.Result(
        cells[0], cells[1], cells[2], cells[3], Suite.Outcome.valueOf(cells[4]), cells[5]);
  }
}
