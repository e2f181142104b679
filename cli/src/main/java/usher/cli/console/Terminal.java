package usher.cli.console;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/// Where a command's words go.
///
/// Standard output holds what was asked for: help, tables, scripts, `READY` lines, an access log.
/// What is said along the way goes to standard error, so that one can be kept without the other.
/// Each of the two shows colours if it is a terminal, unless `NO_COLOR` is set or `TERM` is `dumb`.
///
/// @param out standard output
/// @param err standard error
/// @param outColours whether standard output shows colours
/// @param errColours whether standard error shows colours
public record Terminal(PrintStream out, PrintStream err, boolean outColours, boolean errColours) {
  private static final int IN = 0;
  private static final int OUT = 1;
  private static final int ERR = 2;

  /// The terminal of this process.
  public static Terminal system() {
    boolean wanted = wantsColours(System.getenv());
    return new Terminal(
        System.out, System.err, wanted && isTerminal(OUT), wanted && isTerminal(ERR));
  }

  /// Whether a person can be asked: standard input and output are terminals.
  public static boolean canAsk() {
    return isTerminal(IN) && isTerminal(OUT);
  }

  static boolean wantsColours(Map<String, String> environment) {
    return environment.getOrDefault("NO_COLOR", "").isEmpty()
        && !environment.getOrDefault("TERM", "dumb").equals("dumb");
  }

  /// [System#console] knows only whether both standard input and output are terminals.
  @SuppressWarnings(
      "SystemConsoleNull") // Since Java 25 it is null again where there is no terminal.
  private static boolean isTerminal(int descriptor) {
    try {
      String device = Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor)).toString();
      return device.startsWith("/dev/pts/")
          || device.startsWith("/dev/tty")
          || device.equals("/dev/console");
    } catch (IOException | UnsupportedOperationException noProc) {
      return System.console() != null && System.console().isTerminal();
    }
  }

  /// Prints a line that was asked for.
  public void print(String line) {
    out.println(line);
    out.flush();
  }

  /// Says a line along the way.
  public void say(String line) {
    err.println(line);
    err.flush();
  }

  /// Says what is wrong, as one line that begins with the command's name.
  public void complain(String line) {
    say(onErr(Style.RED, "usher:") + " " + line);
  }

  /// Says what was not wrong enough to stop.
  public void warn(String line) {
    say(onErr(Style.YELLOW, "usher:") + " " + line);
  }

  /// A text for standard error in a style.
  public String onErr(Style style, String text) {
    return errColours ? style.paint(text) : text;
  }

  /// A text for standard output in a style.
  public String onOut(Style style, String text) {
    return outColours ? style.paint(text) : text;
  }
}
