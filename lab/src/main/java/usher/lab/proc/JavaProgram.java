package usher.lab.proc;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;

/// The `java` program of the JVM that runs this: who is measured and who measures run on the same.
public final class JavaProgram {
  private static final String ARCHIVE = "-XX:AOTCache=";

  /// What goes with it.
  private static final List<String> OF_ARCHIVE =
      List.of(
          ARCHIVE,
          "-XX:+UnlockDiagnosticVMOptions",
          "-XX:ArchiveRelocationMode=",
          "-XX:-AOTReplayTraining",
          "-Xlog:aot=",
          "-Xlog:cds=");

  private JavaProgram() {}

  /// Where it is.
  public static String path() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  /// The options by which this JVM has its start-up archive, for others whose class path begins as
  /// its own does; empty where it has none.
  public static List<String> archive() {
    List<String> mine = ManagementFactory.getRuntimeMXBean().getInputArguments();
    return mine.stream().noneMatch(option -> option.startsWith(ARCHIVE))
        ? List.of()
        : mine.stream().filter(option -> OF_ARCHIVE.stream().anyMatch(option::startsWith)).toList();
  }

  /// The same options as a reader of a report needs them: the archive without its folder.
  public static List<String> archiveNamed() {
    return archive().stream()
        .map(
            option ->
                option.startsWith(ARCHIVE)
                    ? ARCHIVE + Path.of(option.substring(ARCHIVE.length())).getFileName()
                    : option)
        .toList();
  }
}
