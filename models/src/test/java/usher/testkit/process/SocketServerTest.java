package usher.testkit.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.net.DatagramSocket;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import usher.server.Address;
import usher.server.DatagramHandler;
import usher.server.Model;
import usher.server.Probe;
import usher.server.Server;
import usher.server.StreamHandler;
import usher.session.Peer;
import usher.testkit.Await;
import usher.testkit.Leaks;

/// What those rely on who know the servers of Python's `socketserver`, for the models that stand in
/// their place:
///
/// | there | here |
/// | --- | --- |
/// | `TCPServer`, `UnixStreamServer`, `UDPServer` | `iterative` |
/// | the same with `ThreadingMixIn` | `thread-per-connection` |
/// | the same with `ForkingMixIn` | `process-per-connection` |
///
/// Its servers of Unix datagrams have no like here: the JDK has no such sockets. What its own tests
/// pin, in our words: three clients in a row are answered and the server ends when it is told; it
/// may be ended at once after its start, and by a handler; a bind that fails leaves no socket; it
/// is closed at the end of a block; what a handler throws is told, and the server goes on; what a
/// handler writes arrives whole; a client who is not wanted is hung up on; threads and processes
/// that have served are gone.
final class SocketServerTest {
  private static final String FORKING = "spare(1,2)";
  private static final List<String> MODELS = List.of("iterative", "thread-per-connection", FORKING);
  private static final Duration LONG = Duration.ofSeconds(30);

  static Stream<List<String>> servers() {
    return MODELS.stream()
        .flatMap(model -> Stream.of("tcp:0", "udp:0", "unix").map(where -> List.of(model, where)));
  }

  @ParameterizedTest
  @MethodSource("servers")
  void three_clients_are_answered_and_the_server_ends_when_told(
      List<String> server, @TempDir Path folder) throws Exception {
    String where = server.get(1).equals("unix") ? "unix:" + folder.resolve("s") : server.get(1);
    try (Family family = new Family(server.getFirst(), where)) {
      for (int i = 0; i < 3; i++) {
        if (family.address() instanceof Address.Udp) {
          try (Sender sender = new Sender(family.address())) {
            assertThat(sender.ask("hello world")).isEqualTo("hello world");
          }
        } else {
          try (Guest guest = family.guest()) {
            assertThat(guest.ask("hello world")).isEqualTo("hello world");
          }
        }
      }
      family.tell("drain");
      family.awaitSaid("drained ");
      family.awaitChildren(0);
      assertThat(family.zombies()).isZero();
      if (server.get(1).equals("unix")) {
        assertThat(folder.resolve("s")).doesNotExist();
      }
    }
  }

  // ---- the life of a server

  private static Stream<Model> inProcess() {
    return Stream.of(new Model.Iterative(), new Model.ThreadPerConnection());
  }

