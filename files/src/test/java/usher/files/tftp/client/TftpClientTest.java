package usher.files.tftp.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import usher.files.LibraryException;
import usher.files.client.Cancelled;
import usher.files.client.Progress;
import usher.files.disk.FolderLibrary;
import usher.files.disk.FolderRules;
import usher.files.tftp.TftpProtocol;
import usher.files.tftp.TftpRules;
import usher.files.tftp.wire.Mode;
import usher.files.tftp.wire.Packet;
import usher.files.tftp.wire.TftpException;
import usher.server.Address;
import usher.server.Model;
import usher.server.Server;
import usher.testkit.Gen;

/// The client over real sockets: against our server, and against servers that behave badly.
@Timeout(60)
final class TftpClientTest {
  @TempDir Path there;
  @TempDir Path here;
  private Server server;
  private InetSocketAddress address;

  @BeforeEach
  void start() throws IOException {
    FolderLibrary library =
        FolderLibrary.open(
            there, FolderRules.USUAL.withWriting().withSizes(1 << 30, Long.MAX_VALUE, 0));
    server =
        Server.builder()
            .listen(Address.udp("127.0.0.1", 0))
            .serve(TftpProtocol.of(library, TftpRules.USUAL.withBlocks(65_464, 64, 1 << 20)))
            .model(new Model.EventLoopWorkers(2))
            .start();
    address = ((Address.Udp) server.addresses().getFirst()).socketAddress();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private TftpClient client() {
    return new TftpClient(address, TftpWishes.USUAL);
  }

  private List<String> filesHere() throws IOException {
    try (Stream<Path> all = Files.list(here)) {
      return all.map(path -> path.getFileName().toString()).sorted().toList();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "octet, 0, 512, 1",
    "octet, 300000, 512, 1",
    "octet, 1000000, 1428, 8",
    "octet, 1000000, 65464, 4",
    "octet, 1428, 1428, 1",
    "netascii, 100000, 1000, 2"
  })
  void a_file_goes_there_and_back(String mode, int size, int block, int window) throws Exception {
    byte[] file = new Gen(size).bytes(size, size);
    Files.write(here.resolve("mine"), file);
    var client = new TftpClient(address, new TftpWishes(Mode.of(mode), block, window, 1));

    client.put(here.resolve("mine"), "f", Progress.NONE);
    assertThat(there.resolve("f")).hasBinaryContent(file);
    client.get("f", here.resolve("back"), Progress.NONE);
    assertThat(here.resolve("back")).hasBinaryContent(file);
    assertThat(filesHere()).containsExactly("back", "mine");
  }

  @Test
  void progress_is_told_and_may_end_it() throws IOException {
    Files.write(there.resolve("f"), new byte[500_000]);
    assertThatThrownBy(
            () ->
                client()
                    .get(
                        "f",
                        here.resolve("f"),
                        (done, total) -> done < 100_000 || total != 500_000))
        .isInstanceOf(Cancelled.class);
    assertThat(filesHere()).isEmpty();
  }

  @Test
  void what_a_server_refuses_is_said_in_its_words() throws IOException {
    assertThatThrownBy(() -> client().get("none", here.resolve("f"), Progress.NONE))
        .isInstanceOfSatisfying(
            LibraryException.class,
            refusal -> {
              assertThat(refusal.code()).isEqualTo(LibraryException.Code.NOT_FOUND);
              assertThat(refusal).hasMessageContaining("none");
            });
    assertThat(filesHere()).isEmpty();
    Files.write(there.resolve("f"), new byte[5]);
    Files.write(here.resolve("f"), new byte[5]);
    assertThatThrownBy(() -> client().put(here.resolve("f"), "f", Progress.NONE))
        .isInstanceOfSatisfying(
            LibraryException.class,
            refusal -> assertThat(refusal.code()).isEqualTo(LibraryException.Code.EXISTS));
  }

  @Test
  void a_name_that_fits_into_no_request_is_refused_here() {
    assertThatThrownBy(() -> client().get("n".repeat(500), here.resolve("f"), Progress.NONE))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("does not fit");
    assertThatThrownBy(() -> client().get("", here.resolve("f"), Progress.NONE))
        .isInstanceOf(IOException.class);
  }

  /// A server of one client, that says what a test has it say.
  private static final class Actor implements AutoCloseable {
    private final DatagramSocket door = new DatagramSocket(0, InetAddress.ofLiteral("127.0.0.1"));
    private final DatagramSocket own = new DatagramSocket(0, InetAddress.ofLiteral("127.0.0.1"));

    Actor() throws IOException {}

    InetSocketAddress address() {
      return (InetSocketAddress) door.getLocalSocketAddress();
    }

    private static DatagramPacket receive(DatagramSocket socket) throws IOException {
      DatagramPacket came = new DatagramPacket(new byte[70_000], 70_000);
      socket.setSoTimeout(20_000);
      socket.receive(came);
      return came;
    }

    private static Packet read(DatagramPacket came) throws TftpException {
      return Packet.of(ByteBuffer.wrap(came.getData(), 0, came.getLength()));
    }

    private static void send(DatagramSocket from, Packet packet, DatagramPacket to)
        throws IOException {
      byte[] bytes = packet.datagram().array();
      from.send(new DatagramPacket(bytes, bytes.length, to.getSocketAddress()));
    }

    @Override
    public void close() {
      door.close();
      own.close();
    }
  }

  private static final byte[] HELLO = "hello".getBytes(StandardCharsets.US_ASCII);

  @Test
  void a_server_that_knows_no_options_is_talked_to_without() throws Exception {
    try (Actor actor = new Actor()) {
      CompletableFuture<Void> done = get(actor);
      DatagramPacket request = Actor.receive(actor.door);
      Actor.send(actor.own, new Packet.Data(1, HELLO), request);
      assertThat(Actor.read(Actor.receive(actor.own))).isEqualTo(new Packet.Ack(1));
      done.get(20, TimeUnit.SECONDS);
      assertThat(here.resolve("f")).hasBinaryContent(HELLO);
    }
  }

  @Test
  void a_server_that_refuses_options_is_asked_again_without() throws Exception {
    try (Actor actor = new Actor()) {
      CompletableFuture<Void> done = get(actor);
      Actor.send(actor.own, new Packet.Fault(8, "none"), Actor.receive(actor.door));
      DatagramPacket request = Actor.receive(actor.door);
      assertThat(Actor.read(request)).isEqualTo(new Packet.Request(false, "f", "octet", Map.of()));
      Actor.send(actor.own, new Packet.Data(1, HELLO), request);
      done.get(20, TimeUnit.SECONDS);
      assertThat(here.resolve("f")).hasBinaryContent(HELLO);
    }
  }

  @Test
  void options_that_nobody_asked_for_are_refused() throws Exception {
    try (Actor actor = new Actor()) {
      CompletableFuture<Void> done = get(actor);
      DatagramPacket request = Actor.receive(actor.door);
      Actor.send(actor.own, new Packet.OptionAck(Map.of("blksize", "1429")), request);
      Packet refusal = Actor.read(Actor.receive(actor.own));
      assertThat(refusal)
          .isInstanceOfSatisfying(
              Packet.Fault.class, fault -> assertThat(fault.code()).isEqualTo(8));
      assertThatThrownBy(() -> done.get(20, TimeUnit.SECONDS))
          .hasRootCauseInstanceOf(IOException.class);
    }
  }

  @Test
  void a_stranger_is_told_so_and_changes_nothing() throws Exception {
    try (Actor actor = new Actor();
        Actor stranger = new Actor()) {
      CompletableFuture<Void> done = get(actor);
      DatagramPacket request = Actor.receive(actor.door);
      Actor.send(actor.own, new Packet.OptionAck(Map.of("tsize", "5")), request);
      assertThat(Actor.read(Actor.receive(actor.own))).isEqualTo(new Packet.Ack(0));
      Actor.send(stranger.own, new Packet.Data(1, new byte[3]), request);
      assertThat(Actor.read(Actor.receive(stranger.own)))
          .isInstanceOfSatisfying(
              Packet.Fault.class, fault -> assertThat(fault.code()).isEqualTo(5));
      Actor.send(actor.own, new Packet.Data(1, HELLO), request);
      assertThat(Actor.read(Actor.receive(actor.own))).isEqualTo(new Packet.Ack(1));
      done.get(20, TimeUnit.SECONDS);
      assertThat(here.resolve("f")).hasBinaryContent(HELLO);
    }
  }

  @Test
  void a_file_that_is_not_as_long_as_was_said_is_not_kept() throws Exception {
    try (Actor actor = new Actor()) {
      CompletableFuture<Void> done = get(actor);
      DatagramPacket request = Actor.receive(actor.door);
      Actor.send(actor.own, new Packet.OptionAck(Map.of("tsize", "6")), request);
      assertThat(Actor.read(Actor.receive(actor.own))).isEqualTo(new Packet.Ack(0));
      Actor.send(actor.own, new Packet.Data(1, HELLO), request);
      assertThat(Actor.read(Actor.receive(actor.own))).isInstanceOf(Packet.Fault.class);
      assertThatThrownBy(() -> done.get(20, TimeUnit.SECONDS))
          .hasRootCauseMessage("the server sent 5 of the 6 bytes that it had announced");
      assertThat(filesHere()).isEmpty();
    }
  }

  private CompletableFuture<Void> get(Actor actor) {
    var client = new TftpClient(actor.address(), new TftpWishes(Mode.OCTET, 1428, 1, 1));
    return CompletableFuture.runAsync(
        () -> {
          try {
            client.get("f", here.resolve("f"), Progress.NONE);
          } catch (IOException thrown) {
            throw new UncheckedIOException(thrown);
          }
        });
  }
}
