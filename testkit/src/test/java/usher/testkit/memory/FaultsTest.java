package usher.testkit.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import usher.testkit.Seeds;

final class FaultsTest {
  private static final int BUFFER = 1024;

  @Test
  void a_short_read_moves_no_more_than_allowed() throws IOException {
    MemoryNetwork network = accepting(Faults.NONE.withReads(Cut.atMost(3)));
    try (Pair pair = Pair.of(network)) {
      pair.client().write("sevenup");

      assertThat(pair.server().read()).isEqualTo("'sev'");
      assertThat(pair.server().ready(SelectionKey.OP_READ)).isEqualTo("read");
      assertThat(pair.server().read()).isEqualTo("'enu'");
      assertThat(pair.server().read()).isEqualTo("'p'");
      pair.server().write("not me");
      assertThat(pair.client().read()).as("the other side").isEqualTo("'not me'");
    }
  }

  @Test
  void a_short_read_counts_over_all_buffers_of_a_call() throws IOException {
    MemoryNetwork network = accepting(Faults.NONE.withReads(Cut.atMost(3)));
    try (Pair pair = Pair.of(network)) {
      pair.client().write("sevenup");
      ByteBuffer[] targets = {ByteBuffer.allocate(2), ByteBuffer.allocate(9)};

      assertThat(pair.server().channel.read(targets)).isEqualTo(3);
      assertThat(targets[1].position()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_short_write_is_short_in_every_mode(Mode mode) throws Exception {
    MemoryNetwork network = accepting(Faults.NONE.withWrites(Cut.atMost(3)));
    try (Pair pair = Pair.of(network)) {
      pair.server().channel.configureBlocking(mode.blocks());

      String outcome = Worker.start(mode.threads(), () -> pair.server().write("sevenup")).result();

      assertThat(outcome).isEqualTo("3 written");
      assertThat(pair.client().read()).isEqualTo("'sev'");
      assertThat(pair.client().write("whole as ever")).isEqualTo("13 written");
    }
  }

  @Test
  void faults_of_the_connecting_side_are_its_own() throws IOException {
    Faults faults = Faults.NONE.withReads(Cut.atMost(1)).withWrites(Cut.atMost(2));
    try (Pair pair = Pair.of(new MemoryNetwork(BUFFER, Faults.NONE, faults))) {
      assertThat(pair.client().write("abc")).isEqualTo("2 written");
      assertThat(pair.server().read()).isEqualTo("'ab'");
      assertThat(pair.server().write("abc")).isEqualTo("3 written");
      assertThat(pair.client().read()).isEqualTo("'a'");
    }
  }

  @Test
  void drawn_sizes_keep_to_their_bounds_and_reach_them() throws IOException {
    List<Integer> sizes = drawn(7, 4, 200);

    assertThat(sizes).allMatch(size -> size >= 1 && size <= 4).contains(1, 2, 3, 4);
  }

  @Test
  void the_same_seed_draws_the_same_and_another_does_not() throws IOException {
    assertThat(drawn(7, 50, 40)).isEqualTo(drawn(7, 50, 40)).isNotEqualTo(drawn(8, 50, 40));
  }

  @Test
  void connections_of_one_network_draw_differently() throws IOException {
    MemoryNetwork network = accepting(Faults.NONE.withReads(Cut.random(50)).withSeed(7));
    try (Pair first = Pair.of(network);
        Pair second = Pair.of(network)) {
      assertThat(sizes(first, 40)).isNotEqualTo(sizes(second, 40));
    }
  }

  @Test
  void a_reset_strikes_when_so_many_bytes_have_come_in() throws IOException {
    MemoryNetwork network = accepting(Faults.NONE.withResetAfterReceived(5));
    try (Pair pair = Pair.of(network)) {
      assertThat(pair.client().write("1234")).isEqualTo("4 written");
      assertThat(pair.server().read()).as("below").isEqualTo("'1234'");
      assertThat(pair.server().write("fine")).isEqualTo("4 written");

      assertThat(pair.client().write("567")).as("at").isEqualTo("1 written");

      assertThat(pair.client().write("67")).isEqualTo("IOException: Connection reset by peer");
      assertThat(pair.client().write("67")).isEqualTo("IOException: Broken pipe");
      assertThat(pair.client().read()).isEqualTo("'fine'");
      assertThat(pair.server().read()).isEqualTo("'5'");
      assertThat(pair.server().read()).isEqualTo("SocketException: Connection reset");
    }
  }

  @Test
  void a_reset_strikes_when_so_many_bytes_have_gone_out() throws IOException {
    MemoryNetwork network = accepting(Faults.NONE.withResetAfterSent(3));
    try (Pair pair = Pair.of(network)) {
      assertThat(pair.client().write("as much as it likes")).isEqualTo("19 written");
      assertThat(pair.server().write("abc")).isEqualTo("3 written");
      assertThat(pair.server().write("d")).isEqualTo("IOException: Connection reset by peer");
      assertThat(pair.client().read()).isEqualTo("'abc'");
      assertThat(pair.client().read()).isEqualTo("SocketException: Connection reset");
    }
  }

  @Test
  void a_reset_strikes_a_write_that_blocks() throws Exception {
    MemoryNetwork network = new MemoryNetwork(4, Faults.NONE, Faults.NONE.withResetAfterSent(6));
    try (Pair pair = Pair.of(network)) {
      Worker<String> writer =
          Worker.start(Mode.BLOCKING.threads(), () -> pair.client().write("123456789"));
      writer.awaitBlocked();
      assertThat(pair.server().read()).isEqualTo("'1234'");

      assertThat(writer.result()).isEqualTo("6 written");
      assertThat(pair.server().read()).isEqualTo("'56'");
      assertThat(pair.server().read()).isEqualTo("SocketException: Connection reset");
    }
  }

  @Test
  void a_reset_after_nothing_makes_a_connection_that_is_gone_when_accepted() throws IOException {
    MemoryNetwork network = accepting(Faults.NONE.withResetAfterReceived(0));
    try (Pair pair = Pair.of(network)) {
      SocketChannel accepted = pair.server().channel;
      assertThat(accepted.getRemoteAddress()).isNotNull();
      assertThat(pair.server().read()).isEqualTo("SocketException: Connection reset");
      assertThat(pair.client().write("x")).isEqualTo("IOException: Connection reset by peer");
    }
  }

  @Test
  void whatever_is_cut_nothing_is_lost_or_moved() {
    Seeds.each(
        30,
        gen -> {
          Faults accepting = cutAtRandom(gen.anyLong());
          Faults connecting = cutAtRandom(gen.anyLong());
          int buffer = gen.oneOf(1, 5, 100, 5_000);
          byte[] sent = gen.bytes(0, 4_000);
          try (Pair pair = Pair.of(new MemoryNetwork(buffer, accepting, connecting))) {
            Worker<Boolean> sender =
                Worker.start(
                    Mode.BLOCKING_VIRTUAL.threads(),
                    () -> {
                      ByteBuffer source = ByteBuffer.wrap(sent);
                      while (source.hasRemaining()) {
                        pair.client().channel.write(source);
                      }
                      pair.client().channel.shutdownOutput();
                      return true;
                    });
            ByteBuffer got = ByteBuffer.allocate(sent.length + 1);
            int count = pair.server().channel.read(got);
            while (count > 0) {
              count = pair.server().channel.read(got);
            }
            assertThat(sender.result()).isTrue();
            assertThat(count).isEqualTo(-1);
            assertThat(got.flip()).isEqualTo(ByteBuffer.wrap(sent));
          }
        });
  }

  @Test
  void sizes_and_counts_that_make_no_sense_are_refused() {
    assertThatIllegalArgumentException().isThrownBy(() -> Cut.atMost(0)).withMessageContaining("0");
    assertThatIllegalArgumentException().isThrownBy(() -> Cut.random(-1));
    assertThatIllegalArgumentException().isThrownBy(() -> Faults.NONE.withResetAfterSent(-1));
    assertThatIllegalArgumentException().isThrownBy(() -> Faults.NONE.withResetAfterReceived(-1));
  }

  private static Faults cutAtRandom(long seed) {
    return Faults.NONE.withReads(Cut.random(9)).withWrites(Cut.random(9)).withSeed(seed);
  }

  private static MemoryNetwork accepting(Faults faults) {
    return new MemoryNetwork(BUFFER, faults, Faults.NONE);
  }

  private static List<Integer> drawn(long seed, int most, int count) throws IOException {
    MemoryNetwork network = accepting(Faults.NONE.withReads(Cut.random(most)).withSeed(seed));
    try (Pair pair = Pair.of(network)) {
      return sizes(pair, count);
    }
  }

  /// The sizes of so many reads with always enough to read.
  private static List<Integer> sizes(Pair pair, int count) throws IOException {
    List<Integer> sizes = new ArrayList<>();
    pair.nonBlocking();
    for (int i = 0; i < count; i++) {
      pair.client().channel.write(ByteBuffer.allocate(BUFFER));
      sizes.add(pair.server().channel.read(ByteBuffer.allocate(BUFFER)));
    }
    return sizes;
  }
}
