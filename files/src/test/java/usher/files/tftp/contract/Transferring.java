package usher.files.tftp.contract;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import usher.files.client.Progress;
import usher.files.disk.FolderLibrary;
import usher.files.disk.FolderRules;
import usher.files.tftp.TftpProtocol;
import usher.files.tftp.TftpRules;
import usher.files.tftp.client.TftpClient;
import usher.files.tftp.client.TftpWishes;
import usher.files.tftp.wire.Mode;
import usher.files.tftp.wire.Packet;
import usher.files.tftp.wire.TftpException;
import usher.server.Address;
import usher.server.Server;
import usher.testkit.Gen;
import usher.testkit.contract.Behaviour;
import usher.testkit.contract.Expect;
import usher.testkit.contract.Talker;
import usher.testkit.contract.Trial;

/// Transfers over real sockets, under each model.
final class Transferring {
  private static final Duration SOON = Duration.ofMillis(50);

  private Transferring() {}

  static List<Behaviour> all() {
    return List.of(
        Behaviour.of("a file is read, packet by packet", Transferring::packets),
        Behaviour.of("a block that is lost is sent again", Transferring::lost),
        Behaviour.of("a file goes there and back in windows", Transferring::windows),
        Behaviour.of("many files go both ways at once", Transferring::crowd),
        Behaviour.of("what is refused is said, and is the end of it", Transferring::refuses),
        Behaviour.of("a client that falls silent is forgotten", Transferring::silent),
        Behaviour.of("a drain lets a transfer end", Transferring::drains));
  }

  /// A folder with a library in it, which is gone after the trial.
  private static final class Shelf implements AutoCloseable {
    private final Path folder;
    private final TftpProtocol protocol;

    Shelf() throws IOException {
      folder = Files.createTempDirectory("tftp");
      FolderRules rules = FolderRules.USUAL.withWriting().withSizes(1 << 30, Long.MAX_VALUE, 0);
      // Whoever has to wait for his turn may do so for long.
      protocol =
          TftpProtocol.of(
              FolderLibrary.open(folder, rules), TftpRules.USUAL.withPatience(SOON, 3, 12));
    }

    byte[] file(String name, int size) throws IOException {
      byte[] bytes = new Gen(size).bytes(size, size);
      Files.write(folder.resolve(name), bytes);
      return bytes;
    }

    @Override
    public void close() throws IOException {
      try (Stream<Path> all = Files.walk(folder)) {
        for (Path path : all.sorted((one, other) -> other.compareTo(one)).toList()) {
          Files.delete(path);
        }
      }
    }
  }

  private static TftpClient client(Server server, int block, int window) throws IOException {
    if (!(server.addresses().getFirst() instanceof Address.Udp udp)) {
      throw new AssertionError("no UDP address");
    }
    return new TftpClient(udp.socketAddress(), new TftpWishes(Mode.OCTET, block, window, 1));
  }

  private static void send(Talker talker, Packet packet) throws IOException {
    talker.send(packet.datagram().array());
  }

  private static Packet take(Talker talker) throws IOException, TftpException {
    return Packet.of(ByteBuffer.wrap(talker.take()));
  }

  private static void ask(Talker talker, String name) throws IOException {
    send(talker, new Packet.Request(false, name, "octet", Map.of()));
  }

  /// Waits for this block; others may have been sent again before.
  private static byte[] block(Talker talker, int number) throws IOException, TftpException {
    while (true) {
      Packet packet = take(talker);
      if (!(packet instanceof Packet.Data(int came, byte[] bytes))) {
        throw new AssertionError("no block: " + packet);
      }
      if (came == number) {
        return bytes;
      }
    }
  }

  private static void packets(Trial trial) throws Exception {
    try (Shelf shelf = new Shelf()) {
      byte[] file = shelf.file("f", 1_100);
      trial.serve(shelf.protocol);
      Talker talker = trial.talker();
      ask(talker, "f");
      for (int i = 0; i < 3; i++) {
        byte[] wanted = Arrays.copyOfRange(file, i * 512, Math.min(1_100, i * 512 + 512));
        Expect.that("block " + i, Arrays.equals(wanted, block(talker, i + 1)));
        send(talker, new Packet.Ack(i + 1));
      }
      trial.witness().awaitClosed(1);
      Expect.equal("transfers", 0, shelf.protocol.transfers());
      Expect.equal("failures", List.of(), trial.witness().failures());
    }
  }

