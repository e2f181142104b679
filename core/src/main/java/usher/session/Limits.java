package usher.session;

/// What the server and one connection may cost at most. Safe as they stand; each is changed by its
/// `with` method.
///
/// @param connections connections at once; others wait in the backlog, and one at most in each
///   door. Conversations in datagrams, and datagrams in hand, count as well; beyond it they are
///   dropped
/// @param queue what may wait for a thread: connections, datagrams and conversations in
///   `thread-pool`, calls and datagrams in `event-loop-workers`, conversations in `iterative`;
///   beyond it clients are told that the server is busy, and datagrams are dropped
/// @param backlog connections that the kernel may hold until they are accepted
/// @param headBytes bytes of one message's head (HTTP: request line and header fields)
/// @param headFields fields of one head
/// @param bodyBytes bytes of one message's body
/// @param bodyMemory bytes of one body that are held in memory; what goes beyond is spooled to disk
public record Limits(
    int connections,
    int queue,
    int backlog,
    int headBytes,
    int headFields,
    long bodyBytes,
    int bodyMemory) {
  /// 10,000 connections, 1,000 waiting, a backlog of 1,024, heads of 16 KiB and 100 fields, bodies
  /// of 16 MiB with 64 KiB of each in memory.
  public static final Limits DEFAULT =
      new Limits(10_000, 1_000, 1_024, 16 << 10, 100, 16 << 20, 64 << 10);

  public Limits {
    atLeast(1, connections, "connections");
    atLeast(1, queue, "queue");
    atLeast(1, backlog, "backlog");
    atLeast(64, headBytes, "headBytes");
    atLeast(1, headFields, "headFields");
    atLeast(0, bodyBytes, "bodyBytes");
    atLeast(1_024, bodyMemory, "bodyMemory");
  }

  private static void atLeast(long least, long value, String name) {
    if (value < least) {
      throw new IllegalArgumentException(name + " must be at least " + least + ", not " + value);
    }
  }

  /// These limits with another number of connections at once.
  public Limits withConnections(int value) {
    return new Limits(value, queue, backlog, headBytes, headFields, bodyBytes, bodyMemory);
  }

  /// These limits with another length of the queues.
  public Limits withQueue(int value) {
    return new Limits(connections, value, backlog, headBytes, headFields, bodyBytes, bodyMemory);
  }

  /// These limits with another backlog.
  public Limits withBacklog(int value) {
    return new Limits(connections, queue, value, headBytes, headFields, bodyBytes, bodyMemory);
  }

  /// These limits with another size of a head.
  public Limits withHeadBytes(int value) {
    return new Limits(connections, queue, backlog, value, headFields, bodyBytes, bodyMemory);
  }

  /// These limits with another number of fields in a head.
  public Limits withHeadFields(int value) {
    return new Limits(connections, queue, backlog, headBytes, value, bodyBytes, bodyMemory);
  }

  /// These limits with another size of a body.
  public Limits withBodyBytes(long value) {
    return new Limits(connections, queue, backlog, headBytes, headFields, value, bodyMemory);
  }

  /// These limits with another part of a body held in memory.
  public Limits withBodyMemory(int value) {
    return new Limits(connections, queue, backlog, headBytes, headFields, bodyBytes, value);
  }
}
