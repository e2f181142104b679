package usher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.io.OutputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class EchoCommandTest {
  private static final byte[] IPV6_LOOPBACK = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};

  @TempDir Path folder;

  /// What the service answers to a line, and its end.
  private static String talk(InetSocketAddress address, String line) throws Exception {
    try (Socket socket = new Socket(address.getAddress(), address.getPort())) {
      OutputStream out = socket.getOutputStream();
      out.write(line.getBytes(StandardCharsets.US_ASCII));
      socket.shutdownOutput();
      InputStream in = socket.getInputStream();
      return new String(in.readAllBytes(), StandardCharsets.US_ASCII);
    }
  }

  private static InetSocketAddress loopback(String port) {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(port));
  }

  @Test
  void echo_says_where_it_serves_and_ends_on_a_signal() throws Exception {
    try (Child echo = Child.start("echo", "--listen", "tcp:0")) {
      InetSocketAddress address = loopback(echo.err("  tcp:127.0.0.1:"));
      assertThat(echo.err("  model    ")).isEqualTo("virtual-threads");
      assertThat(echo.err("  limits   ")).endsWith(" clients");
      assertThat(echo.err("  timeouts ")).isEqualTo("idle 60 s, write stall 30 s");
      assertThat(talk(address, "hello\n")).isEqualTo("hello\n");
      echo.signal("TERM");
      assertThat(echo.exitCode()).isZero();
      assertThat(echo.restOfErr())
          .containsExactly("  stop     Ctrl-C, clients may finish within 10 s", "usher: stopping");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"INT", "HUP"})
  void other_signals_end_it_as_well(String signal) throws Exception {
    try (Child echo = Child.start("echo", "--listen", "tcp:0")) {
      echo.err("  stop ");
      echo.signal(signal);
      assertThat(echo.exitCode()).isZero();
    }
  }

  @Test
  void start_line_shows_what_was_asked_for() throws Exception {
    try (Child echo =
        Child.start(
            "echo",
            "--listen=tcp:0",
            "--model=event-loop-workers",
            "--threads=3",
            "--max-connections=50",
            "--queue=7",
            "--idle-timeout=2m",
            "--write-timeout=500ms",
            "--drain=0")) {
      assertThat(echo.err("  model    ")).isEqualTo("event-loop-workers (3 threads)");
      assertThat(echo.err("  limits   ")).isEqualTo("50 clients, 7 waiting");
      assertThat(echo.err("  timeouts ")).isEqualTo("idle 2 min, write stall 500 ms");
      assertThat(echo.err("  stop     ")).isEqualTo("Ctrl-C, clients may finish within 0 s");
    }
  }

  @Test
  void daytime_answers_on_ipv6() throws Exception {
    try (Child day = Child.start("echo", "--service", "daytime", "--listen", "tcp:[::1]:0")) {
      String port = day.err("  tcp:[::1]:");
      InetSocketAddress address =
          new InetSocketAddress(InetAddress.getByAddress(IPV6_LOOPBACK), Integer.parseInt(port));
      assertThat(talk(address, "")).matches("\\w+day, \\w+ \\d+, \\d{4} [\\d:]+-UTC\r\n");
    }
  }

  private static String call(int port, String text) throws Exception {
    try (DatagramSocket socket = new DatagramSocket()) {
      socket.setSoTimeout(60_000);
      socket.connect(InetAddress.getLoopbackAddress(), port);
      byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
      socket.send(new DatagramPacket(bytes, bytes.length));
      DatagramPacket answer = new DatagramPacket(new byte[1_000], 1_000);
      socket.receive(answer);
      return new String(answer.getData(), 0, answer.getLength(), StandardCharsets.US_ASCII);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "echo, hello, hello",
    "daytime, hello, '\\w+day, \\w+ \\d+, \\d{4} [\\d:]+-UTC\\r\\n'",
    "chargen, hello, '( !\"#)?(?s).{0,512}'",
  })
  void datagrams_are_answered_beside_streams(String service, String text, String answer)
      throws Exception {
    try (Child echo =
        Child.start(
            "echo",
            "--service",
            service,
            "--listen",
            "tcp:0",
            "--listen",
            "udp:0",
            "-m=event-loop")) {
      InetSocketAddress tcp = loopback(echo.err("  tcp:127.0.0.1:"));
      int udp = Integer.parseInt(echo.err("  udp:127.0.0.1:"));
      assertThat(call(udp, text)).matches(answer);
      assertThat(service.equals("chargen") ? "" : talk(tcp, text)).matches("(?s)(" + answer + ")?");
      echo.signal("TERM");
      assertThat(echo.exitCode()).isZero();
    }
  }

  @Test
  void discarded_datagrams_get_no_answer_and_harm_nobody() throws Exception {
    try (Child echo =
        Child.start(
            "echo", "-s", "discard", "-l", "udp:0", "-l", "udp:[::1]:0", "-m", "iterative")) {
      int port = Integer.parseInt(echo.err("  udp:127.0.0.1:"));
      try (DatagramSocket socket = new DatagramSocket()) {
        socket.connect(InetAddress.getLoopbackAddress(), port);
        for (int i = 0; i < 10; i++) {
          socket.send(new DatagramPacket(new byte[i], i));
        }
      }
      echo.signal("TERM");
      assertThat(echo.exitCode()).isZero();
    }
  }

  @Test
  void taken_udp_port_ends_it_with_one_line() throws Exception {
    try (DatagramSocket taken = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      Run run = Run.of("echo", "--listen", "udp:" + taken.getLocalPort());
      assertThat(run.code()).isEqualTo(1);
      assertThat(run.err())
          .matches(
              "usher: port "
                  + taken.getLocalPort()
                  + " is taken on 127\\.0\\.0\\.1; choose another: --listen udp:\\d+; udp:0 takes any"
                  + " free one\n");
    }
  }

  @Test
  void unix_socket_is_served_and_taken_away_at_the_end() throws Exception {
    Path path = folder.resolve("echo.sock");
    try (Child echo =
        Child.start(
            "echo", "--listen", "unix:" + path, "--listen", "tcp:0", "--model", "event-loop")) {
      assertThat(echo.err("  unix:")).isEqualTo(path.toString());
      InetSocketAddress tcp = loopback(echo.err("  tcp:127.0.0.1:"));
      assertThat(talk(tcp, "both")).isEqualTo("both");
      try (SocketChannel client = SocketChannel.open(StandardProtocolFamily.UNIX)) {
        client.connect(UnixDomainSocketAddress.of(path));
        client.write(ByteBuffer.wrap("hello".getBytes(StandardCharsets.US_ASCII)));
        ByteBuffer heard = ByteBuffer.allocate(5);
        while (heard.hasRemaining()) {
          assertThat(client.read(heard)).isPositive();
        }
        assertThat(new String(heard.array(), StandardCharsets.US_ASCII)).isEqualTo("hello");
      }
      echo.signal("INT");
      assertThat(echo.exitCode()).isZero();
      assertThat(Files.exists(path)).isFalse();
    }
  }

  @Test
  void quiet_says_nothing() throws Exception {
    Path path = folder.resolve("quiet.sock");
    try (Child echo = Child.start("echo", "--quiet", "--listen", "unix:" + path)) {
      while (!Files.exists(path)) {
        Thread.onSpinWait();
      }
      echo.signal("TERM");
      assertThat(echo.restOfErr()).isEmpty();
    }
  }

  @Test
  void taken_port_ends_it_with_one_line() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Run run = Run.of("echo", "--listen", "tcp:" + taken.getLocalPort());
      assertThat(run.code()).isEqualTo(1);
      assertThat(run.out()).isEmpty();
      assertThat(run.err())
          .hasLineCount(1)
          .startsWith("usher: port " + taken.getLocalPort() + " is taken on 127.0.0.1; ");
    }
  }

  @Test
  void more_clients_than_descriptors_are_cut_down_with_a_warning() throws Exception {
    try (Child echo = Child.start("echo", "--listen=tcp:0", "--max-connections=2147483647")) {
      String warning =
          echo.err("usher: --max-connections 2147483647 needs 2,147,483,775 descriptors");
      String most = warning.replaceAll(".*: serving ([\\d,]+) clients at most; .*", "$1");
      assertThat(most).matches("[\\d,]+");
      assertThat(echo.err("  limits   ")).isEqualTo(most + " clients");
    }
  }
}
