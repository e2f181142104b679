package usher.testkit.contract;

import java.util.List;
import usher.server.Model;

/// What the other clients of a server see when one client's handler goes wrong: a table of models
/// and faults. A test makes every cell of it happen in a real server.
public final class Isolation {
  /// How a handler goes wrong.
  public enum Fault {
    /// It throws.
    THROWS("throws"),
    /// It never returns.
    HANGS("never returns"),
    /// It allocates until there is no memory.
    ALLOCATES("allocates until `OutOfMemoryError`"),
    /// It calls itself for ever.
    OVERFLOWS("overflows its stack"),
    /// It ends the JVM.
    EXITS("calls `System.exit`"),
    /// Its process is killed.
    KILLED("is killed by SIGKILL"),
    /// Its process crashes.
    CRASHES("crashes (SIGSEGV)");

    private final String title;

    Fault(String title) {
      this.title = title;
    }

    /// Whether it is the end of the handler's process.
    public boolean ends() {
      return this == EXITS || this == KILLED || this == CRASHES;
    }
  }

  /// With whom a client shares its fate.
  public enum Circle {
    /// With nobody.
    ALONE(""),
    /// With the clients of the same loop.
    LOOP("those of its loop "),
    /// With the clients of the same child.
    CHILD("those of its child "),
    /// With all clients of the server.
    ALL("all ");

    private final String title;

    Circle(String title) {
      this.title = title;
    }
  }

  /// What happens to those.
  public enum Fate {
    /// They are served as ever.
    NONE("nothing"),
    /// They wait until the handler returns.
    WAIT("wait"),
    /// They may be cut if they ask while the memory is short; the process serves on.
    RISK("may be cut at that moment"),
    /// They are cut.
    CUT("are cut"),
    /// They wait, and are cut when the child is replaced.
    REPLACED("wait, then are cut"),
    /// They are cut, and the server is no more.
    DOWN("are cut, and the server is down");

    private final String title;

    Fate(String title) {
      this.title = title;
    }
  }

  /// One cell.
  public record Cell(Circle circle, Fate fate) {
    private static final Cell NOTHING = new Cell(Circle.ALONE, Fate.NONE);

    String text() {
      return circle.title + fate.title;
    }
  }

  private Isolation() {}

  /// What the others see.
  public static Cell of(Model model, Fault fault) {
    return switch (model) {
      case Model.ProcessPerConnection _ -> Cell.NOTHING;
      case Model.Prefork _ ->
          switch (fault) {
            case THROWS, OVERFLOWS -> Cell.NOTHING;
            case HANGS -> new Cell(Circle.CHILD, Fate.REPLACED);
            case ALLOCATES -> new Cell(Circle.CHILD, Fate.RISK);
            case EXITS, KILLED, CRASHES -> new Cell(Circle.CHILD, Fate.CUT);
          };
      default ->
          switch (fault) {
            case THROWS, OVERFLOWS -> Cell.NOTHING;
            case HANGS -> hangs(model);
            case ALLOCATES -> new Cell(Circle.ALL, Fate.RISK);
            case EXITS, KILLED, CRASHES -> new Cell(Circle.ALL, Fate.DOWN);
          };
    };
  }

  private static Cell hangs(Model model) {
    return switch (model) {
      case Model.Iterative _, Model.EventLoop _ -> new Cell(Circle.ALL, Fate.WAIT);
      case Model.EventLoops _ -> new Cell(Circle.LOOP, Fate.WAIT);
      default -> Cell.NOTHING;
    };
  }

  /// The section of the page.
  static String section() {
    StringBuilder text = new StringBuilder();
    text.append(
        """
        ## What the others see when a handler goes wrong

        One client's handler does what stands on the left while others are connected. Each cell is made to happen in a real
        server, with a heap of 48 MB, and is as it says, or the build fails: `IsolationTest`, with 8 others in every build,
        with 50 by `mvn -pl models -am verify -Dtest=IsolationTest -Dsurefire.failIfNoSpecifiedTests=false -Dusher.others=50`.

        """);
    List<Model> models = Model.all();
    row(text, "its handler", models.stream().map(Model::name).toList());
    row(text, "---", models.stream().map(_ -> "---").toList());
    for (Fault fault : Fault.values()) {
      row(text, fault.title, models.stream().map(model -> of(model, fault).text()).toList());
    }
    text.append(
        """

        - Whoever hangs up what it shares with nobody: its own connection ends, and its thread, or process, goes with it where the
          handler lets it. A handler that never returns holds its thread for ever in the models of one process.
        - Under `prefork` a child with a loop that does not come back is replaced after the time of silence (30 s if nothing is
          said); inside of a child the model inside decides, as in the columns to the left.
        - Memory: the handler that asks for too much gets the error, and its connection ends. Others of the same process may be
          refused memory at that moment as well and be cut in the same way; when it is over, all that are left, and all that
          come, are served. What a handler keeps hold of is gone for all of its process: `-XX:+ExitOnOutOfMemoryError` with a
          process model, or a limit of the handler's own, is the answer to that.

        """);
    return text.toString();
  }

  private static void row(StringBuilder text, String first, List<String> cells) {
    text.append("| ").append(first).append(" | ").append(String.join(" | ", cells)).append(" |\n");
  }
}
