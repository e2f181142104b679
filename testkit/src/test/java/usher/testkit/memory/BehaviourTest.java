package usher.testkit.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.channels.spi.SelectorProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// The network in memory behaves as the real one does: every row gives the same transcript on
/// loopback sockets and in memory.
final class BehaviourTest {
  enum Network {
    LOOPBACK,
    MEMORY;

    SelectorProvider open() {
      return this == LOOPBACK ? SelectorProvider.provider() : new MemoryNetwork();
    }
  }

  static Stream<Arguments> performances() {
    return Stream.of(
            StreamRows.rows(),
            ChannelRows.rows(),
            BlockingRows.rows(),
            SelectorRows.rows(),
            KeyRows.rows())
        .flatMap(List::stream)
        .flatMap(BehaviourTest::performances);
  }

  private static Stream<Arguments> performances(Row row) {
    List<Arguments> all = new ArrayList<>();
    for (Network network : Network.values()) {
      for (Mode mode : Mode.values()) {
        all.add(Arguments.of(row, network, mode, false));
        all.add(Arguments.of(row, network, mode, true));
      }
    }
    return all.stream();
  }

  @ParameterizedTest(name = "{0}: {1}, {2}, from the server: {3}")
  @MethodSource("performances")
  void is_the_same_on_both_networks(Row row, Network network, Mode mode, boolean swapped)
      throws Exception {
    List<String> transcript =
        Worker.start(
                mode.threads(),
                () -> {
                  try (Stage stage = new Stage(network.open(), mode, swapped)) {
                    row.script().play(stage);
                    return stage.transcript();
                  }
                })
            .result();
    assertThat(transcript).isEqualTo(row.transcript());
  }
}
