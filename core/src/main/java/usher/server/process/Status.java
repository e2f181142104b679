package usher.server.process;

/// How a process ended, as `wait` tells it.
final class Status {
  private static final int SIGNAL = 0x7f;

  private Status() {}

  static String words(int status) {
    int signal = status & SIGNAL;
    return signal == 0 ? "with exit code " + (status >> 8 & 0xff) : "by signal " + signal;
  }
}
