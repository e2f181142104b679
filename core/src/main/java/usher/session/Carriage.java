package usher.session;

/// What carries a protocol.
public sealed interface Carriage {
  /// Bytes in their order, without bounds: TCP, Unix sockets.
  Carriage STREAM = new Stream();

  /// A stream of bytes.
  record Stream() implements Carriage {}

  /// Datagrams: each is whole and alone, and may be lost, doubled or overtaken.
  ///
  /// @param longest how many bytes of a datagram are taken; a longer one is dropped, never cut. A
  ///   thread that waits for one holds a buffer of this size
  record Datagrams(int longest) implements Carriage {
    /// The longest datagram that there is.
    public static final int MOST = 65_535;

    public Datagrams {
      if (longest < 1 || longest > MOST) {
        throw new IllegalArgumentException(
            "a datagram has from 1 to " + MOST + " bytes, not " + longest);
      }
    }
  }

  /// Datagrams up to this length.
  static Carriage datagrams(int longest) {
    return new Datagrams(longest);
  }
}
