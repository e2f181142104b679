package usher.bench.contender;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Where on this machine the programs are.
///
/// @param home the root folder of this project
/// @param limit the compiled limit
/// @param javaHome the JDK
/// @param classPath the runner's own class path, which holds every peer
public record Installation(Path home, Path limit, Path javaHome, String classPath) {

  /// The `java` program.
  public Path java() {
    return javaHome.resolve("bin/java");
  }

  /// The entries of the class path that are folders, and those jars whose path has one of the
  /// `parts` in it. Each peer gets its own libraries only: some of them announce themselves as
  /// services and would take the place of others, and a long class path slows a start.
  String classPath(List<String> parts) {
    Predicate<String> wanted =
        entry -> !entry.endsWith(".jar") || parts.stream().anyMatch(entry::contains);
    return Arrays.stream(classPath.split(File.pathSeparator, -1))
        .filter(entry -> !entry.isEmpty())
        .filter(wanted)
        .collect(Collectors.joining(File.pathSeparator));
  }

  /// Where a program is found: in the folders of `PATH`, or where system administration keeps its
  /// own, which not every user's `PATH` names.
  public static Optional<Path> find(String program) {
    String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
    return Stream.concat(
            Arrays.stream(path.split(File.pathSeparator)),
            Stream.of("/usr/sbin", "/usr/local/sbin"))
        .filter(folder -> !folder.isEmpty())
        .map(folder -> Path.of(folder, program))
        .filter(Files::isExecutable)
        .findFirst();
  }
}
