package usher.server.driver;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import usher.server.Datagram;
import usher.server.Probe.Drop;

/// A datagram on its way through its handler, whose seat is taken. Whatever the handler throws ends
/// here, and the seat is given back in any case.
///
/// Owner: the thread that runs it, once. The one that a [Receiver] lends to handlers on its own
/// thread is used again for each of them.
public final class Packet implements Datagram, Sender, Client, Work {
  private final Post post;
  private final ByteBuffer bytes;
  private InetSocketAddress from;
  private volatile boolean over;

  Packet(Post post, ByteBuffer bytes, InetSocketAddress from) {
    this.post = post;
    this.bytes = bytes;
    this.from = from;
  }

  /// The next one is of this sender.
  void lend(InetSocketAddress sender) {
    from = sender;
    over = false;
  }

  /// The same for a handler elsewhere, with bytes of its own.
  Packet copy() {
    return new Packet(post, ByteBuffer.allocate(bytes.remaining()).put(bytes).flip(), from);
  }

  /// Handles it on the loop that received it, in the watchdog's sight.
  public void runOn(Loop loop) {
    loop.stint.begin(this);
    run();
    loop.stint.end();
  }

  /// Handles it on a thread of its own, in the watchdog's sight.
  public void runOnThread() {
    Watchdog watchdog = post.house().watchdog;
    Stint stint = watchdog.thread();
    stint.begin(this);
    run();
    stint.end();
    watchdog.forget(stint);
  }

  /// Handles it, unless the server has ended meanwhile. Throws nothing.
  @Override
  public void run() {
    House house = post.house();
    if (!post.channel().isOpen()) {
      house.drop(this, Drop.CUT);
    } else {
      try {
        post.handler().handle(this);
      } catch (Throwable thrown) {
        house.probe.failed(this, thrown);
      }
    }
    over = true;
    // A handler may leave its thread interrupted; that was about the datagram, which is over.
    boolean _ = Thread.interrupted();
    house.permits.leave();
  }

  @Override
  public ByteBuffer bytes() {
    return bytes;
  }

  @Override
  public InetSocketAddress from() {
    return from;
  }

  @Override
  public InetSocketAddress to() {
    return post.local();
  }

  @Override
  public void reply(ByteBuffer answer) throws IOException {
    if (over) {
      throw new IllegalStateException("a datagram is answered before its handler returns");
    }
    boolean empty = !answer.hasRemaining();
    try {
      // The channel never blocks, so no interrupt closes it and no full buffer holds the thread.
      if (post.channel().send(answer, from) == 0 && !empty) {
        post.house().drop(this, Drop.REPLY);
      }
    } catch (ClosedChannelException ended) {
      post.house().drop(this, Drop.REPLY);
    }
  }

  @Override
  public Client client() {
    return this;
  }

  /// Its server has ended: finds its socket closed and gives its seat back.
  @Override
  public void forget() {
    run();
  }

  @Override
  public String task() {
    return "a datagram of " + bytes.limit() + " bytes";
  }
}
