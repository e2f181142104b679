package usher.testkit.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Virtual threads that wait for the network in memory hold no carrier: many more of them block
/// than there can ever be carriers, and others go on. Were it otherwise nothing would, hence the
/// bound.
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class VirtualThreadTest {
  /// The scheduler has at most 256 carriers unless it is told otherwise.
  private static final int MANY = 300;

  private final MemoryNetwork network = new MemoryNetwork();

  @Test
  void that_read_hold_no_carrier() throws Exception {
    List<Pair> pairs = new ArrayList<>();
    List<Worker<String>> readers = new ArrayList<>();
    for (int i = 0; i < MANY; i++) {
      Pair pair = Pair.of(network);
      pairs.add(pair);
      readers.add(start(() -> pair.server().read()));
    }
    awaitBlocked(readers);

    assertThat(start(() -> "still running").result()).isEqualTo("still running");
    for (Pair pair : pairs) {
      pair.client().write("done");
    }
    for (Worker<String> reader : readers) {
      assertThat(reader.result()).isEqualTo("'done'");
    }
  }

  @Test
  void that_write_hold_no_carrier() throws Exception {
    List<Pair> pairs = new ArrayList<>();
    List<Worker<String>> writers = new ArrayList<>();
    MemoryNetwork small = new MemoryNetwork(1);
    for (int i = 0; i < MANY; i++) {
      Pair pair = Pair.of(small);
      pairs.add(pair);
      pair.server().write("1");
      writers.add(start(() -> pair.server().write("2")));
    }
    awaitBlocked(writers);

    assertThat(start(() -> "still running").result()).isEqualTo("still running");
    for (Pair pair : pairs) {
      assertThat(pair.client().read()).isEqualTo("'1'");
      assertThat(pair.client().read()).isEqualTo("'2'");
    }
    for (Worker<String> writer : writers) {
      assertThat(writer.result()).isEqualTo("1 written");
    }
  }

  @Test
  void that_accept_hold_no_carrier() throws Exception {
    ServerSocketChannel listener = network.openServerSocketChannel().bind(null);
    List<Worker<String>> acceptors = new ArrayList<>();
    for (int i = 0; i < MANY; i++) {
      ServerSocketChannel own = network.openServerSocketChannel().bind(null);
      acceptors.add(start(() -> End.outcome(() -> "" + own.accept())));
      if (i == 0) {
        acceptors.add(start(() -> End.outcome(() -> "" + listener.accept().isConnected())));
      }
    }
    awaitBlocked(acceptors);

    assertThat(network.openSocketChannel().connect(listener.getLocalAddress())).isTrue();
    assertThat(acceptors.get(1).result()).isEqualTo("true");
    for (Worker<String> acceptor : acceptors) {
      acceptor.thread().interrupt();
    }
    for (Worker<String> acceptor : acceptors) {
      assertThat(acceptor.result()).isIn("true", "ClosedByInterruptException");
    }
  }

  @Test
  void that_select_hold_no_carrier() throws Exception {
    Pair pair = Pair.of(network).nonBlocking();
    List<Selector> selectors = new ArrayList<>();
    List<Worker<Integer>> selecting = new ArrayList<>();
    for (int i = 0; i < MANY; i++) {
      Selector selector = network.openSelector();
      pair.server().channel.register(selector, SelectionKey.OP_READ);
      selectors.add(selector);
      selecting.add(Worker.start(Mode.BLOCKING_VIRTUAL.threads(), selector::select));
    }
    for (Worker<Integer> worker : selecting) {
      worker.awaitBlocked();
    }

    assertThat(start(() -> "still running").result()).isEqualTo("still running");
    pair.client().write("x");
    for (Worker<Integer> worker : selecting) {
      assertThat(worker.result()).isEqualTo(1);
    }
    for (Selector selector : selectors) {
      selector.close();
    }
  }

  private static Worker<String> start(End.Operation work) {
    return Worker.start(Mode.BLOCKING_VIRTUAL.threads(), work::run);
  }

  private static void awaitBlocked(List<Worker<String>> workers) {
    for (Worker<String> worker : workers) {
      worker.awaitBlocked();
      assertThat(worker.isDone()).isFalse();
    }
  }
}
