package usher.server.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/// The program that runs in this process, to be run again: its file and its arguments, JVM options
/// among them, byte for byte.
record Program(String file, List<byte[]> arguments) {
  private static final Path SELF = Path.of("/proc/self");

  /// What a child's JVM is told by: see [Childhood].
  static final String PROPERTY = "usher.child";

  /// This process.
  static Program own() throws IOException {
    String file = Files.readSymbolicLink(SELF.resolve("exe")).toString();
    byte[] line = Files.readAllBytes(SELF.resolve("cmdline"));
    List<byte[]> arguments = new ArrayList<>();
    int start = 0;
    for (int i = 0; i < line.length; i++) {
      if (line[i] == 0) {
        arguments.add(Arrays.copyOfRange(line, start, i));
        start = i + 1;
      }
    }
    return new Program(file, List.copyOf(arguments));
  }

  /// Why child processes cannot be had here, in a sentence, or nothing if they can.
  static Optional<String> obstacle() {
    Path file = Path.of("");
    try {
      file = Files.readSymbolicLink(SELF.resolve("exe"));
    } catch (IOException absent) {
      // Said below.
    }
    return obstacle(System.getProperty("os.name", ""), Native::present, file);
  }

  /// @param library whether the C library is one that does
  /// @param file the program of this process, empty if the system does not tell
  static Optional<String> obstacle(String system, BooleanSupplier library, Path file) {
    if (!system.equals("Linux")) {
      return Optional.of("child processes are given a socket on Linux only, and this is " + system);
    }
    if (!library.getAsBoolean()) {
      return Optional.of("child processes need glibc 2.34 or newer");
    }
    if (file.toString().isEmpty()) {
      return Optional.of("child processes need the folder /proc");
    }
    return file.endsWith("java")
        ? Optional.empty()
        : Optional.of("a child is a second run of the command java, and this process is " + file);
  }

  /// The arguments of a child: this program's, with a system property that tells it what it is.
  ///
  /// @param usual options of the JVM, unless this program's own say otherwise
  List<byte[]> child(String part, List<String> usual) {
    List<byte[]> line = new ArrayList<>(arguments);
    line.removeIf(Program::tellsOfChild);
    line.add(1, ("-D" + PROPERTY + "=" + part).getBytes(StandardCharsets.US_ASCII));
    for (String option : usual.reversed()) {
      // Of two that contradict each other the JVM takes the last.
      line.add(1, option.getBytes(StandardCharsets.US_ASCII));
    }
    return line;
  }

  private static boolean tellsOfChild(byte[] argument) {
    return new String(argument, StandardCharsets.ISO_8859_1).startsWith("-D" + PROPERTY + "=");
  }
}
