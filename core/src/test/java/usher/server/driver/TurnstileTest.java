package usher.server.driver;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import usher.server.Admission;
import usher.server.Probe.Refusal;

final class TurnstileTest {
  private static final long SECOND = 1_000_000_000;

  private static SocketAddress from(String number, int port) throws UnknownHostException {
    return new InetSocketAddress(InetAddress.getByName(number), port);
  }

  @Test
  void lets_in_as_many_of_one_address_as_may_be_and_another_when_one_has_left() throws Exception {
    Turnstile turnstile = new Turnstile(Admission.DEFAULT.withPerAddress(2));

    assertThat(turnstile.admit(from("192.0.2.7", 1), 0)).isNull();
    assertThat(turnstile.admit(from("192.0.2.7", 2), 0)).isNull();
    assertThat(turnstile.admit(from("192.0.2.7", 3), 0)).isEqualTo(Refusal.ADDRESS);
    assertThat(turnstile.admit(from("192.0.2.8", 3), 0)).isNull();
    turnstile.left(from("192.0.2.7", 1));
    assertThat(turnstile.admit(from("192.0.2.7", 3), 0)).isNull();
    assertThat(turnstile.admit(from("192.0.2.7", 4), 0)).isEqualTo(Refusal.ADDRESS);
  }

  @Test
  void remembers_nobody_who_has_left() throws Exception {
    Turnstile turnstile = new Turnstile(Admission.DEFAULT.withPerAddress(2));
    for (int i = 0; i < 100; i++) {
      assertThat(turnstile.admit(from("192.0.2." + i, 1), 0)).isNull();
    }
    assertThat(turnstile.clients()).isEqualTo(100);
    for (int i = 0; i < 100; i++) {
      turnstile.left(from("192.0.2." + i, 1));
    }
    assertThat(turnstile.clients()).isZero();
  }

  @Test
  void takes_the_first_half_of_an_ipv6_address_for_one_client() throws Exception {
    Turnstile turnstile = new Turnstile(Admission.DEFAULT.withPerAddress(1));

    assertThat(turnstile.admit(from("2001:db8:0:1::1", 1), 0)).isNull();
    assertThat(turnstile.admit(from("2001:db8:0:1:ffff::2", 1), 0)).isEqualTo(Refusal.ADDRESS);
    assertThat(turnstile.admit(from("2001:db8:0:2::1", 1), 0)).isNull();
  }

  @Test
  void a_unix_socket_has_no_address_to_be_limited() {
    Turnstile turnstile = new Turnstile(Admission.DEFAULT.withPerAddress(1));
    SocketAddress unix = UnixDomainSocketAddress.of("");
    for (int i = 0; i < 10; i++) {
      assertThat(turnstile.admit(unix, 0)).isNull();
    }
    turnstile.left(unix);
    assertThat(turnstile.admit(null, 0)).isNull();
  }

  @Test
  void who_comes_too_fast_is_turned_away_and_counts_for_nothing() throws Exception {
    Turnstile turnstile = new Turnstile(Admission.DEFAULT.withAcceptRate(2).withPerAddress(3));

    assertThat(turnstile.admit(from("192.0.2.1", 1), 0)).isNull();
    assertThat(turnstile.admit(from("192.0.2.1", 2), 0)).isNull();
    assertThat(turnstile.admit(from("192.0.2.1", 3), 0)).isEqualTo(Refusal.RATE);
    assertThat(turnstile.admit(from("192.0.2.1", 3), SECOND / 2)).isNull();
    assertThat(turnstile.admit(from("192.0.2.1", 4), SECOND * 9)).isEqualTo(Refusal.ADDRESS);
  }
}
