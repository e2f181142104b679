package usher.cli.files;

import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import usher.cli.console.Failure;
import usher.cli.console.Nearest;
import usher.files.FileEntry;
import usher.files.FileName;

/// Which of a server's files are meant by words that may be patterns (`*.txt`).
public final class Names {
  private static final String PATTERN = "*?[{";

  private Names() {}

  /// The files that any of the words means, each once. A pattern that fits none, or a name that is
  /// none of them, is a failure that says so.
  public static List<FileEntry> chosen(List<FileEntry> all, List<String> words) {
    Map<FileName, FileEntry> chosen = new LinkedHashMap<>();
    for (String word : words) {
      List<FileEntry> fitting = fitting(all, word);
      if (fitting.isEmpty()) {
        List<String> names = all.stream().map(entry -> entry.name().text()).toList();
        throw Failure.failed(
            "there is no %s on the server%s".formatted(word, Nearest.question(word, names)));
      }
      fitting.forEach(entry -> chosen.put(entry.name(), entry));
    }
    return List.copyOf(chosen.values());
  }

  private static List<FileEntry> fitting(List<FileEntry> all, String word) {
    // A file may be called so.
    List<FileEntry> called =
        all.stream().filter(entry -> entry.name().text().equals(word)).toList();
    if (!called.isEmpty() || word.chars().noneMatch(c -> PATTERN.indexOf(c) >= 0)) {
      return called;
    }
    try {
      PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + word);
      return all.stream().filter(entry -> matcher.matches(Path.of(entry.name().text()))).toList();
    } catch (IllegalArgumentException wrong) {
      throw Failure.usage(word + " is no pattern: " + wrong.getMessage());
    }
  }
}
