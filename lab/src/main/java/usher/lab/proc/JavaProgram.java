package usher.lab.proc;

import java.nio.file.Path;

/// The `java` program of the JVM that runs this: who is measured and who measures run on the same.
public final class JavaProgram {
  private JavaProgram() {}

  /// Where it is.
  public static String path() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }
}
