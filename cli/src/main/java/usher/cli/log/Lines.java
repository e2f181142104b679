package usher.cli.log;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.text.MessageFormat;
import java.time.LocalTime;
import java.util.MissingResourceException;
import java.util.ResourceBundle;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A logger that writes `21:43:07 WARNING message`, and below it the stack trace where there is
/// one. One record is one write, so that those of several threads do not mix.
final class Lines implements System.Logger {
  private final String name;
  private final Supplier<Level> least;
  private final PrintStream out;
  private final Supplier<LocalTime> time;

  Lines(String name, Supplier<Level> least, PrintStream out, Supplier<LocalTime> time) {
    this.name = name;
    this.least = least;
    this.out = out;
    this.time = time;
  }

  @Override
  public String getName() {
    return name;
  }

  @Override
  public boolean isLoggable(Level level) {
    return level != Level.OFF && level.getSeverity() >= least.get().getSeverity();
  }

  @Override
  public void log(
      Level level,
      @Nullable ResourceBundle bundle,
      @Nullable String message,
      @Nullable Throwable thrown) {
    if (isLoggable(level)) {
      write(level, translated(bundle, message), thrown);
    }
  }

  @Override
  public void log(
      Level level,
      @Nullable ResourceBundle bundle,
      @Nullable String format,
      @Nullable Object @Nullable ... parameters) {
    if (isLoggable(level)) {
      String message = translated(bundle, format);
      write(
          level,
          parameters == null || parameters.length == 0 ? message : filled(message, parameters),
          null);
    }
  }

  private static String filled(String format, @Nullable Object[] parameters) {
    try {
      return MessageFormat.format(format, parameters);
    } catch (IllegalArgumentException malformed) {
      return format;
    }
  }

  private static String translated(@Nullable ResourceBundle bundle, @Nullable String key) {
    if (bundle == null || key == null) {
      return String.valueOf(key);
    }
    try {
      return bundle.getString(key);
    } catch (MissingResourceException | ClassCastException absent) {
      return key;
    }
  }

  private void write(Level level, String message, @Nullable Throwable thrown) {
    StringWriter text = new StringWriter();
    PrintWriter lines = new PrintWriter(text);
    LocalTime now = time.get();
    lines.printf(
        "%02d:%02d:%02d %s %s%n",
        now.getHour(), now.getMinute(), now.getSecond(), level.getName(), message);
    if (thrown != null) {
      thrown.printStackTrace(lines);
    }
    lines.flush();
    out.print(text);
    out.flush();
  }
}
