package usher.server;

/// Answers datagrams: the handler of a UDP address.
///
/// A plain function is taken to block, which is safe everywhere; [#inline] says otherwise. One
/// handler serves many datagrams at once, from many threads.
///
/// ```
/// Server.builder()
///     .listen(Address.udp(7007), DatagramHandler.inline(in -> in.reply(in.bytes())))
/// ```
///
/// Whoever answers with more than was asked can be made to flood others, since the sender of a
/// datagram proves nothing: keep answers short, or know whom you answer.
@FunctionalInterface
public interface DatagramHandler {
  /// The longest datagram that there is.
  int LONGEST = 65_535;

  /// Handles one datagram. What it throws reaches the probe, and harms no other datagram.
  void handle(Datagram datagram) throws Exception;

  /// Whether it may hold its thread for long. If so it runs on a worker where there are workers.
  default boolean blocks() {
    return true;
  }

  /// How many bytes of a datagram it takes. A longer one is dropped, never cut. What waits in a
  /// queue is as long as what came, so this also bounds the memory of the queues.
  default int longest() {
    return LONGEST;
  }

  /// A handler that is cheap and never blocks.
  static DatagramHandler inline(DatagramHandler handler) {
    return new DatagramKind(handler, false, handler.longest());
  }

  /// The same handler, for datagrams up to this length.
  default DatagramHandler upTo(int bytes) {
    return new DatagramKind(this, blocks(), bytes);
  }
}
