package usher.server.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.MulticastSocket;
import java.net.NetworkInterface;
import java.net.StandardSocketOptions;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import usher.server.Address;
import usher.server.DatagramHandler;
import usher.server.Model;
import usher.server.Server;

final class DatagramSocketsTest {
  private static final int PATIENCE = 20_000;

  private static DatagramSockets bind(Address address, int count) throws IOException {
    return (DatagramSockets) Bound.bind(address, 1, count, false);
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "::1", "*"})
  void several_sockets_share_one_port(String host) throws Exception {
    DatagramSockets sockets = bind(Address.udp(host, 0), 3);
    try {
      assertThat(sockets.channels()).hasSize(3);
      List<Integer> ports =
          sockets.channels().stream().map(it -> it.socket().getLocalPort()).distinct().toList();
      assertThat(ports).hasSize(1);
      assertThat(sockets.address()).isEqualTo(Address.udp(host, ports.getFirst()));
    } finally {
      sockets.close();
    }
    assertThat(sockets.channels()).noneMatch(it -> it.isOpen());
  }

  @Test
  void a_port_that_another_server_shares_with_itself_is_refused() throws Exception {
    DatagramSockets first = bind(Address.udp(0), 2);
    try {
      assertThatThrownBy(() -> bind(first.address(), 2))
          .isInstanceOf(IOException.class)
          .hasMessageStartingWith(first.address() + ": ");
      assertThatThrownBy(() -> bind(first.address(), 1)).isInstanceOf(IOException.class);
    } finally {
      first.close();
    }
  }

  @Test
  void all_addresses_are_those_of_ipv4_and_ipv6() throws Exception {
    try (Server server = echo(new Model.EventLoops(2), Address.udp("*", 0))) {
      int port = ((Address.Udp) server.addresses().getFirst()).port();
      for (String host : List.of("127.0.0.1", "::1")) {
        try (DatagramSocket client = new DatagramSocket()) {
          client.setSoTimeout(PATIENCE);
          assertThat(ask(client, new InetSocketAddress(InetAddress.ofLiteral(host), port)))
              .isEqualTo("hello");
        }
      }
    }
  }

  @Test
  void a_group_is_joined_and_its_datagrams_answered() throws Exception {
    String group = "239.255.7.7";
    NetworkInterface loopback = NetworkInterface.getByInetAddress(InetAddress.getLoopbackAddress());
    Address address = Address.udp(group + "%" + loopback.getName(), 0);
    // With one socket, however many loops there are: each of several would hear it.
    try (Server server = echo(new Model.EventLoops(2), address);
        MulticastSocket client = new MulticastSocket()) {
      int port = ((Address.Udp) server.addresses().getFirst()).port();
      client.setSoTimeout(PATIENCE);
      client.setOption(StandardSocketOptions.IP_MULTICAST_IF, loopback);
      for (int i = 0; i < 3; i++) {
        assertThat(ask(client, new InetSocketAddress(InetAddress.ofLiteral(group), port)))
            .isEqualTo("hello");
      }
    }
  }

  // A machine need not have a way to send to a group of IPv6: joining is all that is seen here.
  @ParameterizedTest
  @ValueSource(strings = {"239.255.7.7", "ff01::7007"})
  void a_group_has_one_socket(String group) throws Exception {
    String loopback = NetworkInterface.getByInetAddress(InetAddress.getLoopbackAddress()).getName();
    DatagramSockets sockets = bind(Address.udp(group + "%" + loopback, 0), 3);
    try {
      assertThat(sockets.channels()).hasSize(1);
    } finally {
      sockets.close();
    }
  }

  @Test
  void what_is_wrong_with_an_interface_is_said() {
    assertThatThrownBy(() -> bind(Address.udp("239.255.7.7%nowhere0", 0), 1))
        .isInstanceOf(IOException.class)
        .hasMessage("udp:239.255.7.7%nowhere0:0: there is no network interface nowhere0");
    assertThatThrownBy(() -> bind(Address.udp("127.0.0.1%lo", 0), 1))
        .isInstanceOf(IOException.class)
        .hasMessage("udp:127.0.0.1%lo:0: an interface is chosen for a multicast group only");
  }

  private static Server echo(Model model, Address address) throws IOException {
    return Server.builder()
        .model(model)
        .listen(address, DatagramHandler.inline(in -> in.reply(in.bytes())))
        .start();
  }

  private static String ask(DatagramSocket client, InetSocketAddress server) throws IOException {
    byte[] hello = "hello".getBytes(StandardCharsets.US_ASCII);
    client.send(new DatagramPacket(hello, hello.length, server));
    DatagramPacket answer = new DatagramPacket(new byte[100], 100);
    client.receive(answer);
    return new String(
        Arrays.copyOf(answer.getData(), answer.getLength()), StandardCharsets.US_ASCII);
  }
}
