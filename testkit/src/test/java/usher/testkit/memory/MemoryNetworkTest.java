package usher.testkit.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.IllegalSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import usher.testkit.Leaks;

/// What is particular to the network in memory; all else is in [BehaviourTest].
final class MemoryNetworkTest {
  private final MemoryNetwork network = new MemoryNetwork();

  @Test
  void channels_and_selectors_know_their_network() throws IOException {
    try (Pair pair = Pair.of(network);
        Selector selector = network.openSelector()) {
      assertThat(pair.listener().provider()).isSameAs(network);
      assertThat(pair.client().channel.provider()).isSameAs(network);
      assertThat(pair.server().channel.provider()).isSameAs(network);
      assertThat(selector.provider()).isSameAs(network);
    }
  }

  @Test
  void networks_are_apart() throws IOException {
    MemoryNetwork other = new MemoryNetwork();
    InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 80);
    try (ServerSocketChannel listener = network.openServerSocketChannel().bind(address);
        SocketChannel stranger = other.openSocketChannel()) {
      assertThat(listener.getLocalAddress()).isEqualTo(address);
      assertThatThrownBy(() -> stranger.connect(address)).hasMessage("Connection refused");
      try (ServerSocketChannel same = other.openServerSocketChannel().bind(address)) {
        assertThat(same.getLocalAddress()).isEqualTo(address);
      }
    }
  }

  @Test
  void a_selector_takes_channels_of_its_own_network_only() throws IOException {
    try (Pair pair = Pair.of(new MemoryNetwork()).nonBlocking();
        SocketChannel real = SocketChannel.open();
        Selector selector = network.openSelector()) {
      real.configureBlocking(false);
      SocketChannel strange = pair.client().channel;
      assertThatThrownBy(() -> strange.register(selector, SelectionKey.OP_READ))
          .isInstanceOf(IllegalSelectorException.class);
      assertThatThrownBy(() -> real.register(selector, SelectionKey.OP_READ))
          .isInstanceOf(IllegalSelectorException.class);
    }
  }

  @Test
  void the_jdk_s_selector_does_not_take_a_channel_in_memory() throws IOException {
    try (Pair pair = Pair.of(network).nonBlocking();
        Selector real = Selector.open()) {
      assertThatThrownBy(() -> pair.client().channel.register(real, SelectionKey.OP_READ))
          .isInstanceOf(IllegalSelectorException.class);
    }
  }

  @Test
  void no_descriptor_is_used() throws IOException {
    Pair.of(network).close();
    Leaks before = Leaks.now("no thread");
    try (Pair pair = Pair.of(network);
        Selector selector = network.openSelector()) {
      assertThat(pair.client().channel.isConnected() && selector.isOpen()).isTrue();
      before.awaitNone(Duration.ofSeconds(20));
    }
  }

  @Test
  void what_has_no_place_in_memory_is_not_supported() {
    try (SocketChannel channel = network.openSocketChannel();
        ServerSocketChannel listener = network.openServerSocketChannel()) {
      assertThatThrownBy(network::openDatagramChannel)
          .isInstanceOf(UnsupportedOperationException.class);
      assertThatThrownBy(() -> network.openDatagramChannel(StandardProtocolFamily.INET))
          .isInstanceOf(UnsupportedOperationException.class);
      assertThatThrownBy(network::openPipe).isInstanceOf(UnsupportedOperationException.class);
      assertThatThrownBy(channel::socket).isInstanceOf(UnsupportedOperationException.class);
      assertThatThrownBy(listener::socket).isInstanceOf(UnsupportedOperationException.class);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void every_family_is_the_same() throws IOException {
    try (ServerSocketChannel listener =
            network.openServerSocketChannel(StandardProtocolFamily.INET6).bind(null);
        SocketChannel client = network.openSocketChannel(StandardProtocolFamily.INET)) {
      assertThat(client.connect(listener.getLocalAddress())).isTrue();
    }
  }

  @Test
  void every_option_has_a_value_of_its_type() throws IOException {
    try (SocketChannel channel = network.openSocketChannel()) {
      assertThat(channel.getOption(StandardSocketOptions.SO_RCVBUF))
          .isEqualTo(MemoryNetwork.BUFFER_SIZE);
      for (var option : channel.supportedOptions()) {
        assertThat(channel.getOption(option)).as(option.name()).isInstanceOf(option.type());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 100, MemoryNetwork.BUFFER_SIZE})
  void a_buffer_holds_its_size_in_each_direction(int size) throws IOException {
    try (Pair pair = Pair.of(new MemoryNetwork(size)).nonBlocking()) {
      SocketChannel client = pair.client().channel;
      SocketChannel server = pair.server().channel;

      assertThat(client.write(ByteBuffer.allocate(size - 1))).as("below").isEqualTo(size - 1);
      assertThat(client.write(ByteBuffer.allocate(2))).as("above").isEqualTo(1);
      assertThat(client.write(ByteBuffer.allocate(1))).isZero();
      assertThat(pair.client().ready(Ops.STREAM)).isEqualTo("nothing");
      assertThat(server.write(ByteBuffer.allocate(size))).as("the other way").isEqualTo(size);
      assertThat(server.write(ByteBuffer.allocate(1))).isZero();

      assertThat(server.read(ByteBuffer.allocate(size))).isEqualTo(size);
      assertThat(pair.client().ready(Ops.STREAM)).isEqualTo("read write");
    }
  }

  @Test
  void a_socket_is_writable_again_when_a_third_is_free() throws IOException {
    try (Pair pair = Pair.of(new MemoryNetwork(90)).nonBlocking()) {
      pair.client().channel.write(ByteBuffer.allocate(90));

      pair.server().channel.read(ByteBuffer.allocate(29));
      assertThat(pair.client().ready(SelectionKey.OP_WRITE)).as("below").isEqualTo("nothing");
      pair.server().channel.read(ByteBuffer.allocate(1));
      assertThat(pair.client().ready(SelectionKey.OP_WRITE)).as("at").isEqualTo("write");
    }
  }

  @Test
  void a_buffer_of_nothing_is_refused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new MemoryNetwork(0))
        .withMessageContaining("at least 1 byte");
  }

  @ParameterizedTest
  @EnumSource(names = {"BLOCKING", "BLOCKING_VIRTUAL"})
  void closing_ends_a_write_that_blocks_with_nothing_moved(Mode mode) throws Exception {
    try (Pair pair = Pair.of(network)) {
      pair.client().channel.configureBlocking(false);
      pair.client().fill();
      pair.client().channel.configureBlocking(true);
      Worker<String> writer = Worker.start(mode.threads(), () -> pair.client().write("x"));
      writer.awaitBlocked();

      pair.client().close();

      assertThat(writer.result()).isEqualTo(AsynchronousCloseException.class.getSimpleName());
    }
  }

  @Test
  void a_blocking_write_is_whole_until_a_virtual_thread_has_used_the_channel() throws Exception {
    try (Pair pair = Pair.of(new MemoryNetwork(10))) {
      Worker<String> whole =
          Worker.start(Mode.BLOCKING.threads(), () -> pair.client().write("eleven bytes"));
      pair.server().drain(12);
      assertThat(whole.result()).isEqualTo("12 written");

      assertThat(
              Worker.start(
                      Mode.BLOCKING_VIRTUAL.threads(), () -> pair.client().write("eleven bytes"))
                  .result())
          .isEqualTo("10 written");
      pair.server().drain(10);
      assertThat(pair.client().write("eleven bytes")).isEqualTo("10 written");
    }
  }

  @Test
  void a_blocking_write_that_is_cut_by_a_close_reports_what_it_moved() throws Exception {
    try (Pair pair = Pair.of(new MemoryNetwork(10))) {
      Worker<String> writer =
          Worker.start(Mode.BLOCKING.threads(), () -> pair.client().write("eleven bytes"));
      writer.awaitBlocked();

      pair.client().close();

      assertThat(writer.result()).isEqualTo("10 written");
    }
  }

  @Test
  void a_reset_is_at_once_even_while_registered() throws IOException {
    try (Pair pair = Pair.of(network).nonBlocking();
        Selector selector = network.openSelector()) {
      pair.client().channel.register(selector, SelectionKey.OP_READ);

      network.reset(pair.client().channel);

      assertThat(pair.client().channel.isOpen()).isFalse();
      assertThat(pair.server().read()).isEqualTo("SocketException: Connection reset");
      assertThat(selector.selectNow()).isZero();
      assertThat(selector.keys()).isEmpty();
    }
  }

  @Test
  void only_channels_of_the_network_are_reset() throws IOException {
    try (Pair strange = Pair.of(new MemoryNetwork())) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> network.reset(strange.client().channel));
      assertThat(strange.client().channel.isOpen()).isTrue();
    }
  }

  @Test
  void ports_given_out_are_never_those_listened_on() throws IOException {
    Set<Integer> ports = new HashSet<>();
    try (ServerSocketChannel listener = network.openServerSocketChannel().bind(null)) {
      InetSocketAddress address = (InetSocketAddress) listener.getLocalAddress();
      for (int i = 0; i < 20_000; i++) {
        try (SocketChannel client = network.openSocketChannel()) {
          client.connect(address);
          ports.add(((InetSocketAddress) client.getLocalAddress()).getPort());
          listener.accept().close();
        }
      }
      assertThat(ports).hasSize(65_536 - 49_152 - 1).doesNotContain(address.getPort());
    }
  }
}
