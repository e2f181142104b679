package usher.cli.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import usher.cli.console.Failure;
import usher.server.Address;
import usher.server.Server;
import usher.service.Echo;
import usher.service.datagram.DatagramServices;

/// What a person reads when an address cannot be had. The system's own message stands behind each,
/// so that the tests start a server that really fails, except where a test may not fail: as root.
final class BindTroubleTest {
  @TempDir Path folder;

  private static String trouble(Address address) {
    IOException thrown =
        catchThrowableOfType(
            IOException.class,
            () -> {
              try (Server server =
                  (address instanceof Address.Udp
                          ? Server.builder().listen(address, DatagramServices.echo())
                          : Server.builder().serve(new Echo()).listen(address))
                      .start()) {
                assertThat(server.addresses()).isEmpty();
              }
            });
    assertThat(thrown).as("starting at %s", address).isNotNull();
    Failure failure = BindTrouble.explain(List.of(Address.tcp(0), address), thrown);
    assertThat(failure.exitCode()).isEqualTo(Failure.FAILED);
    return failure.line();
  }

  @Test
  void taken_port_is_named_with_another_that_is_free() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = taken.getLocalPort();
      assertThat(trouble(Address.tcp(port)))
          .matches(
              "port "
                  + port
                  + " is taken on 127\\.0\\.0\\.1; choose another: --listen tcp:\\d+;"
                  + " tcp:0 takes any free one");
      assertThat(trouble(Address.tcp("localhost", port)))
          .startsWith(
              "port " + port + " is taken on localhost; choose another: --listen tcp:localhost:");
    }
  }

  @Test
  void taken_port_on_all_addresses_is_named() throws Exception {
    try (ServerSocket taken = new ServerSocket(0)) {
      assertThat(trouble(Address.tcp("*", taken.getLocalPort())))
          .startsWith(
              "port " + taken.getLocalPort() + " is taken; choose another: --listen tcp:*:");
    }
  }

  @Test
  void taken_udp_port_is_named_with_another_that_is_free() throws Exception {
    try (DatagramSocket taken = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      int port = taken.getLocalPort();
      assertThat(trouble(Address.udp(port)))
          .matches(
              "port "
                  + port
                  + " is taken on 127\\.0\\.0\\.1; choose another: --listen udp:\\d+;"
                  + " udp:0 takes any free one");
    }
  }

  @Test
  void hosts_and_interfaces_of_udp_addresses_are_named() {
    assertThat(trouble(Address.udp("nowhere.invalid", 69)))
        .isEqualTo(
            "udp:nowhere.invalid:69: there is no host nowhere.invalid; check the name or write its"
                + " number");
    assertThat(trouble(Address.udp("192.0.2.1", 8080)))
        .isEqualTo(
            "udp:192.0.2.1:8080: this machine has no address 192.0.2.1; udp:*:8080 serves on all"
                + " that it has");
    assertThat(trouble(Address.udp("239.255.7.7%nowhere0", 8080)))
        .isEqualTo("udp:239.255.7.7%nowhere0:8080: there is no network interface nowhere0");
  }

  @Test
  void port_that_is_reserved_is_told_from_one_that_is_taken() {
    Address reserved = Address.tcp(1);
    IOException denied = new IOException("tcp:127.0.0.1:1: Permission denied");
    assertThat(BindTrouble.explain(List.of(reserved), denied).line())
        .isEqualTo(
            "port 1 may not be opened by this user (Permission denied); choose one from 1024 on:"
                + " --listen tcp:8001");
  }

  @Test
  void unknown_host_is_named() {
    assertThat(trouble(Address.tcp("nowhere.invalid", 8080)))
        .isEqualTo(
            "tcp:nowhere.invalid:8080: there is no host nowhere.invalid; check the name or write"
                + " its number");
  }

  @Test
  void address_of_another_machine_is_named() {
    // RFC 5737 keeps it for documents: no machine has it.
    assertThat(trouble(Address.tcp("192.0.2.1", 8080)))
        .isEqualTo(
            "tcp:192.0.2.1:8080: this machine has no address 192.0.2.1; tcp:*:8080 serves on all"
                + " that it has");
  }

  @Test
  void unix_socket_in_no_folder_names_the_folder() {
    Path absent = folder.resolve("absent");
    assertThat(trouble(Address.unix(absent.resolve("s"))))
        .isEqualTo(
            "unix:%s/s: there is no folder %s; make it, or choose another path"
                .formatted(absent, absent));
  }

  @Test
  void file_in_the_way_of_a_unix_socket_stays() throws Exception {
    Path file = Files.writeString(folder.resolve("precious"), "words");
    assertThat(trouble(Address.unix(file)))
        .isEqualTo("unix:" + file + ": a file that is no socket is there; choose another path");
    assertThat(file).hasContent("words");
  }

  @Test
  void live_unix_socket_stays() throws Exception {
    Path path = folder.resolve("live");
    Address address = Address.unix(path);
    try (Server live = Server.builder().serve(new Echo()).listen(address).build().start()) {
      assertThat(trouble(address))
          .isEqualTo(
              "unix:%s: another server answers there; stop it, or choose another path"
                  .formatted(path));
      assertThat(live.addresses()).containsExactly(address);
    }
  }

  @Test
  void unix_path_has_at_most_106_bytes() throws Exception {
    Path most = folder.resolve("x".repeat(106 - folder.toString().length() - 1));
    try (Server fits = Server.builder().serve(new Echo()).listen(Address.unix(most)).start()) {
      assertThat(fits.addresses()).containsExactly(Address.unix(most));
    }
    Path more = folder.resolve("x".repeat(107 - folder.toString().length() - 1));
    assertThat(trouble(Address.unix(more)))
        .isEqualTo(
            "unix:%s: the path has 107 bytes, a Unix socket's may have 106; choose a shorter one"
                .formatted(more));
  }

  @Test
  void trouble_without_an_address_keeps_its_message() {
    assertThat(
            BindTrouble.explain(List.of(Address.tcp(1)), new IOException("Too many open files"))
                .line())
        .isEqualTo("cannot start: Too many open files");
  }
}
