package usher.testkit.memory;

/// How a script uses its channels, and on which kind of thread it plays.
enum Mode {
  NON_BLOCKING,
  BLOCKING,
  BLOCKING_VIRTUAL;

  boolean blocks() {
    return this != NON_BLOCKING;
  }

  Thread.Builder threads() {
    return this == BLOCKING_VIRTUAL ? Thread.ofVirtual() : Thread.ofPlatform().daemon();
  }
}
