package usher.cli.serving;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import usher.cli.console.Failure;
import usher.cli.console.Terminal;
import usher.cli.log.Loggers;
import usher.server.Server;

/// What `HUP` does to a server that has a file of options: reads it again, and does at once what
/// can be done without a restart. A file that is wrong changes nothing.
final class Reload {
  private final Server server;
  private final Terminal terminal;
  private Settings settings;

  Reload(Server server, Settings settings, Terminal terminal) {
    this.server = server;
    this.settings = settings;
    this.terminal = terminal;
  }

  synchronized void run() {
    try {
      Settings next = settings.again().get();
      List<String> done = new ArrayList<>();
      if (!next.model().equals(settings.model())) {
        server.switchTo(next.model());
        done.add("model " + next.model().text());
      }
      System.Logger.Level level = next.administration().level();
      if (level != null && level != settings.administration().level()) {
        Loggers.present().level(level);
        done.add("log level " + level.getName().toLowerCase(java.util.Locale.ROOT));
      }
      List<String> later = later(next);
      settings = next;
      terminal.say("usher: options read again: " + words(done, later));
    } catch (Failure failure) {
      terminal.warn("options not read again, nothing has changed: " + failure.line());
    } catch (IOException | IllegalStateException thrown) {
      terminal.warn("options not read again, nothing has changed: " + thrown.getMessage());
    }
  }

  /// What only a new run can change.
  private List<String> later(Settings next) {
    List<String> names = new ArrayList<>();
    if (next.addressed() && !next.addresses().equals(settings.addresses())) {
      names.add("addresses");
    }
    if (!next.limits().equals(settings.limits())) {
      names.add("limits");
    }
    if (!next.timeouts().equals(settings.timeouts())) {
      names.add("timeouts");
    }
    return names;
  }

  private static String words(List<String> done, List<String> later) {
    String now = done.isEmpty() ? "" : String.join(", ", done);
    String then =
        later.isEmpty() ? "" : String.join(" and ", later) + " change with the next usher restart";
    if (now.isEmpty() && then.isEmpty()) {
      return "nothing is new";
    }
    return now.isEmpty() || then.isEmpty() ? now + then : now + "; " + then;
  }
}