  private static final StreamHandler LINE =
      (in, out, _) -> {
        for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
          out.write(next);
        }
        out.write('\n');
      };

  private static Server.Builder server(Model model) {
    return Server.builder().model(model).probe(Probe.NONE);
  }

  @ParameterizedTest
  @MethodSource("inProcess")
  void a_server_may_be_ended_at_once_after_its_start(Model model) throws Exception {
    // What the JVM opens at the first time, it keeps.
    startAndEnd(model);
    Leaks before = Leaks.now("usher-");
    for (int i = 0; i < 10; i++) {
      startAndEnd(model);
    }
    before.awaitNone(LONG);
  }

  private static void startAndEnd(Model model) throws Exception {
    Server streams = server(model).listen(Address.tcp(0), LINE.protocol("line")).start();
    Server datagrams = server(model).listen(Address.udp(0), in -> in.reply(in.bytes())).start();
    streams.close();
    datagrams.close();
    streams.await();
    datagrams.await();
  }

  @ParameterizedTest
  @MethodSource("inProcess")
  void a_handler_may_end_its_server(Model model) throws Exception {
    AtomicReference<@Nullable Server> server = new AtomicReference<>();
    CountDownLatch ready = new CountDownLatch(1);
    DatagramHandler handler =
        _ -> {
          ready.await();
          Server own = server.get();
          if (own != null) {
            own.close();
          }
        };
    for (boolean udp : new boolean[] {true, false}) {
      Server made =
          (udp
                  ? server(model).listen(Address.udp(0), handler)
                  : server(model)
                      .listen(
                          Address.tcp(0),
                          ((StreamHandler) (_, _, _) -> close(server)).protocol("end")))
              .build();
      server.set(made);
      made.start();
      ready.countDown();
      if (udp) {
        try (Sender sender = new Sender(made.addresses().getFirst())) {
          sender.send("end");
          made.await();
        }
      } else {
        try (Guest guest = new Guest(made.addresses().getFirst())) {
          assertThat(guest.answer()).isEqualTo("-");
          made.await();
        }
      }
    }
  }

  private static void close(AtomicReference<@Nullable Server> server) {
    Server own = server.get();
    if (own != null) {
      own.close();
    }
  }

  @Test
  void a_bind_that_fails_leaves_no_socket() throws Exception {
    startAndEnd(new Model.Iterative());
    Leaks before = Leaks.now("usher-");
    try (ServerSocket tcp = new ServerSocket(0);
        DatagramSocket udp = new DatagramSocket(0)) {
      for (int i = 0; i < 50; i++) {
        Server streams =
            server(new Model.Iterative())
                .listen(Address.tcp("*", tcp.getLocalPort()), LINE.protocol("line"))
                .build();
        assertThatThrownBy(streams::start).isInstanceOf(IOException.class);
        Server datagrams =
            server(new Model.Iterative())
                .listen(Address.udp("*", udp.getLocalPort()), in -> in.reply(in.bytes()))
                .build();
        assertThatThrownBy(datagrams::start).isInstanceOf(IOException.class);
      }
    }
    before.awaitNone(LONG);
  }

  @ParameterizedTest
  @MethodSource("inProcess")
  void a_server_is_closed_at_the_end_of_its_block(Model model) throws Exception {
    Address address;
    try (Server server = server(model).listen(Address.tcp(0), LINE.protocol("line")).start()) {
      address = server.addresses().getFirst();
      try (Guest guest = new Guest(address)) {
        assertThat(guest.ask("hello world")).isEqualTo("hello world");
      }
    }
    assertThatThrownBy(() -> new Guest(address).close()).isInstanceOf(IOException.class);
  }

  // ---- handlers

  @ParameterizedTest
  @ValueSource(strings = {"iterative", "thread-per-connection", FORKING})
  void what_a_handler_throws_is_told_and_the_server_goes_on(String model) throws Exception {
    try (Family family = new Family(model, "tcp:0")) {
      try (Guest guest = family.guest()) {
        assertThat(guest.ask("throw")).isEqualTo("-");
      }
      family.awaitSaid("failed ");
      try (Guest guest = family.guest()) {
        assertThat(guest.ask("hello world")).isEqualTo("hello world");
      }
    }
    try (Family family = new Family(model, "udp:0");
        Sender sender = new Sender(family.address())) {
      sender.send("throw");
      family.awaitSaid("failed ");
      assertThat(sender.ask("hello world")).isEqualTo("hello world");
    }
  }

  @ParameterizedTest
  @MethodSource("inProcess")
  void an_error_is_told_like_an_exception(Model model) throws Exception {
    List<Throwable> told = new ArrayList<>();
    Probe probe =
        new Probe() {
          @Override
          public void failed(Peer peer, Throwable thrown) {
            synchronized (told) {
              told.add(thrown);
            }
          }
        };
    StreamHandler failing =
        (_, _, _) -> {
          throw new StackOverflowError("made for this test");
        };
    try (Server server =
            server(model).probe(probe).listen(Address.tcp(0), failing.protocol("fail")).start();
        Guest guest = new Guest(server.addresses().getFirst());
        Guest other = new Guest(server.addresses().getFirst())) {
      assertThat(guest.answer()).isEqualTo("-");
      assertThat(other.answer()).isEqualTo("-");
      Await.until(
          "both are told",
          LONG,
          () -> {
            synchronized (told) {
              return told.size() == 2;
            }
          });
    }
  }

  @ParameterizedTest
  @MethodSource("inProcess")
  void what_a_handler_writes_arrives_whole(Model model) throws Exception {
    // Far more than the kernel's buffers hold, so that it goes in parts.
    String line = "x".repeat(8 << 20);
    StreamHandler writer =
        (_, out, _) -> {
          write(out, line);
          write(out, "\n");
        };
    try (Server server = server(model).listen(Address.tcp(0), writer.protocol("write")).start();
        Guest guest = new Guest(server.addresses().getFirst())) {
      assertThat(guest.answer().length()).isEqualTo(line.length());
      assertThat(guest.answer()).isEqualTo("-");
    }
  }

  private static void write(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.US_ASCII));
  }

  @ParameterizedTest
  @MethodSource("inProcess")
  void a_client_who_is_not_wanted_is_hung_up_on(Model model) throws Exception {
    StreamHandler choosy =
        (in, out, peer) -> {
          if (!peer.host().equals("192.0.2.1")) {
            return;
          }
          LINE.handle(in, out, peer);
        };
    try (Server server = server(model).listen(Address.tcp(0), choosy.protocol("choosy")).start();
        Guest guest = new Guest(server.addresses().getFirst())) {
      assertThat(guest.answer()).isEqualTo("-");
    }
  }

  @Test
  void threads_that_have_served_are_gone() throws Exception {
    try (Server server =
        server(new Model.ThreadPerConnection())
            .listen(Address.tcp(0), LINE.protocol("line"))
            .listen(Address.udp(0), in -> in.reply(in.bytes()))
            .start()) {
      for (int i = 0; i < 20; i++) {
        try (Guest guest = new Guest(server.addresses().getFirst());
            Sender sender = new Sender(server.addresses().getLast())) {
          assertThat(guest.ask("hello")).isEqualTo("hello");
          assertThat(sender.ask("hello")).isEqualTo("hello");
        }
      }
      Await.until(
          "no thread of a client is left",
          LONG,
          () ->
              Thread.getAllStackTraces().keySet().stream()
                  .noneMatch(thread -> thread.getName().startsWith("usher-connection-")));
    }
  }

  @Test
  void processes_that_have_served_are_gone() throws Exception {
    try (Family family = new Family(FORKING, "udp:0");
        Sender sender = new Sender(family.address())) {
      for (int i = 0; i < 3; i++) {
        Family.awaitGone(sender.process());
      }
      Await.until("no zombies", Family.LONG, () -> family.zombies() == 0);
      assertThat(family.children().size()).isBetween(1, 2);
    }
  }
}
