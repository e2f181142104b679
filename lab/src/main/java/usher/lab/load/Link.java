package usher.lab.load;

/// A connection of the generator, or a socket for datagrams: takes requests while it has room, and
/// tells its [Owner] what becomes of it. What becomes of the requests it writes into the ledger.
///
/// All of it on one thread. Times are those of `System.nanoTime`.
abstract sealed class Link permits StreamLink, DatagramLink {
  /// Whether its owner has it in the list of those with room. For the owner.
  boolean listed;

  /// Who has links. May send from within [#room], and connect from within [#shut].
  interface Owner {
    /// There is room for a request, for the first time or again.
    void room(Link link, long now);

    /// So many requests ended, well or not.
    void ended(int count);

    /// The connection is no more, or never was.
    ///
    /// @param refusal why it never was, as a kind of failure; empty where it was
    void shut(Link link, String refusal, long now);

    /// It sends or reads no faster than it may: [Link#step] is to be called now and then.
    void slow(Link link);
  }

  /// Whether a request may be added now.
  abstract boolean hasRoom(long now);

  /// Requests that are under way.
  abstract int underWay();

  /// Whether it is there: connected, or in no need of it.
  abstract boolean open();

  /// Whether it had an answer since it was opened.
  abstract boolean proved();

  /// Whether it is on its way to be open.
  abstract boolean connecting();

  /// Connects, where there is something to connect.
  abstract void connect(long now);

  /// Takes a request; goes out with [#flush].
  abstract void add(long due, int shape, long now);

  /// Sends what was added, as far as it goes.
  abstract void flush(long now);

  /// The selector found it ready.
  abstract void ready(long now);

  /// Gives up what took too long; comes again where it is time to.
  abstract void check(long now);

  /// The next step of what is paced.
  ///
  /// @return whether there will be another one
  abstract boolean step(long now);

  /// Ends it without a word to the owner; the connection itself may serve another load.
  void leave() {
    close();
  }

  /// Ends it without a word to the owner.
  abstract void close();
}
