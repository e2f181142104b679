package usher.testkit.contract;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import usher.server.Model;
import usher.testkit.Await;
import usher.testkit.Leaks;

/// A suite under a model of several processes, over one transport: a program of its own, since its
/// children are the same program once more.
///
/// ```
///   the tests ──start──► parent: each behaviour in turn, its servers' parents, its clients
///                          └──► children: the same behaviour, up to the start of its server
/// ```
///
/// The parent writes which behaviour is on trial into a folder, where children find it, and waits
/// after each until no child is left. It says a line for each: [#WORD], the behaviour, how it went.
final class TrialProgram {
  /// Begins a line about a trial; children say other things on the same output.
  static final String WORD = "\u0001trial ";

  private final Suite suite;
  private final Model model;
  private final Transport transport;
  private final Path folder;

  private TrialProgram(Suite suite, Model model, Transport transport, Path folder) {
    this.suite = suite;
    this.model = model;
    this.transport = transport;
    this.folder = folder;
  }

  /// Runs the suite, or a child's part of a trial.
  ///
  /// @param args the method that makes the suite (`class#method`), a model's and a transport's
  ///   name, a folder, and perhaps how many behaviours at most
  public static void main(String[] args) throws Exception {
    Model model = Contract.model(args[1]);
    TrialProgram program =
        new TrialProgram(
            suite(args[0]).part(model), model, Transport.valueOf(args[2]), Path.of(args[3]));
    if (System.getProperty("usher.child") == null) {
      program.run(args.length > 4 ? Integer.parseInt(args[4]) : Integer.MAX_VALUE);
    } else {
      program.serve();
    }
  }

  private static Suite suite(String where) throws ReflectiveOperationException {
    String[] both = where.split("#", 2);
    Method method = Class.forName(both[0]).getDeclaredMethod(both[1]);
    method.setAccessible(true);
    return (Suite) method.invoke(null);
  }

  private List<Behaviour> behaviours() {
    return suite.groups().stream().flatMap(group -> group.behaviours().stream()).toList();
  }

  private Path now() {
    return folder.resolve("now");
  }

  private Path place(int number) {
    return folder.resolve("trial" + number);
  }

  // ---- in a child

  private void serve() throws Exception {
    int number = Integer.parseInt(Files.readString(now()));
    Path place = place(number);
    Path own = Files.createDirectory(place.resolve("child" + ProcessHandle.current().pid()));
    Site site = transport == Transport.UNIX ? new UnixSite(own) : transport.open();
    try {
      Trial.serve(behaviours().get(number), model, transport, site, new FarBoard(place, false));
    } catch (Throwable thrown) {
      // Another thread of the behaviour may have got to its server all the same.
      Thread.sleep(Trial.LONG);
      thrown.printStackTrace();
    }
    System.exit(9);
  }

  // ---- in the parent

  private void run(int most) throws Exception {
    Thread.ofPlatform().daemon().name("contract-end").start(TrialProgram::endWithTheTests);
    Contract.warmUp();
    int number = 0;
    for (Suite.Group group : suite.groups()) {
      for (Behaviour behaviour : group.behaviours()) {
        if (number < most && suite.skipped(group, behaviour, model, transport).isEmpty()) {
          say(number, outcome(number, behaviour));
        }
        number++;
      }
    }
    // Threads of a trial that failed may hang.
    System.exit(0);
  }

  /// Whoever started this has gone when the standard input ends; the children follow.
  private static void endWithTheTests() {
    try {
      while (System.in.read() >= 0) {
        // Nothing is said there.
      }
    } catch (IOException gone) {
      // The same.
    }
    Runtime.getRuntime().halt(1);
  }

  private String outcome(int number, Behaviour behaviour) throws Exception {
    Path place = Files.createDirectory(place(number));
    FarBoard.put(now(), String.valueOf(number));
    countFromZero();
    Leaks before = Leaks.now("usher-");
    try {
      Trial.run(behaviour, model, transport, new FarBoard(place, true));
      Await.until("no child is left", Trial.LONG, () -> children().findAny().isEmpty());
      before.awaitNone(Trial.LONG);
      return "";
    } catch (Throwable thrown) {
      return words(thrown);
    } finally {
      children().forEach(ProcessHandle::destroyForcibly);
      Await.until("no child is left", Trial.LONG, () -> children().findAny().isEmpty());
      NearBoard.delete(place);
    }
  }

  private static Stream<ProcessHandle> children() {
    return ProcessHandle.current().children();
  }

  /// A child counts the servers of its program as they start. Here each behaviour is a program.
  private static void countFromZero() throws ReflectiveOperationException {
    Field started = Class.forName("usher.server.process.Childhood").getDeclaredField("STARTED");
    started.setAccessible(true);
    ((Map<?, ?>) started.get(null)).clear();
  }

  private static String words(Throwable thrown) {
    StringWriter words = new StringWriter();
    thrown.printStackTrace(new PrintWriter(words, true));
    return words.toString();
  }

  private static void say(int number, String failure) {
    System.out.println(
        WORD
            + number
            + " "
            + Base64.getEncoder().encodeToString(failure.getBytes(StandardCharsets.UTF_8)));
  }
}
