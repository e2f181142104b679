package usher.cli.files;

import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import usher.cli.console.Failure;
import usher.cli.console.Nearest;
import usher.files.FileEntry;
import usher.files.FileName;

/// Which files are meant by words: those of a server by names and patterns (`*.txt`), those of this
/// machine by their paths.
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

  /// Where files of a server land: in the folder itself, whatever folders the server has. Two that
  /// would be one there are a failure.
  public static List<Batch.Item> landing(List<FileEntry> files, Path folder) {
    Map<Path, Batch.Item> landing = new LinkedHashMap<>();
    for (FileEntry file : files) {
      Path target = folder.resolve(file.name().segments().getLast());
      Batch.Item other = landing.put(target, new Batch.Item(file.name().text(), target));
      if (other != null) {
        throw Failure.failed(
            "%s and %s would both be %s here; fetch one of them"
                .formatted(other.name(), file.name(), target.getFileName()));
      }
    }
    return List.copyOf(landing.values());
  }

  /// A file of this machine that is to be sent.
  public static Path file(Path folder, String word) {
    Path file = folder.resolve(word);
    if (!Files.isRegularFile(file)) {
      throw Failure.usage(word + ": there is no such file here");
    }
    return file;
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
