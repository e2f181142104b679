package usher.testkit.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class BacklogTest {
  private final MemoryNetwork network = new MemoryNetwork();

  @Test
  void connections_beyond_the_backlog_wait_until_one_is_accepted() throws IOException {
    ServerSocketChannel listener = network.openServerSocketChannel().bind(null, 2);
    SocketChannel first = connecting(listener);
    SocketChannel second = connecting(listener);
    SocketChannel third = connecting(listener);

    assertThat(first.finishConnect()).as("below").isTrue();
    assertThat(second.finishConnect()).as("at").isTrue();
    assertThat(third.finishConnect()).as("above").isFalse();
    assertThat(new End(third).ready(Ops.STREAM)).isEqualTo("nothing");

    assertThat(listener.accept().getRemoteAddress()).isEqualTo(first.getLocalAddress());
    assertThat(third.finishConnect()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1})
  void without_a_size_it_holds_fifty(int size) throws IOException {
    ServerSocketChannel listener = network.openServerSocketChannel().bind(null, size);
    List<SocketChannel> clients = new ArrayList<>();
    for (int i = 0; i < 51; i++) {
      clients.add(connecting(listener));
    }

    assertThat(clients.get(49).finishConnect()).isTrue();
    assertThat(clients.get(50).finishConnect()).isFalse();
  }

  @ParameterizedTest
  @EnumSource(names = {"BLOCKING", "BLOCKING_VIRTUAL"})
  void a_blocking_connect_waits_for_room(Mode mode) throws Exception {
    ServerSocketChannel listener = fullListener();
    SocketChannel client = network.openSocketChannel();
    Worker<Boolean> connecting =
        Worker.start(mode.threads(), () -> client.connect(listener.getLocalAddress()));
    connecting.awaitBlocked();
    assertThat(connecting.isDone()).isFalse();

    listener.accept();

    assertThat(connecting.result()).isTrue();
    assertThat(listener.accept().getRemoteAddress()).isEqualTo(client.getLocalAddress());
  }

  @ParameterizedTest
  @EnumSource(names = {"BLOCKING", "BLOCKING_VIRTUAL"})
  void closing_or_interrupting_ends_a_connect_that_waits(Mode mode) throws Exception {
    ServerSocketChannel listener = fullListener();
    SocketChannel closed = network.openSocketChannel();
    SocketChannel interrupted = network.openSocketChannel();
    Worker<String> closing = startConnect(mode, closed, listener);
    Worker<String> interrupting = startConnect(mode, interrupted, listener);

    closed.close();
    interrupting.thread().interrupt();

    assertThat(closing.result()).isEqualTo("AsynchronousCloseException");
    assertThat(interrupting.result()).isEqualTo("ClosedByInterruptException");
    assertThat(interrupted.isOpen()).isFalse();
  }

  @Test
  void one_that_gives_up_leaves_its_place() throws IOException {
    ServerSocketChannel listener = fullListener();
    SocketChannel gone = connecting(listener);
    SocketChannel next = connecting(listener);
    gone.close();

    listener.accept();

    assertThat(next.finishConnect()).isTrue();
    assertThat(listener.accept().getRemoteAddress()).isEqualTo(next.getLocalAddress());
  }

  @Test
  void closing_the_listener_refuses_those_that_wait() throws IOException {
    ServerSocketChannel listener = fullListener();
    SocketChannel waiting = connecting(listener);

    listener.close();

    assertThatThrownBy(waiting::finishConnect).hasMessage("Connection refused");
  }

  @Test
  void an_accept_without_a_descriptor_fails_and_loses_no_connection() throws IOException {
    ServerSocketChannel listener = network.openServerSocketChannel().bind(null);
    listener.configureBlocking(false);
    try (Selector selector = network.openSelector()) {
      listener.register(selector, SelectionKey.OP_ACCEPT);
      network.failAccepts(2);
      assertThat(listener.accept()).as("nothing to accept").isNull();
      SocketChannel client = connecting(listener);

      assertThatThrownBy(listener::accept)
          .isInstanceOf(IOException.class)
          .hasMessage("Too many open files");
      assertThat(selector.selectNow()).isEqualTo(1);
      assertThatThrownBy(listener::accept).hasMessage("Too many open files");

      assertThat(listener.accept().getRemoteAddress()).isEqualTo(client.getLocalAddress());
    }
  }

  @Test
  void a_blocking_accept_without_a_descriptor_fails_as_well() throws Exception {
    ServerSocketChannel listener = network.openServerSocketChannel().bind(null);
    network.failAccepts(1);
    Worker<String> acceptor =
        Worker.start(Mode.BLOCKING.threads(), () -> End.outcome(() -> "" + listener.accept()));
    acceptor.awaitBlocked();

    connecting(listener);

    assertThat(acceptor.result()).isEqualTo("IOException: Too many open files");
    assertThat(listener.isOpen()).isTrue();
    assertThat(listener.accept()).isNotNull();
  }

  private ServerSocketChannel fullListener() throws IOException {
    ServerSocketChannel listener = network.openServerSocketChannel().bind(null, 1);
    connecting(listener).finishConnect();
    return listener;
  }

  private SocketChannel connecting(ServerSocketChannel listener) throws IOException {
    SocketChannel client = network.openSocketChannel();
    client.configureBlocking(false);
    assertThat(client.connect(listener.getLocalAddress())).isFalse();
    return client;
  }

  private static Worker<String> startConnect(
      Mode mode, SocketChannel client, ServerSocketChannel listener) {
    return Worker.start(
            mode.threads(),
            () -> End.outcome(() -> "" + client.connect(listener.getLocalAddress())))
        .awaitBlocked();
  }
}
