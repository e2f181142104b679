package usher.cli.serving;

import java.io.IOException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import usher.cli.console.Failure;
import usher.cli.console.Quantity;
import usher.cli.console.Terminal;
import usher.server.DatagramHandler;
import usher.server.Drained;
import usher.server.Server;
import usher.session.Protocol;

/// From the first bind to the last client.
///
/// ```
///   bound ──► told where ──► serving ──signal──► draining ──► ended, exit code 0
///                                                   └──second signal──► cut, 130 or 143
/// ```
///
/// A server that was asked to stop and did has done its duty, so the exit code is 0 for either
/// signal; only one that was cut short ends with the shell's 128 and the signal's number.
public final class Serving {
  private static final int BY_SIGNAL = 128;

  private Serving() {}

  /// Serves streams until a signal comes, and returns when the last client has gone.
  ///
  /// @param started told once clients can connect
  /// @return the exit code
  public static int run(
      Protocol protocol, Settings settings, Terminal terminal, Consumer<Server> started) {
    return run(protocol, null, settings, terminal, started);
  }

  /// The same, with a handler for UDP addresses.
  public static int run(
      Protocol protocol,
      @Nullable DatagramHandler datagrams,
      Settings settings,
      Terminal terminal,
      Consumer<Server> started) {
    Server server = start(protocol, datagrams, settings);
    StopSignals signals = StopSignals.hear(number -> cut(server, number, terminal));
    started.accept(server);
    try {
      signals.await();
    } catch (InterruptedException asked) {
      // Nobody interrupts the main thread but to end it.
    }
    drain(server, settings, terminal);
    return Failure.OK;
  }

  private static Server start(
      Protocol protocol, @Nullable DatagramHandler datagrams, Settings settings) {
    try {
      return settings.server(protocol, datagrams).start();
    } catch (IllegalStateException unfit) {
      throw Failure.usage(String.valueOf(unfit.getMessage()));
    } catch (IOException thrown) {
      throw BindTrouble.explain(settings.addresses(), thrown);
    }
  }

  private static void drain(Server server, Settings settings, Terminal terminal) {
    int active = server.active();
    if (!settings.quiet()) {
      // On a terminal, over the ^C that stands there.
      String over = terminal.errColours() ? "\r" : "";
      terminal.say(
          over
              + (active == 0
                  ? "usher: stopping"
                  : "usher: stopping, %s may finish within %s; again to stop at once"
                      .formatted(clients(active), Quantity.duration(settings.drain()))));
    }
    Drained drained = server.drain(settings.drain());
    if (drained.cut() > 0 || (!settings.quiet() && active > 0)) {
      terminal.say("usher: stopped, " + drained);
    }
  }

  private static void cut(Server server, int signal, Terminal terminal) {
    // The listeners are closed by now, and nothing else outlives the process.
    terminal.say("usher: stopped at once, " + clients(server.active()) + " cut");
    Runtime.getRuntime().halt(BY_SIGNAL + signal);
  }

  private static String clients(int count) {
    return Quantity.count(count) + (count == 1 ? " client" : " clients");
  }
}