  private static void lost(Trial trial) throws Exception {
    try (Shelf shelf = new Shelf()) {
      byte[] file = shelf.file("f", 700);
      trial.serve(shelf.protocol);
      Talker talker = trial.talker();
      ask(talker, "f");
      for (int i = 0; i < 3; i++) {
        Expect.equal("size of the first", 512, block(talker, 1).length);
      }
      send(talker, new Packet.Ack(1));
      for (int i = 0; i < 3; i++) {
        Expect.equal("size of the second", file.length - 512, block(talker, 2).length);
      }
      send(talker, new Packet.Ack(2));
      trial.witness().awaitClosed(1);
      Expect.equal("sessions", 1, trial.witness().accepted());
    }
  }

  private static void windows(Trial trial) throws Exception {
    try (Shelf shelf = new Shelf()) {
      Server server = trial.serve(shelf.protocol);
      byte[] file = new Gen(3).bytes(400_000, 400_000);
      Path mine = shelf.folder.resolve(".mine");
      Path back = shelf.folder.resolve(".back");
      Files.write(mine, file);
      TftpClient client = client(server, 1_428, 16);
      client.put(mine, "f", Progress.NONE);
      client.get("f", back, Progress.NONE);
      Expect.that("the same", Arrays.equals(file, Files.readAllBytes(back)));
    }
  }

  private static void crowd(Trial trial) throws Exception {
    try (Shelf shelf = new Shelf()) {
      Server server = trial.serve(shelf.protocol);
      byte[] file = shelf.file("f", 20_000);
      List<Trial.Task> tasks = new ArrayList<>();
      for (int i = 0; i < 10; i++) {
        String name = "f" + i;
        Path back = shelf.folder.resolve("." + name);
        TftpClient client = client(server, 512, 1);
        tasks.add(
            trial.start(
                () -> {
                  client.get("f", back, Progress.NONE);
                  client.put(back, name, Progress.NONE);
                }));
      }
      for (int i = 0; i < 10; i++) {
        tasks.get(i).join();
        byte[] stored = Files.readAllBytes(shelf.folder.resolve("f" + i));
        Expect.that("the same", Arrays.equals(file, stored));
      }
      Expect.equal("failures", List.of(), trial.witness().failures());
    }
  }

  private static void refuses(Trial trial) throws Exception {
    try (Shelf shelf = new Shelf()) {
      trial.serve(shelf.protocol);
      Talker talker = trial.talker();
      ask(talker, "none");
      Expect.equal(
          "refusal", 1, take(talker) instanceof Packet.Fault(int code, String _) ? code : -1);
      trial.witness().awaitClosed(1);
      Expect.equal("transfers", 0, shelf.protocol.transfers());
      Expect.equal("failures", List.of(), trial.witness().failures());
    }
  }

  private static void silent(Trial trial) throws Exception {
    try (Shelf shelf = new Shelf()) {
      shelf.file("f", 5_000);
      trial.serve(shelf.protocol);
      Talker talker = trial.talker();
      ask(talker, "f");
      for (int i = 0; i < 4; i++) {
        Expect.equal("size", 512, block(talker, 1).length);
      }
      trial.witness().awaitClosed(1);
      Expect.equal("transfers", 0, shelf.protocol.transfers());
      Expect.equal("failures", List.of(), trial.witness().failures());
    }
  }

  private static void drains(Trial trial) throws Exception {
    try (Shelf shelf = new Shelf()) {
      shelf.file("f", 1_000);
      Server server = trial.serve(shelf.protocol);
      Talker talker = trial.talker();
      ask(talker, "f");
      Expect.equal("size of the first", 512, block(talker, 1).length);
      var _ =
          trial.drain(
              server,
              () -> {
                send(talker, new Packet.Ack(1));
                Expect.equal("size of the second", 488, block(talker, 2).length);
                send(talker, new Packet.Ack(2));
              });
      trial.witness().awaitClosed(1);
    }
  }
}
