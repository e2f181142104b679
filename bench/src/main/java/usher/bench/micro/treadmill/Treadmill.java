package usher.bench.micro.treadmill;

import java.io.IOException;
import java.net.ProtocolFamily;
import java.nio.channels.DatagramChannel;
import java.nio.channels.Pipe;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.channels.spi.AbstractSelector;
import java.nio.channels.spi.SelectorProvider;
import java.util.concurrent.Semaphore;

/// One listening socket, one connection on it, one selector, and a counter of turns.
///
/// ```
///   bench thread   turns(n) ───────────────────────► waits ◄─┐
///                     │                                      │ all n done
///   loop's thread  select ─► read ─► … ─► write ─► select ───┘
/// ```
///
/// Hand [#listener] to a server with one event loop, wait for [#awaitConnection], then let it run
/// [#turns]. In each turn the loop's selector reports the connection readable, the read gives the
/// whole request, and writes take everything. The selector knows no timeouts: deadlines of the
/// server are looked at between turns only.
///
/// Two threads: the loop's, and one that asks for turns.
public final class Treadmill extends SelectorProvider {
  private final TreadmillListener listener;
  private final TreadmillChannel connection;
  private final TreadmillSelector selector;
  private final Semaphore done = new Semaphore(0);

  /// A connection on which these bytes come in each turn.
  public Treadmill(byte[] request) {
    connection = new TreadmillChannel(this, request);
    listener = new TreadmillListener(this, connection);
    selector = new TreadmillSelector(this, done);
  }

  /// The listening socket; it is bound already.
  public ServerSocketChannel listener() {
    return listener;
  }

  /// Waits until the server has accepted the connection and listens to it.
  public void awaitConnection() throws InterruptedException {
    selector.begin(0);
    done.acquire();
  }

  /// Lets that many turns pass and waits for the end of the last.
  ///
  /// @return how many bytes the server wrote in them
  /// @throws IllegalStateException if the server ended the connection
  public long turns(int count) throws InterruptedException {
    long before = connection.written();
    selector.begin(count);
    done.acquire();
    if (!connection.serves()) {
      throw new IllegalStateException("the server ended the connection: " + connection.last());
    }
    return connection.written() - before;
  }

  /// What the server wrote last, as text.
  public String last() {
    return connection.last();
  }

  @Override
  public ServerSocketChannel openServerSocketChannel() {
    return listener;
  }

  @Override
  public SocketChannel openSocketChannel() {
    return connection;
  }

  @Override
  public AbstractSelector openSelector() {
    return selector;
  }

  @Override
  public DatagramChannel openDatagramChannel() throws IOException {
    throw new UnsupportedOperationException();
  }

  @Override
  public DatagramChannel openDatagramChannel(ProtocolFamily family) throws IOException {
    throw new UnsupportedOperationException();
  }

  @Override
  public Pipe openPipe() throws IOException {
    throw new UnsupportedOperationException();
  }
}
