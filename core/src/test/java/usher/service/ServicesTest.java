package usher.service;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import usher.session.Cause;
import usher.session.Limits;
import usher.session.Opening;
import usher.session.Outcome;
import usher.session.Peer;
import usher.session.Protocol;
import usher.session.ProtocolException;
import usher.session.Session;
import usher.session.Step;
import usher.session.Timeouts;

/// The small services as pure sessions, with time as an argument.
class ServicesTest {
  private static final long IDLE = Duration.ofSeconds(60).toNanos();
  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

  private final ByteArrayOutputStream sent = new ByteArrayOutputStream();

  private static Session open(Protocol protocol) {
    Peer nobody =
        new Peer() {
          @Override
          public String remote() {
            return "192.0.2.1:1";
          }

          @Override
          public String host() {
            return "192.0.2.1";
          }

          @Override
          public String local() {
            return "192.0.2.2:7";
          }
        };
    return protocol.open(new Opening(nobody, Limits.DEFAULT, Timeouts.DEFAULT, () -> NOON));
  }

  /// Obeys writes until the session wants something else.
  private Step settle(Session session, long now) {
    while (true) {
      Step step = session.next(now);
      if (!(step instanceof Step.Write(ByteBuffer bytes))) {
        return step;
      }
      assertThat(bytes.hasRemaining()).as("never writes nothing").isTrue();
      while (bytes.hasRemaining()) {
        sent.write(bytes.get());
      }
    }
  }

  private void feed(Session session, byte[] bytes, int cut, long now) {
    for (int at = 0; at < bytes.length; at += cut) {
      ByteBuffer in = ByteBuffer.wrap(bytes, at, Math.min(cut, bytes.length - at));
      while (in.hasRemaining()) {
        session.receive(in);
        assertThat(settle(session, now)).isEqualTo(Step.INPUT);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 1_000, 40_000})
  void echo_sends_back_what_comes_however_it_is_cut(int cut) {
    byte[] bytes = "0123456789\r\n\0\u007f".repeat(3_000).getBytes(US_ASCII);
    Session session = open(new Echo());

    assertThat(settle(session, 0)).isEqualTo(Step.INPUT);
    feed(session, bytes, cut, 1);
    session.receiveEnd();

    assertThat(settle(session, 2)).isEqualTo(Step.CLOSE);
    assertThat(sent.toByteArray()).isEqualTo(bytes);
  }

  @Test
  void echo_leaves_what_it_has_no_room_for() {
    ByteBuffer in = ByteBuffer.allocate((16 << 10) + 5);
    Session session = open(new Echo());

    session.receive(in);
    assertThat(in.remaining()).isEqualTo(5);
    session.receive(in);

    assertThat(in.remaining()).as("before the first bytes are sent").isEqualTo(5);
  }

  @Test
  void echo_finishes_what_it_has_heard_when_it_drains() {
    Session session = open(new Echo());
    session.receive(ByteBuffer.wrap("last".getBytes(US_ASCII)));
    session.drain(1);

    assertThat(settle(session, 1)).isEqualTo(Step.LINGER);
    assertThat(sent.toString(US_ASCII)).isEqualTo("last");
  }

  @Test
  void discard_takes_everything_and_says_nothing() {
    Session session = open(new Discard());

    assertThat(settle(session, 0)).isEqualTo(Step.INPUT);
    feed(session, new byte[100_000], 7_000, 1);
    session.receiveEnd();

    assertThat(settle(session, 2)).isEqualTo(Step.CLOSE);
    assertThat(sent.size()).isZero();
  }

  @Test
  void discard_drains_by_lingering() {
    Session session = open(new Discard());
    session.drain(1);

    assertThat(settle(session, 0)).isEqualTo(Step.LINGER);
  }

  @Test
  void an_idle_time_starts_anew_with_every_byte_and_then_closes() {
    for (Protocol protocol : new Protocol[] {new Echo(), new Discard()}) {
      Session session = open(protocol);
      assertThat(session.deadline()).isEqualTo(Session.NEVER);
      Step first = settle(session, 5);
      assertThat(session.deadline()).isEqualTo(5 + IDLE);
      feed(session, new byte[1], 1, 9);

      assertThat(first).isEqualTo(Step.INPUT);
      assertThat(session.deadline()).as(protocol.name()).isEqualTo(9 + IDLE);
      session.expire(9 + IDLE);
      assertThat(settle(session, 9 + IDLE)).isEqualTo(Step.LINGER);
    }
  }

  @Test
  void daytime_says_the_time_in_a_line_and_closes() {
    Session session = open(new Daytime());
    ByteBuffer ignored = ByteBuffer.wrap("hello".getBytes(US_ASCII));
    session.receive(ignored);

    assertThat(ignored.hasRemaining()).isFalse();
    assertThat(settle(session, 0)).isEqualTo(Step.LINGER);
    assertThat(sent.toString(US_ASCII)).isEqualTo("Friday, November 20, 2026 12:00:00-UTC\r\n");
  }

  @Test
  void chargen_shifts_72_printable_characters_by_one_each_line() {
    Session session = open(new Chargen());
    for (int i = 0; i < 2; i++) {
      if (session.next(0) instanceof Step.Write(ByteBuffer bytes)) {
        while (bytes.hasRemaining()) {
          sent.write(bytes.get());
        }
      }
    }
    String[] lines = sent.toString(US_ASCII).split("\r\n");

    assertThat(lines).hasSize(190).allSatisfy(line -> assertThat(line).hasSize(72));
    assertThat(lines[0]).startsWith(" !\"#");
    assertThat(lines[1]).startsWith("!\"#$").endsWith("h");
    assertThat(lines[95]).isEqualTo(lines[0]);
  }

  @Test
  void chargen_ends_with_its_peer_and_with_the_server() {
    Session left = open(new Chargen());
    left.receive(ByteBuffer.allocate(3));
    left.receiveEnd();
    assertThat(left.next(0)).isEqualTo(Step.LINGER);

    Session drained = open(new Chargen());
    drained.drain(1);
    assertThat(drained.next(0)).isEqualTo(Step.LINGER);
  }

  @Test
  void a_service_that_makes_no_calls_is_told_of_none() {
    for (Protocol protocol :
        new Protocol[] {new Echo(), new Discard(), new Daytime(), new Chargen()}) {
      Session session = open(protocol);
      assertThatThrownBy(() -> session.complete(1, new Outcome.Value(null)))
          .isInstanceOf(ProtocolException.class);
      session.lost(Cause.CUT);
      assertThat(protocol.name()).isEqualTo(protocol.name().toLowerCase(java.util.Locale.ROOT));
    }
  }
}
