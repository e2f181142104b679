package usher.files.tftp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import usher.files.disk.FolderLibrary;
import usher.files.disk.FolderRules;
import usher.files.tftp.wire.Packet;
import usher.files.tftp.wire.Packet.Data;
import usher.files.tftp.wire.Packet.Fault;
import usher.files.tftp.wire.Packet.Request;
import usher.testkit.ManualClock;

/// A folder, sessions of a server of it, and packets to send there: what the tests of sessions
/// share.
abstract class SessionFolder {
  static final String CLIENT = "192.0.2.7";
  static final FolderRules OPEN = FolderRules.USUAL.withWriting().withSizes(5_000, 9_000, 0);

  @TempDir Path folder;
  final ManualClock clock = new ManualClock();

  TftpProtocol protocol(FolderRules library, TftpRules rules) throws IOException {
    return TftpProtocol.of(FolderLibrary.open(folder, library), rules);
  }

  Side reader() throws IOException {
    return Side.of(protocol(FolderRules.USUAL, TftpRules.USUAL), CLIENT, clock);
  }

  Side writer() throws IOException {
    return Side.of(protocol(OPEN, TftpRules.USUAL), CLIENT, clock);
  }

  byte[] file(String name, int size) throws IOException {
    byte[] bytes = content(size);
    Files.write(folder.resolve(name), bytes);
    return bytes;
  }

  static byte[] content(int size) {
    byte[] bytes = new byte[size];
    for (int i = 0; i < size; i++) {
      bytes[i] = (byte) (i * 7 + i / 256);
    }
    return bytes;
  }

  static Request read(String name, String... options) {
    return request(false, name, options);
  }

  static Request write(String name, String... options) {
    return request(true, name, options);
  }

  static Request request(boolean writes, String name, String... options) {
    Map<String, String> all = new LinkedHashMap<>();
    for (int i = 0; i < options.length; i += 2) {
      all.put(options[i], options[i + 1]);
    }
    return new Request(writes, name, "octet", all);
  }

  static void isBlock(Packet packet, int number, int size) {
    assertThat(packet)
        .isInstanceOfSatisfying(
            Data.class,
            data -> {
              assertThat(data.number()).isEqualTo(number);
              assertThat(data.bytes()).hasSize(size);
            });
  }

  static List<Integer> numbers(List<Packet> packets) {
    return packets.stream().map(p -> p instanceof Data data ? data.number() : -1).toList();
  }

  static void isFault(Packet packet, int code) {
    assertThat(packet)
        .isInstanceOfSatisfying(Fault.class, fault -> assertThat(fault.code()).isEqualTo(code));
  }

  List<String> left() throws IOException {
    Path passages = folder.resolve(".usher");
    if (!Files.exists(passages)) {
      return List.of();
    }
    try (Stream<Path> all = Files.list(passages)) {
      return all.map(path -> path.getFileName().toString()).toList();
    }
  }
}
