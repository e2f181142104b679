package usher.files.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import usher.files.FileEntry;
import usher.files.FileName;
import usher.files.disk.FolderLibrary;
import usher.files.disk.FolderRules;
import usher.files.frame.FileProtocol;
import usher.server.Address;
import usher.server.Model;
import usher.server.Server;
import usher.testkit.Await;
import usher.testkit.Gen;
import usher.testkit.Relay;
import usher.testkit.Seeds;

/// Connections that are cut: at every byte of a small exchange (where it is stored, at every third;
/// all of them with `-Dusher.whole=true`), and again and again at random places of large ones. What
/// comes in the end is whole, nothing half has a name before, and what has come is not sent again.
@Timeout(300)
final class CutsTest {
  private static final boolean WHOLE = Boolean.getBoolean("usher.whole");
  private static final int RUNS = WHOLE ? 40 : 2;

  /// Each upload waits for the disk.
  private static final int STRIDE = WHOLE ? 1 : 3;

  private static final int LARGEST = 4 << 20;

  /// What words take on one connection.
  private static final int WORDS = 1_000;

  /// What a server has received and not written yet.
  private static final int CHUNK = 256 << 10;

  private static final FileName NAME = new FileName("file");

  private final Path there;
  private final Path here;
  private final FolderLibrary library;
  private final Server server;
  private final Relay relay;

  CutsTest(@TempDir Path there, @TempDir Path here) throws IOException {
    this.there = there;
    this.here = here;
    this.library =
        FolderLibrary.open(
            there, FolderRules.USUAL.withWriting().withSizes(LARGEST, Long.MAX_VALUE, 0));
    this.server =
        Server.builder()
            .listen(Address.tcp("127.0.0.1", 0))
            .serve(FileProtocol.of(library))
            .model(new Model.VirtualThreads())
            .start();
    int port = ((Address.Tcp) server.addresses().getFirst()).port();
    this.relay = new Relay(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
  }

  @AfterEach
  void close() throws IOException {
    relay.close();
    server.close();
  }

  private interface Talk {
    void with(FileClient client) throws IOException;
  }

  /// One connection, after which the server has seen its end.
  private void talk(Talk talk) throws IOException {
    try (var client =
        FileClient.connect(Address.tcp("127.0.0.1", relay.port()), Optional.empty())) {
      talk.with(client);
    } finally {
      Await.until("all have gone", Duration.ofSeconds(60), () -> server.active() == 0);
    }
  }

  private void get(Path target) throws IOException {
    talk(client -> assertThat(client.get(NAME, target, Progress.NONE).name()).isEqualTo(NAME));
  }

  private void put(Path file) throws IOException {
    talk(client -> assertThat(client.put(file, NAME, false, Progress.NONE)).isNotNull());
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.map(path -> path.getFileName().toString()).toList();
    }
  }

  @ParameterizedTest
  @EnumSource(Relay.Way.class)
  void a_small_download_comes_whole_wherever_it_is_cut(Relay.Way way) throws IOException {
    byte[] bytes = new Gen(1).bytes(40, 40);
    Files.write(there.resolve("file"), bytes);
    Path target = here.resolve("file");
    get(target);
    long all = relay.passed(way);
    assertThat(all).isGreaterThan(30);
    for (long after = 0; after < all; after++) {
      Files.delete(target);
      relay.cutNext(way, after);
      assertThat(catchThrowable(() -> get(target))).isInstanceOf(IOException.class);
      assertThat(target).doesNotExist();
      get(target);
      assertThat(target).as("after %s", after).hasBinaryContent(bytes);
      assertThat(names(here)).containsExactly("file");
    }
  }

  @ParameterizedTest
  @EnumSource(Relay.Way.class)
  void a_small_upload_is_stored_whole_wherever_it_is_cut(Relay.Way way) throws IOException {
    byte[] bytes = new Gen(2).bytes(40, 40);
    Path file = Files.write(here.resolve("file"), bytes);
    put(file);
    long all = relay.passed(way);
    assertThat(all).isGreaterThan(30);
    for (long after = 0; after < all; after += STRIDE) {
      library.delete(NAME);
      relay.cutNext(way, after);
      assertThat(catchThrowable(() -> put(file))).isInstanceOf(IOException.class);
      // It may have come, and the client does not know.
      for (FileEntry entry : library.list()) {
        assertThat(entry.name()).isEqualTo(NAME);
        assertThat(there.resolve("file")).hasBinaryContent(bytes);
      }
      put(file);
      assertThat(there.resolve("file")).as("after %s", after).hasBinaryContent(bytes);
      assertThat(names(there.resolve(".usher"))).isEmpty();
    }
  }

  @Test
  void a_large_download_goes_on_after_each_cut_and_nothing_comes_twice() {
    Seeds.each(
        RUNS,
        gen -> {
          byte[] bytes = gen.bytes(LARGEST / 2, LARGEST);
          Files.write(there.resolve("file"), bytes);
          Path target = here.resolve("file");
          Files.deleteIfExists(target);
          long before = relay.passed(Relay.Way.DOWN);
          int cuts = gen.between(1, 8);
          for (int i = 0; i < cuts; i++) {
            cut(gen, Relay.Way.DOWN, bytes.length / cuts);
            assertThat(catchThrowable(() -> get(target))).isInstanceOf(IOException.class);
            assertThat(target).doesNotExist();
          }
          get(target);
          assertThat(target).hasBinaryContent(bytes);
          assertThat(names(here)).containsExactly("file");
          assertThat(relay.passed(Relay.Way.DOWN) - before)
              .isLessThan(bytes.length + (cuts + 1L) * WORDS);
        });
  }

  @Test
  void a_large_upload_goes_on_after_each_cut_behind_what_the_server_has_written() {
    Seeds.each(
        RUNS,
        gen -> {
          byte[] bytes = gen.bytes(LARGEST / 2, LARGEST);
          Path file = Files.write(here.resolve("file"), bytes);
          Files.deleteIfExists(there.resolve("file"));
          long before = relay.passed(Relay.Way.UP);
          int cuts = gen.between(1, 8);
          for (int i = 0; i < cuts; i++) {
            cut(gen, Relay.Way.UP, bytes.length / cuts);
            assertThat(catchThrowable(() -> put(file))).isInstanceOf(IOException.class);
            assertThat(library.list()).isEmpty();
          }
          put(file);
          assertThat(there.resolve("file")).hasBinaryContent(bytes);
          assertThat(names(there.resolve(".usher"))).isEmpty();
          assertThat(relay.passed(Relay.Way.UP) - before)
              .isLessThan(bytes.length + (cuts + 1L) * (WORDS + CHUNK));
        });
  }

  /// Against the flow there are a few words alone: a cut in the first of them.
  private void cut(Gen gen, Relay.Way flow, int most) {
    if (gen.chance(0.8)) {
      relay.cutNext(flow, gen.between(0, most));
    } else {
      relay.cutNext(flow == Relay.Way.UP ? Relay.Way.DOWN : Relay.Way.UP, gen.between(0, 20));
    }
  }
}
