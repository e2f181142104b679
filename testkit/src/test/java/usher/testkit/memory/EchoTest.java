package usher.testkit.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.channels.spi.SelectorProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import usher.testkit.Gen;
import usher.testkit.Seeds;

/// The same event loop, and the same blocking clients on virtual threads, over sockets and over
/// memory with and without faults.
final class EchoTest {
  private static final int CONNECTIONS = 200;

  static Stream<Arguments> networks() {
    Faults cut = Faults.NONE.withReads(Cut.random(300)).withWrites(Cut.random(300));
    return Stream.of(
        Arguments.of("loopback", SelectorProvider.provider(), Mode.BLOCKING),
        Arguments.of("memory", new MemoryNetwork(), Mode.BLOCKING),
        Arguments.of("memory, on a virtual thread", new MemoryNetwork(), Mode.BLOCKING_VIRTUAL),
        Arguments.of("memory, small buffers", new MemoryNetwork(100), Mode.BLOCKING),
        Arguments.of("memory, faults", new MemoryNetwork(5_000, cut, cut), Mode.BLOCKING));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("networks")
  void two_hundred_connections_get_back_what_they_sent(
      String name, SelectorProvider network, Mode loopThread) {
    Seeds.each(
        1,
        gen -> {
          ServerSocketChannel listener =
              network.openServerSocketChannel().bind(Stage.anyPort(), CONNECTIONS);
          try (EchoLoop loop = new EchoLoop(listener, loopThread.threads())) {
            List<Worker<Boolean>> clients = new ArrayList<>();
            for (int i = 0; i < CONNECTIONS; i++) {
              byte[] sent = gen.bytes(0, 20_000);
              Gen own = new Gen(gen.anyLong());
              var address = listener.getLocalAddress();
              clients.add(
                  Worker.start(
                      Mode.BLOCKING_VIRTUAL.threads(),
                      () -> {
                        try (SocketChannel client = network.openSocketChannel()) {
                          client.connect(address);
                          return echoes(client, sent, own);
                        }
                      }));
            }
            for (Worker<Boolean> client : clients) {
              assertThat(client.result()).as(name).isTrue();
            }
            assertThat(loop.stop()).isEqualTo(CONNECTIONS);
          }
        });
  }

  private static boolean echoes(SocketChannel client, byte[] sent, Gen gen) throws Exception {
    Worker<Boolean> sender =
        Worker.start(
            Mode.BLOCKING_VIRTUAL.threads(),
            () -> {
              ByteBuffer source = ByteBuffer.wrap(sent);
              while (source.position() < sent.length) {
                int end = source.position() + gen.between(1, sent.length - source.position());
                client.write(source.limit(end));
                source.limit(sent.length);
              }
              client.shutdownOutput();
              return true;
            });
    ByteBuffer got = ByteBuffer.allocate(sent.length + 1);
    readToEnd(client, got);
    return sender.result() && got.flip().equals(ByteBuffer.wrap(sent));
  }

  private static void readToEnd(SocketChannel client, ByteBuffer target) throws IOException {
    while (client.read(target) >= 0) {
      if (!target.hasRemaining()) {
        throw new AssertionError("more came back than was sent");
      }
    }
  }
}
