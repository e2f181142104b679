package usher.lab.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import usher.server.Address;

final class KeptChannelsTest {
  private static final String RIGHT = "HTTP/1.1 200 OK\nContent-Length: 2\n\nok";
  private static final SocketAddress HERE = UnixDomainSocketAddress.of("here");
  private static final SocketAddress THERE = UnixDomainSocketAddress.of("there");

  @Test
  void who_greets_takes_the_connections_of_the_load_before() throws IOException {
    try (Stub stub = Stub.answering(RIGHT);
        var kept = new KeptChannels()) {
      LoadPlan plan = Plans.to(stub.address()).greeting().plan();
      for (int load = 0; load < 3; load++) {
        assertThat(Load.run(plan, kept, _ -> {}).good()).isEqualTo(100);
      }
      assertThat(stub.accepted).hasValue(2);

      LoadPlan more = Plans.to(stub.address()).connections(5).greeting().plan();
      assertThat(Load.run(more, kept, _ -> {}).good()).isEqualTo(100);
      assertThat(stub.accepted).hasValue(5);
    }
  }

  @Test
  void who_does_not_greet_opens_and_closes_its_own() throws IOException {
    try (Stub stub = Stub.answering(RIGHT);
        var kept = new KeptChannels()) {
      Load.run(Plans.to(stub.address()).plan(), kept, _ -> {});
      Load.run(Plans.to(stub.address()).greeting().plan(), kept, _ -> {});
      Load.run(Plans.to(stub.address()).plan(), kept, _ -> {});
      assertThat(stub.accepted).hasValue(6);
    }
  }

  @Test
  void one_that_the_server_closed_meanwhile_is_opened_anew() throws IOException {
    try (Stub stub =
            new Stub(
                (_, in, out) -> {
                  for (int i = 0; i < 101 && Stub.request(in); i++) {
                    Stub.say(out, RIGHT);
                  }
                });
        var kept = new KeptChannels()) {
      LoadPlan plan = Plans.to(stub.address()).connections(1).greeting().plan();
      assertThat(Load.run(plan, kept, _ -> {}).good()).isEqualTo(100);
      // It has answered 101 by then, one of them the greeting.
      assertThat(Load.run(plan, kept, _ -> {}).good()).isEqualTo(100);
      assertThat(stub.accepted).hasValueGreaterThan(1);
    }
  }

  @Test
  void the_oldest_goes_when_there_are_too_many_and_the_rest_at_the_end() throws IOException {
    List<SocketChannel> all = new ArrayList<>();
    try (Stub stub = Stub.answering(RIGHT);
        var kept = new KeptChannels()) {
      var target = ((Address.Tcp) stub.address()).socketAddress();
      for (int i = 0; i <= 2_048; i++) {
        // Only those that are taken again need to be connected.
        all.add(i == 1 || i == 2_048 ? SocketChannel.open(target) : SocketChannel.open());
        all.getLast().configureBlocking(false);
        kept.keep(i < 2_048 ? HERE : THERE, all.getLast());
        assertThat(all.getFirst().isOpen()).isEqualTo(i < 2_048);
      }
      assertThat(kept.take(THERE)).isSameAs(all.getLast());
      assertThat(kept.take(THERE)).isNull();
      assertThat(kept.take(HERE)).isSameAs(all.get(1));
    }
    assertThat(all.get(1).isOpen()).as("whoever took it has it").isTrue();
    assertThat(all.subList(2, 2_048)).noneMatch(SocketChannel::isOpen);
    all.get(1).close();
    all.getLast().close();
  }
}
