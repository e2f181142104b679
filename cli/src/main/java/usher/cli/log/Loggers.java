package usher.cli.log;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Every logger of the process, in place of `java.util.logging`, whose set-up costs a server's
/// start some milliseconds and whose lines come in pairs. Found by the JDK as a service.
///
/// Shows what is `INFO` or worse; the environment variable `USHER_LOG` names another level, such as
/// `debug`.
public final class Loggers extends System.LoggerFinder {
  /// Made by the JDK.
  public Loggers() {}

  @Override
  public Logger getLogger(String name, Module module) {
    // The JDK's own loggers have much to say that concerns nobody here.
    Level least = name.startsWith("usher") ? level(System.getenv("USHER_LOG")) : Level.WARNING;
    return new Lines(name, least, System.err, () -> LocalTime.now(ZoneId.systemDefault()));
  }

  static Level level(@Nullable String name) {
    if (name != null) {
      for (Level level : Level.values()) {
        if (level.getName().equals(name.toUpperCase(Locale.ROOT))) {
          return level;
        }
      }
    }
    return Level.INFO;
  }
}
