package usher.testkit.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import usher.server.Address;
import usher.testkit.Await;

/// A running [Program], its children, and clients of theirs.
final class Family implements AutoCloseable {
  static final Duration LONG = Duration.ofSeconds(60);

  private final Process parent;
  private final List<String> said = new CopyOnWriteArrayList<>();
  private final List<String> logged = new CopyOnWriteArrayList<>();
  private final Set<ProcessHandle> known = java.util.concurrent.ConcurrentHashMap.newKeySet();
  private final Address address;
  private int calms;

  /// Starts it with these arguments and waits until it listens.
  Family(String... args) throws IOException {
    this(List.of(), args);
  }

  /// One whose standard streams outlive the first parent: a shell holds them.
  static Family lasting(String... args) throws IOException {
    return new Family(List.of("sh", "-c", "\"$@\"; exec sleep 600", "sh"), args);
  }

  private Family(List<String> holder, String... args) throws IOException {
    List<String> line = new ArrayList<>(holder);
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto"));
    line.add("--enable-native-access=ALL-UNNAMED");
    line.addAll(List.of("-cp", System.getProperty("java.class.path"), Program.class.getName()));
    line.addAll(List.of(args));
    parent = new ProcessBuilder(line).start();
    read(parent.getInputStream(), said);
    read(parent.getErrorStream(), logged);
    try {
      address = Address.parse(awaitSaid("listening "));
    } catch (Throwable thrown) {
      close();
      throw thrown;
    }
  }

  private static void read(InputStream in, List<String> lines) {
    Thread.ofVirtual()
        .start(
            () -> {
              try (BufferedReader reader =
                  new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
                reader.lines().forEach(lines::add);
              } catch (IOException | UncheckedIOException ended) {
                // What has come until then is there.
              }
            });
  }

  /// Waits for a line of standard output that begins so, and gives what follows.
  String awaitSaid(String start) {
    return await(said, start);
  }

  /// Waits for a line of standard error that contains this, and gives it whole.
  String awaitLogged(String part) {
    until("logged: " + part, LONG, () -> logged.stream().anyMatch(line -> line.contains(part)));
    return logged.stream().filter(line -> line.contains(part)).findFirst().orElseThrow();
  }

  private String await(List<String> lines, String start) {
    until("said: " + start, LONG, () -> lines.stream().anyMatch(line -> line.startsWith(start)));
    return lines.stream()
        .filter(line -> line.startsWith(start))
        .findFirst()
        .orElseThrow()
        .substring(start.length());
  }

  /// Asks the parent, and gives what it says for the first time since.
  String ask(String word, String start) throws IOException {
    int before = said.size();
    tell(word);
    until(
        "said: " + start,
        LONG,
        () -> said.stream().skip(before).anyMatch(line -> line.startsWith(start)));
    return said.stream()
        .skip(before)
        .filter(line -> line.startsWith(start))
        .findFirst()
        .orElseThrow()
        .substring(start.length());
  }

  List<String> said() {
    return said;
  }

  List<String> logged() {
    return logged;
  }

  long saidTimes(String line) {
    return said.stream().filter(line::equals).count();
  }

  /// Tells the parent this word.
  void tell(String word) throws IOException {
    parent.getOutputStream().write((word + "\n").getBytes(StandardCharsets.US_ASCII));
    parent.getOutputStream().flush();
  }

  Address address() {
    return address;
  }

  Guest guest() throws IOException {
    return new Guest(address);
  }

  ProcessHandle parent() {
    return parent.toHandle();
  }

  /// The children that have not ended, zombies excepted.
  Set<Long> children() {
    Set<Long> alive =
        parent
            .children()
            .filter(child -> state(child.pid()) != 'Z')
            .map(this::remember)
            .collect(Collectors.toSet());
    return alive;
  }

  private long remember(ProcessHandle child) {
    known.add(child);
    return child.pid();
  }

  /// The children that have ended and have not been reaped.
  long zombies() {
    return parent.children().filter(child -> state(child.pid()) == 'Z').count();
  }

  /// The state of a process as one letter; `-` if there is none.
  static char state(long process) {
    return state(Path.of("/proc/" + process));
  }

  private static char state(Path process) {
    try {
      String line = Files.readString(process.resolve("stat"));
      return line.charAt(line.lastIndexOf(')') + 2);
    } catch (IOException gone) {
      return '-';
    }
  }

  /// Waits until nobody is served: the children that are left wait for their guests.
  void awaitCalm() throws IOException {
    tell("calm");
    String _ = awaitSaid("calm " + ++calms);
    Await.until("no zombies", LONG, () -> zombies() == 0);
  }

  /// Waits until there are so many children.
  Set<Long> awaitChildren(int count) {
    until(count + " children", LONG, () -> children().size() == count && zombies() == 0);
    return children();
  }

  private void until(String what, Duration within, Await.Condition condition) {
    try {
      Await.until(what, within, condition);
    } catch (AssertionError late) {
      throw new AssertionError(
          late.getMessage() + "\nsaid: " + said + "\nlogged: " + logged + "\n" + children(), late);
    }
  }

  /// Sends a signal to one process.
  static void signal(String name, long process) throws IOException, InterruptedException {
    if (new ProcessBuilder("kill", "-" + name, Long.toString(process)).start().waitFor() != 0) {
      throw new AssertionError("kill -" + name + " " + process + " failed");
    }
  }

  /// Has a process stand still, and waits until each of its threads does: one that is in the midst
  /// of an accept would take a client with it.
  static void stop(long process) throws IOException, InterruptedException {
    signal("STOP", process);
    Await.until(
        "process " + process + " stands still",
        LONG,
        () -> {
          try (Stream<Path> threads = Files.list(Path.of("/proc/" + process + "/task"))) {
            return threads.allMatch(thread -> state(thread) == 'T');
          }
        });
  }

  /// Waits until a process is no more, not even as a zombie.
  static void awaitGone(long process) {
    Await.until("process " + process + " has gone", LONG, () -> state(process) == '-');
  }

  @Override
  public void close() {
    Set<Long> mine = children();
    parent.destroyForcibly();
    parent.onExit().join();
    // They end with their parent; a test that failed leaves none behind either.
    known.stream()
        .filter(child -> mine.contains(child.pid()))
        .forEach(child -> child.destroyForcibly());
  }
}
