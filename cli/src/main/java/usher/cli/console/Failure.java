package usher.cli.console;

/// Why a command ends early, as one line for a person: what was wrong, where, and what to do.
public final class Failure extends RuntimeException {
  private static final long serialVersionUID = 1;

  /// Everything went well, or the server was asked to stop and did.
  public static final int OK = 0;

  /// The command was understood but could not be done.
  public static final int FAILED = 1;

  /// The command line was wrong; nothing was done.
  public static final int USAGE = 2;

  private final int exitCode;

  private Failure(int exitCode, String line) {
    // It is shown to a person, who has no use for a stack trace.
    super(line.replaceAll("\\s*\\R\\s*", " "), null, false, false);
    this.exitCode = exitCode;
  }

  /// The command could not be done.
  public static Failure failed(String line) {
    return new Failure(FAILED, line);
  }

  /// The command line was wrong.
  public static Failure usage(String line) {
    return new Failure(USAGE, line);
  }

  /// What the process ends with.
  public int exitCode() {
    return exitCode;
  }

  /// The line, without the command's name before it.
  public String line() {
    return String.valueOf(getMessage());
  }
}
