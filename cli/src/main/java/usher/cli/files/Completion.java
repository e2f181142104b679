package usher.cli.files;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jline.reader.Candidate;
import org.jline.reader.Completer;
import org.jline.reader.LineReader;
import org.jline.reader.ParsedLine;
import usher.cli.console.Failure;
import usher.files.FileEntry;
import usher.files.LibraryException;

/// Completes commands, and then names: the server's for `get` and `list`, this machine's for `put`.
final class Completion implements Completer {
  /// Asks for the server's files.
  @FunctionalInterface
  interface Remotes {
    List<FileEntry> list() throws IOException;
  }

  private final Remotes remote;
  private final Path folder;

  Completion(Remotes remote, Path folder) {
    this.remote = remote;
    this.folder = folder;
  }

  @Override
  public void complete(LineReader reader, ParsedLine line, List<Candidate> candidates) {
    if (line.wordIndex() == 0) {
      FilesPrompt.COMMANDS.forEach(command -> candidates.add(new Candidate(command)));
      return;
    }
    try {
      switch (line.words().getFirst()) {
        case "get", "list" ->
            remote.list().forEach(file -> candidates.add(new Candidate(file.name().text())));
        case "put" -> addLocal(candidates);
        default -> {
          // Takes no names.
        }
      }
    } catch (IOException | LibraryException | Failure trouble) {
      // Whoever runs the command is told.
    }
  }

  private void addLocal(List<Candidate> candidates) throws IOException {
    try (DirectoryStream<Path> all = Files.newDirectoryStream(folder, Files::isRegularFile)) {
      for (Path path : all) {
        candidates.add(new Candidate(String.valueOf(path.getFileName())));
      }
    }
  }
}
