package usher.testkit.contract;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;

/// A start-up archive for the programs of a [Company]: with it a child costs half of the time. The
/// JVM archives classes from jars only, so the folders of the class path are made one.
///
/// Made once, by a short run of a few behaviours, and again when a class is newer. Without it, as
/// where the JVM cannot make one, everything goes on, and takes longer.
record Archive(Path folder) {
  private static final String MOST = "6";
  private static final List<String> TRAINING =
      List.of("prefork(1, event-loop)", "process-per-connection");

  private Path jar() {
    return folder.resolve("classes.jar");
  }

  private Path archive() {
    return folder.resolve("classes.jsa");
  }

  /// What a `java` needs to be told so that it starts from the archive.
  List<String> options() {
    return List.of(
        "-XX:SharedArchiveFile=" + archive(), "-Xshare:auto", "-Xlog:disable", "-cp", classPath());
  }

  /// What every run has in common, the one that makes the archive among them.
  static List<String> common() {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-XX:TieredStopAtLevel=1",
        "-XX:+UseSerialGC",
        "-XX:-UsePerfData",
        "--enable-native-access=ALL-UNNAMED");
  }

  /// Makes it, unless it is there and no class is newer.
  ///
  /// @param maker the method that makes the suite, as `class#method`
  void make(String maker) throws IOException, InterruptedException {
    Files.createDirectories(folder);
    FileTime newest = newest();
    if (Files.exists(archive()) && Files.getLastModifiedTime(archive()).compareTo(newest) > 0) {
      return;
    }
    pack();
    for (String model : TRAINING) {
      Path trials = Files.createTempDirectory(folder, "training");
      run(
          List.of(
              "-Xshare:off", "-XX:DumpLoadedClassList=" + folder + "/list-%p", "-cp", classPath()),
          List.of(
              TrialProgram.class.getName(),
              maker,
              model,
              Transport.TCP4.name(),
              trials.toString(),
              MOST));
    }
    Path list = folder.resolve("classes.list");
    Files.write(list, lists());
    run(
        List.of(
            "-Xshare:dump",
            "-XX:SharedClassListFile=" + list,
            "-XX:SharedArchiveFile=" + archive(),
            "-Xlog:disable",
            "-cp",
            classPath()),
        List.of());
  }

  private static void run(List<String> options, List<String> program)
      throws IOException, InterruptedException {
    List<String> line = new ArrayList<>(common());
    line.addAll(options);
    line.addAll(program);
    int _ =
        new ProcessBuilder(line)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start()
            .waitFor();
  }

  /// What all processes of the training have loaded. A number that a list gives to a class means
  /// something in that list only.
  private Set<String> lists() throws IOException {
    Set<String> all = new LinkedHashSet<>();
    try (DirectoryStream<Path> lists = Files.newDirectoryStream(folder, "list-*")) {
      for (Path list : lists) {
        Files.readAllLines(list).stream()
            .filter(line -> !line.startsWith("#"))
            .map(line -> line.replaceAll(" id: \\d+", ""))
            .forEach(all::add);
        Files.delete(list);
      }
    }
    return all;
  }

  private static List<Path> path() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
        .filter(entry -> !entry.isEmpty())
        .map(Path::of)
        .toList();
  }

  private String classPath() {
    Stream<String> jars = path().stream().filter(Files::isRegularFile).map(Path::toString);
    return String.join(
        File.pathSeparator, Stream.concat(Stream.of(jar().toString()), jars).toList());
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile).sorted().toList();
    }
  }

  private static FileTime newest() throws IOException {
    FileTime newest = FileTime.from(Instant.EPOCH);
    for (Path entry : path()) {
      for (Path file : Files.exists(entry) ? files(entry) : List.<Path>of()) {
        FileTime time = Files.getLastModifiedTime(file);
        newest = time.compareTo(newest) > 0 ? time : newest;
      }
    }
    return newest;
  }

  private void pack() throws IOException {
    Set<String> names = new HashSet<>();
    try (OutputStream file = Files.newOutputStream(jar());
        JarOutputStream out = new JarOutputStream(file)) {
      for (Path entry : path()) {
        for (Path each : Files.isDirectory(entry) ? files(entry) : List.<Path>of()) {
          String name = entry.relativize(each).toString().replace(File.separatorChar, '/');
          if (names.add(name)) {
            out.putNextEntry(new ZipEntry(name));
            Files.copy(each, out);
            out.closeEntry();
          }
        }
      }
    }
  }
}
