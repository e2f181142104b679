package usher.cli.log;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Every logger of the process, in place of `java.util.logging`, whose set-up costs a server's
/// start some milliseconds and whose lines come in pairs. Found by the JDK as a service.
///
/// Shows what is `INFO` or worse; the environment variable `USHER_LOG` names another level, such as
/// `debug`, and a running server can be told another one.
public final class Loggers extends System.LoggerFinder {
  private volatile Level level = named(System.getenv("USHER_LOG")).orElse(Level.INFO);

  /// Made by the JDK.
  public Loggers() {}

  /// Those of this process.
  public static Loggers present() {
    return (Loggers) System.LoggerFinder.getLoggerFinder();
  }

  @Override
  public Logger getLogger(String name, Module module) {
    // The JDK's own loggers have much to say that concerns nobody here.
    boolean ours = name.startsWith("usher");
    return new Lines(
        name,
        () -> ours ? level : Level.WARNING,
        System.err,
        () -> LocalTime.now(ZoneId.systemDefault()));
  }

  /// From which level on usher's own loggers show what they are told.
  public Level level() {
    return level;
  }

  public void level(Level least) {
    level = least;
  }

  /// The level of this name, in any case.
  public static Optional<Level> named(@Nullable String name) {
    return Stream.of(Level.values())
        .filter(each -> name != null && each.getName().equals(name.toUpperCase(Locale.ROOT)))
        .findFirst();
  }

  /// The names of all levels.
  public static List<String> names() {
    return Stream.of(Level.values()).map(each -> each.getName().toLowerCase(Locale.ROOT)).toList();
  }
}
