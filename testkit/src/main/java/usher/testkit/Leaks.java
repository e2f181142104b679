package usher.testkit;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// What the process holds at one moment, to be compared with what it holds later: open descriptors
/// and live platform threads.
///
/// ```
/// Leaks before = Leaks.now("usher-");
/// …
/// before.awaitNone(Duration.ofSeconds(10));
/// ```
///
/// Descriptors come from `/proc/self/fd`, so this needs Linux. Those that the JVM opens for itself
/// when it pleases (archives of classes, libraries, random devices) do not count; the pollers
/// behind virtual threads cannot be told from others, so a test that blocks virtual threads on real
/// sockets does its work once before it looks. Virtual threads are not listed by the JVM and not
/// counted.
public final class Leaks {
  private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

  private final String threadPrefix;
  private final Map<Integer, String> descriptors;
  private final Set<Thread> threads;

  private Leaks(String threadPrefix, Map<Integer, String> descriptors, Set<Thread> threads) {
    this.threadPrefix = threadPrefix;
    this.descriptors = descriptors;
    this.threads = threads;
  }

  /// Notes what is held now.
  ///
  /// @param threadPrefix only threads whose name starts so count; the empty string counts all
  public static Leaks now(String threadPrefix) {
    return new Leaks(threadPrefix, openDescriptors(), Set.copyOf(threads(threadPrefix)));
  }

  /// The open descriptors: number → what it leads to, as `socket:[4711]` or a path.
  public static Map<Integer, String> openDescriptors() {
    Map<Integer, String> open = new TreeMap<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(DESCRIPTORS)) {
      for (Path entry : entries) {
        String target = target(entry);
        if (!target.isEmpty() && !ownedByJvm(target)) {
          open.put(Integer.parseInt(entry.getFileName().toString()), target);
        }
      }
    } catch (IOException e) {
      throw new AssertionError("the open descriptors cannot be listed", e);
    }
    return open;
  }

  /// The live platform threads whose name starts with `prefix`.
  public static List<Thread> threads(String prefix) {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith(prefix))
        .toList();
  }

  /// What is held now and was not held then, a line each; empty when nothing leaked. A descriptor
  /// counts as new when its number is new or leads elsewhere.
  public List<String> found() {
    List<String> found = new ArrayList<>();
    Map<Integer, String> open = openDescriptors();
    Set<String> known = new HashSet<>(descriptors.values());
    open.forEach(
        (number, target) -> {
          // A known socket under another number is a duplicate, and that is a leak as well.
          if (!target.equals(descriptors.get(number))) {
            String note = known.contains(target) ? " (a duplicate)" : "";
            found.add("descriptor " + number + " → " + target + note);
          }
        });
    for (Thread thread : threads(threadPrefix)) {
      if (!threads.contains(thread)) {
        found.add("thread " + thread.getName() + " " + stack(thread));
      }
    }
    return found;
  }

  /// Waits until nothing is held that was not held then: threads take a moment to end.
  ///
  /// @throws AssertionError naming each thing that is left
  public void awaitNone(Duration within) {
    try {
      Await.until("no leaks", within, () -> found().isEmpty());
    } catch (AssertionError e) {
      List<String> left = found();
      if (!left.isEmpty()) {
        throw new AssertionError("leaked:\n  " + String.join("\n  ", left), e);
      }
    }
  }

  // Empty for the descriptor of the listing itself, which is gone by now.
  private static String target(Path entry) {
    try {
      return Files.readSymbolicLink(entry).toString();
    } catch (IOException e) {
      return "";
    }
  }

  private static boolean ownedByJvm(String target) {
    return target.endsWith(".jar")
        || target.endsWith(".jsa")
        || target.endsWith(".so")
        || target.endsWith("/lib/modules")
        || target.equals("/dev/random")
        || target.equals("/dev/urandom")
        || target.startsWith("/proc/");
  }

  private static String stack(Thread thread) {
    return Arrays.stream(thread.getStackTrace())
        .limit(3)
        .map(StackTraceElement::toString)
        .collect(Collectors.joining(" ← ", "[", "]"));
  }
}
