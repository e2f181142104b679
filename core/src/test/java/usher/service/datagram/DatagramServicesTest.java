package usher.service.datagram;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import usher.server.Datagram;
import usher.server.DatagramHandler;

/// The small services over datagrams, handed one datagram at a time.
final class DatagramServicesTest {
  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
  private static final int OWN = 7_007;

  private static List<String> answers(DatagramHandler service, String text, int port)
      throws Exception {
    List<String> answers = new ArrayList<>();
    service.handle(
        new Datagram() {
          @Override
          public ByteBuffer bytes() {
            return ByteBuffer.wrap(text.getBytes(US_ASCII));
          }

          @Override
          public InetSocketAddress from() {
            return new InetSocketAddress(InetAddress.ofLiteral("192.0.2.7"), port);
          }

          @Override
          public InetSocketAddress to() {
            return new InetSocketAddress(InetAddress.ofLiteral("192.0.2.1"), OWN);
          }

          @Override
          public void reply(ByteBuffer bytes) {
            answers.add(US_ASCII.decode(bytes).toString());
          }
        });
    return answers;
  }

  private static List<DatagramHandler> all() {
    return List.of(
        DatagramServices.echo(),
        DatagramServices.discard(),
        DatagramServices.daytime(() -> NOON),
        DatagramServices.chargen());
  }

  @Test
  void echo_sends_back_what_comes() throws Exception {
    assertThat(answers(DatagramServices.echo(), "hello", 50_000)).containsExactly("hello");
    assertThat(answers(DatagramServices.echo(), "", 50_000)).containsExactly("");
  }

  @Test
  void discard_says_nothing() throws Exception {
    assertThat(answers(DatagramServices.discard(), "hello", 50_000)).isEmpty();
  }

  @Test
  void daytime_says_the_time_whatever_is_said() throws Exception {
    for (String text : List.of("hello", "")) {
      assertThat(answers(DatagramServices.daytime(() -> NOON), text, 50_000))
          .containsExactly("Friday, November 20, 2026 12:00:00-UTC\r\n");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 73, 74, 512})
  void chargen_sends_so_many_characters_of_its_lines(int count) throws Exception {
    List<Integer> bounds = new ArrayList<>();
    DatagramHandler chargen =
        DatagramServices.chargen(
            bound -> {
              bounds.add(bound);
              return count;
            });

    String answer = answers(chargen, "whatever", 50_000).getFirst();

    assertThat(bounds).as("from 0 to 512").containsExactly(513);
    assertThat(answer).hasSize(count);
    String lines =
        " !\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefg\r\n!\"#";
    int common = Math.min(count, lines.length());
    assertThat(answer.substring(0, common)).isEqualTo(lines.substring(0, common));
  }

  @Test
  void chargen_sends_at_most_512_characters_of_its_own_choice() throws Exception {
    DatagramHandler chargen = DatagramServices.chargen();
    List<Integer> lengths = new ArrayList<>();
    for (int i = 0; i < 2_000; i++) {
      lengths.add(answers(chargen, "", 50_000).getFirst().length());
    }

    assertThat(lengths).allMatch(length -> length <= 512);
    assertThat(lengths.stream().distinct().count()).isGreaterThan(100);
  }

  @ParameterizedTest
  @ValueSource(ints = {7, 13, 17, 19, 37, OWN})
  void nothing_is_answered_that_another_service_seems_to_have_sent(int port) throws Exception {
    for (DatagramHandler service : all()) {
      assertThat(answers(service, "hello", port)).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 6, 8, 12, 14, 18, 20, 36, 38, 53, OWN - 1, 65_535})
  void any_other_port_is_answered(int port) throws Exception {
    assertThat(answers(DatagramServices.echo(), "hello", port)).containsExactly("hello");
  }

  @Test
  void none_of_them_blocks() {
    assertThat(all()).noneMatch(DatagramHandler::blocks);
  }
}
