package usher.files.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import usher.files.FileEntry;
import usher.files.disk.FolderLibrary;
import usher.files.disk.FolderRules;
import usher.http.HttpProtocol;
import usher.server.Address;
import usher.server.Model;
import usher.server.Server;
import usher.testkit.Await;
import usher.testkit.Gen;
import usher.testkit.Relay;
import usher.testkit.Seeds;

/// Connections that are cut at random places of a large download or upload (more of them with
/// `-Dusher.whole=true`): by what HTTP has for that, it goes on where it was.
@Timeout(300)
final class CutsTest {
  private static final int RUNS = Boolean.getBoolean("usher.whole") ? 40 : 2;
  private static final int LARGEST = 4 << 20;
  private static final int PIECE = 256 << 10;

  /// What the heads of one connection take. The client itself asks again where not even a head has
  /// got through, so nothing is cut before.
  private static final int HEADS = 2_000;

  /// What the client itself may have received and does not give out where a connection ends badly.
  private static final int UNREAD = 256 << 10;

  private final Path folder;
  private final FolderLibrary library;
  private final Server server;
  private final Relay relay;

  CutsTest(@TempDir Path folder, @TempDir Path bodies) throws IOException {
    this.folder = folder;
    this.library =
        FolderLibrary.open(
            folder, FolderRules.USUAL.withWriting().withSizes(LARGEST, Long.MAX_VALUE, 0));
    this.server =
        Server.builder()
            .listen(Address.tcp("127.0.0.1", 0))
            .serve(
                HttpProtocol.of(FilesSite.of(library, FilesSite.Rules.USUAL))
                    .withBodyFolder(bodies))
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

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + relay.port() + path));
  }

  /// What has come of a file.
  private static final class Got {
    final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    String tag = "";
  }

  /// Asks for the rest, on a connection of its own.
  ///
  /// @return whether it came to its end
  private boolean goOn(Got got, int status) throws InterruptedException {
    HttpRequest.Builder request = request("/file");
    if (!got.tag.isEmpty()) {
      request.header("Range", "bytes=" + got.bytes.size() + "-").header("If-Range", got.tag);
    }
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<InputStream> answer = client.send(request.build(), BodyHandlers.ofInputStream());
      assertThat(answer.statusCode()).isEqualTo(status);
      if (status == 200) {
        got.bytes.reset();
      }
      got.tag = answer.headers().firstValue("ETag").orElseThrow();
      try (InputStream body = answer.body()) {
        body.transferTo(got.bytes);
      }
      return true;
    } catch (IOException cut) {
      return false;
    }
  }

  @Test
  void a_download_goes_on_by_range_after_each_cut_where_it_was() {
    Seeds.each(
        RUNS,
        gen -> {
          byte[] bytes = gen.bytes(LARGEST / 2, LARGEST);
          Files.write(folder.resolve("file"), bytes);
          Got got = new Got();
          long before = relay.passed(Relay.Way.DOWN);
          int cuts = gen.between(1, 8);
          for (int i = 0; i < cuts; i++) {
            relay.cutNext(Relay.Way.DOWN, gen.between(1, bytes.length / cuts));
            assertThat(goOn(got, got.tag.isEmpty() ? 200 : 206)).isFalse();
          }
          assertThat(goOn(got, got.tag.isEmpty() ? 200 : 206)).isTrue();
          assertThat(got.bytes.toByteArray()).isEqualTo(bytes);
          assertThat(relay.passed(Relay.Way.DOWN) - before)
              .isLessThan(bytes.length + (cuts + 1L) * (HEADS + UNREAD));
        });
  }

  @Test
  void a_download_begins_anew_where_another_file_has_taken_the_name() throws Exception {
    Gen gen = new Gen(3);
    byte[] first = gen.bytes(LARGEST, LARGEST);
    byte[] second = gen.bytes(LARGEST, LARGEST);
    Files.write(folder.resolve("file"), first);
    Got got = new Got();
    relay.cutNext(Relay.Way.DOWN, LARGEST / 2);
    assertThat(goOn(got, 200)).isFalse();
    assertThat(got.bytes.size()).isBetween(1, LARGEST / 2);
    Path other = Files.write(folder.resolve(".other"), second);
    Files.move(other, folder.resolve("file"), StandardCopyOption.REPLACE_EXISTING);
    assertThat(goOn(got, 200)).isTrue();
    assertThat(got.bytes.toByteArray()).isEqualTo(second);
  }

  private String created(int size) throws Exception {
    String name = Base64.getEncoder().encodeToString("file".getBytes(StandardCharsets.UTF_8));
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest create =
          request("/api/uploads")
              .header("Tus-Resumable", "1.0.0")
              .header("Upload-Length", "" + size)
              .header("Upload-Metadata", "filename " + name)
              .POST(BodyPublishers.noBody())
              .build();
      return client
          .send(create, BodyHandlers.discarding())
          .headers()
          .firstValue("Location")
          .orElseThrow();
    }
  }

  /// A piece that came whole is still being stored when its answer is cut off.
  private void awaitNobody() {
    Await.until("all have gone", Duration.ofSeconds(60), () -> server.active() == 0);
  }

  /// How far an upload is, and then the rest of it in pieces, on one connection.
  ///
  /// @return whether all of it was taken
  private boolean goOn(String upload, byte[] bytes) throws InterruptedException {
    awaitNobody();
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest head =
          request(upload)
              .header("Tus-Resumable", "1.0.0")
              .method("HEAD", BodyPublishers.noBody())
              .build();
      HttpResponse<Void> state = client.send(head, BodyHandlers.discarding());
      assertThat(state.statusCode()).isEqualTo(200);
      int offset = Integer.parseInt(state.headers().firstValue("Upload-Offset").orElseThrow());
      while (offset < bytes.length) {
        int to = Math.min(bytes.length, offset + PIECE);
        HttpRequest patch =
            request(upload)
                .header("Tus-Resumable", "1.0.0")
                .header("Upload-Offset", "" + offset)
                .header("Content-Type", "application/offset+octet-stream")
                .method("PATCH", BodyPublishers.ofByteArray(Arrays.copyOfRange(bytes, offset, to)))
                .build();
        HttpResponse<Void> taken = client.send(patch, BodyHandlers.discarding());
        assertThat(taken.statusCode()).isEqualTo(204);
        offset = to;
      }
      return true;
    } catch (IOException cut) {
      return false;
    }
  }

  @Test
  void an_upload_by_tus_goes_on_after_each_cut_behind_the_last_piece_that_came_whole() {
    Seeds.each(
        RUNS,
        gen -> {
          Files.deleteIfExists(folder.resolve("file"));
          byte[] bytes = gen.bytes(LARGEST / 2, LARGEST);
          String upload = created(bytes.length);
          long before = relay.passed(Relay.Way.UP);
          int cuts = gen.between(1, 8);
          for (int i = 0; i < cuts; i++) {
            relay.cutNext(Relay.Way.UP, gen.between(HEADS, bytes.length / cuts));
            assertThat(goOn(upload, bytes)).isFalse();
            assertThat(library.list()).isEmpty();
          }
          assertThat(goOn(upload, bytes)).isTrue();
          assertThat(library.list())
              .extracting(FileEntry::size)
              .containsExactly((long) bytes.length);
          assertThat(folder.resolve("file")).hasBinaryContent(bytes);
          assertThat(left()).isEmpty();
          long pieces = bytes.length / PIECE + 2 * (cuts + 1L);
          assertThat(relay.passed(Relay.Way.UP) - before)
              .isLessThan(bytes.length + cuts * (long) PIECE + pieces * HEADS);
        });
  }

  private List<Path> left() throws IOException {
    try (Stream<Path> all = Files.list(folder.resolve(".usher"))) {
      return all.toList();
    }
  }
}
