package usher.cli.serving;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import usher.cli.admin.Admin;
import usher.cli.admin.Health;
import usher.cli.console.Failure;
import usher.cli.console.Quantity;
import usher.cli.console.Terminal;
import usher.cli.control.ControlServer;
import usher.cli.control.Running;
import usher.cli.log.Loggers;
import usher.server.Address;
import usher.server.Drained;
import usher.server.Inheritance;
import usher.server.Probe;
import usher.server.Server;
import usher.server.Supervisor;
import usher.session.Protocol;

/// From the first bind to the last client.
///
/// ```
///   bound ──► told where ──► serving ──signal──► (notice) ──► draining ──► ended, exit code 0
///                               └──the next run has taken over──►┤
///                                                                └──second signal──► cut, 130 or 143
/// ```
///
/// A server that was asked to stop and did has done its duty, so the exit code is 0 for either
/// signal; only one that was cut short ends with the shell's 128 and the signal's number.
public final class Serving {
  private static final int BY_SIGNAL = 128;

  /// How long the next run may take until it serves; it may have to be built first.
  private static final Duration TAKEOVER = Duration.ofMinutes(5);

  private Serving() {}

  /// Serves streams until a signal comes, and returns when the last client has gone.
  ///
  /// @param what the command and what it serves
  /// @param started told once clients can connect
  /// @return the exit code
  public static int run(
      String what,
      Protocol protocol,
      Settings settings,
      Terminal terminal,
      Consumer<Server> started) {
    return run(what, Doors.of(protocol), settings, terminal, started);
  }

  /// The same with several doors.
  public static int run(
      String what, Doors doors, Settings settings, Terminal terminal, Consumer<Server> started) {
    Instant since = Instant.now();
    Inheritance inheritance = inheritance();
    Settings here =
        settings.addressed() || inheritance.addresses().isEmpty()
            ? settings
            : settings.at(without(inheritance.addresses(), doors.others()));
    System.Logger.Level level = here.administration().level();
    if (level != null) {
      Loggers.present().level(level);
    }
    Health health = new Health();
    try (Admin admin = admin(here, inheritance, health)) {
      Probe probe = admin == null ? Probe.logging() : Probe.logging().and(admin.probe());
      Server server = start(doors, here, inheritance, probe);
      if (admin != null) {
        admin.watch(server);
        if (!here.quiet()) {
          terminal.say("usher: health and metrics at " + place(admin.address()));
        }
      }
      health.ready(true);
      Reload reload = new Reload(server, here, terminal);
      StopSignals signals =
          StopSignals.hear(
              number -> cut(server, number, terminal),
              here.administration().configured() ? reload::run : null);
      // In the order in which the next run asks for their sockets.
      Takeover takeover =
          new Takeover(admin == null ? List.of(server) : List.of(admin.server(), server), TAKEOVER);
      Running running = new Running(server, what, since, health, takeover, signals::ask);
      try (ControlServer _ = ControlServer.open(running, here.administration(), terminal)) {
        started.accept(server);
        serve(server, here, terminal, inheritance, signals, health, takeover, admin);
      }
    }
    return Failure.OK;
  }

  /// From the first client to the last.
  private static void serve(
      Server server,
      Settings settings,
      Terminal terminal,
      Inheritance inheritance,
      StopSignals signals,
      Health health,
      Takeover takeover,
      @Nullable Admin admin) {
    for (Address unused : inheritance.close()) {
      terminal.warn("was given a socket at %s and does not listen there".formatted(unused));
    }
    Supervisor supervisor = Supervisor.own();
    supervisor.ready();
    try {
      signals.await();
      health.ready(false);
      if (!takeover.done()) {
        supervisor.stopping();
        notice(settings, terminal);
      } else if (admin != null) {
        // The next run answers there.
        boolean _ = admin.server().pause();
      }
    } catch (InterruptedException asked) {
      // Nobody interrupts the main thread but to end it.
    }
    drain(server, settings, terminal);
  }

  private static Inheritance inheritance() {
    try {
      return Inheritance.received();
    } catch (IOException thrown) {
      throw Failure.failed(
          "the sockets that were to be handed over are not there: " + thrown.getMessage());
    }
  }

  /// Whoever watches the readiness check sends nobody any more by the end of it.
  private static void notice(Settings settings, Terminal terminal) throws InterruptedException {
    Duration notice = settings.administration().notice();
    if (notice.isZero()) {
      return;
    }
    if (!settings.quiet()) {
      terminal.say(
          "usher: not ready any more, clients are let in for another " + Quantity.duration(notice));
    }
    Thread.sleep(notice);
  }

  private static @Nullable Admin admin(Settings settings, Inheritance inheritance, Health health) {
    Optional<Address> address = settings.admin();
    if (address.isEmpty()) {
      return null;
    }
    try {
      return Admin.open(address.get(), inheritance, health);
    } catch (IOException thrown) {
      Failure why = BindTrouble.explain(List.of(address.get()), thrown);
      throw Failure.failed(String.valueOf(why.getMessage()).replace("--listen", "--admin"));
    }
  }

  private static String place(Address address) {
    return address instanceof Address.Tcp tcp
        ? "http://" + tcp.toString().substring("tcp:".length()) + "/"
        : address.toString();
  }

  private static List<Address> without(List<Address> all, List<Address> others) {
    return all.stream().filter(address -> !others.contains(address)).toList();
  }

  private static Server start(
      Doors doors, Settings settings, Inheritance inheritance, Probe probe) {
    try {
      return settings.server(doors, inheritance, probe).start();
    } catch (IllegalStateException unfit) {
      throw Failure.usage(String.valueOf(unfit.getMessage()));
    } catch (IOException thrown) {
      List<Address> all = new ArrayList<>(settings.addresses());
      all.addAll(doors.others());
      throw BindTrouble.explain(all, thrown);
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
