package usher.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AddressTest {
  @ParameterizedTest
  @CsvSource({
    "8080, 127.0.0.1, 8080",
    "tcp:8080, 127.0.0.1, 8080",
    "tcp:0, 127.0.0.1, 0",
    "tcp:65535, 127.0.0.1, 65535",
    "localhost:80, localhost, 80",
    "tcp:192.0.2.7:443, 192.0.2.7, 443",
    "tcp:*:8080, *, 8080",
    "tcp:[::1]:8080, ::1, 8080",
    "[2001:db8::1]:1, 2001:db8::1, 1",
  })
  void reads_what_a_person_writes(String text, String host, int port) {
    assertThat(Address.parse(text)).isEqualTo(Address.tcp(host, port));
  }

  @ParameterizedTest
  @CsvSource({
    "udp:69, 127.0.0.1, 69",
    "udp:0, 127.0.0.1, 0",
    "udp:localhost:7, localhost, 7",
    "udp:*:7, *, 7",
    "udp:[::1]:7, ::1, 7",
    "udp:239.1.2.3:5000, 239.1.2.3, 5000",
    "udp:239.1.2.3%eth0:5000, 239.1.2.3%eth0, 5000",
    "udp:[ff02::114%eth0]:5000, ff02::114%eth0, 5000",
  })
  void reads_where_datagrams_come_in(String text, String host, int port) {
    assertThat(Address.parse(text)).isEqualTo(Address.udp(host, port));
  }

  @Test
  void an_interface_stands_behind_the_group() throws Exception {
    Address.Udp group = new Address.Udp("239.1.2.3%eth7", 5000);

    assertThat(group.networkInterface()).hasValue("eth7");
    assertThat(group.socketAddress().getAddress().getHostAddress()).isEqualTo("239.1.2.3");
    assertThat(new Address.Udp("239.1.2.3", 5000).networkInterface()).isEmpty();
  }

  @Test
  void reads_the_path_of_a_unix_socket() {
    assertThat(Address.parse("unix:/run/x.sock")).isEqualTo(Address.unix(Path.of("/run/x.sock")));
    assertThat(Address.parse("unix:a:b")).isEqualTo(Address.unix(Path.of("a:b")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "tcp:127.0.0.1:8080",
        "tcp:[::1]:8080",
        "tcp:*:0",
        "tcp:example.org:65535",
        "unix:/run/x.sock",
        "udp:127.0.0.1:69",
        "udp:[::1]:69",
        "udp:*:0",
        "udp:239.1.2.3%eth0:5000",
        "udp:[ff02::114%eth0]:5000",
      })
  void text_and_back(String text) {
    assertThat(Address.parse(text)).hasToString(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "tcp:",
        "tcp:host:",
        ":8080",
        "tcp::8080",
        "tcp:65536",
        "tcp:99999",
        "tcp:123456",
        "tcp:-1",
        "tcp:+80",
        "tcp:8o8o",
        "tcp:٨٠٨٠",
        "tcp:::1:8080",
        "tcp:a:b:80",
        "tcp:[::1]",
        "tcp:[::1:8080",
        "tcp:host:80:",
        "udp:",
        "udp::69",
        "udp:65536",
        "udp:::1:69",
        "udp:host:",
        "udp:[::1]",
        "unix:",
        "unix:a\0b",
      })
  void says_what_is_wrong(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Address.parse(text))
        .withMessageMatching("(?s).{10,}");
  }

  @Test
  void a_star_means_all_addresses() throws Exception {
    InetSocketAddress all = new Address.Tcp("*", 80).socketAddress();

    assertThat(all.getAddress().isAnyLocalAddress()).isTrue();
    assertThat(all.getPort()).isEqualTo(80);
  }

  @Test
  void a_port_alone_is_not_reachable_from_outside() throws Exception {
    assertThat(new Address.Tcp("127.0.0.1", 80).socketAddress().getAddress().isLoopbackAddress())
        .isTrue();
    assertThat(Address.tcp(80)).isEqualTo(Address.tcp("127.0.0.1", 80));
  }

  @Test
  void host_and_port_as_in_a_url() throws Exception {
    assertThat(Address.hostAndPort(new InetSocketAddress(InetAddress.ofLiteral("192.0.2.7"), 80)))
        .isEqualTo("192.0.2.7:80");
    assertThat(Address.hostAndPort(new InetSocketAddress(InetAddress.ofLiteral("2001:db8::1"), 80)))
        .isEqualTo("[2001:db8:0:0:0:0:0:1]:80");
    assertThat(Address.hostAndPort(InetSocketAddress.createUnresolved("example.org", 80)))
        .isEqualTo("example.org:80");
  }
}
