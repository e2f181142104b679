package usher.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import usher.files.FileEntry;
import usher.files.FileName;
import usher.files.LibraryException;
import usher.files.LibraryException.Code;
import usher.files.client.FileClient;
import usher.files.client.Progress;
import usher.files.tftp.client.TftpClient;
import usher.files.tftp.client.TftpWishes;
import usher.server.Address;
import usher.testkit.Gen;

/// `usher files` where the disk fills up, its permission goes, or the whole folder vanishes while
/// files are on their way, by each door. Who sends is told what is wrong, what was there before
/// stays whole, nothing half is listed, and when the trouble is over all goes on without a restart.
///
/// A full disk is a file system in memory, which takes the right to mount one. Permissions hold for
/// root as well where it gives that power up (`setpriv`).
@Timeout(180)
final class FilesTroubleTest {
  private static final int MEGA = 1 << 20;
  private static final int DISK = 8 * MEGA;
  private static final int LARGE = 4 * MEGA;

  private final Path library;
  private final Path earlier;
  private final Path large;
  private boolean mounted;

  FilesTroubleTest(@TempDir Path top) throws IOException {
    this.library = Files.createDirectory(top.resolve("library"));
    this.earlier = Files.write(top.resolve("earlier"), new Gen(1).bytes(MEGA, MEGA));
    this.large = Files.write(top.resolve("large"), new Gen(2).bytes(LARGE, LARGE));
  }

  @AfterEach
  void leaveNothing() throws Exception {
    if (mounted) {
      assertThat(exitCode("umount", "--lazy", library.toString())).isZero();
    }
  }

  private static int exitCode(String... command) throws InterruptedException {
    try {
      return new ProcessBuilder(command)
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start()
          .waitFor();
    } catch (IOException absent) {
      return 127;
    }
  }

  /// A server with all doors, and a file in it.
  private final class Served implements AutoCloseable {
    private final Child child;
    private final Address files;
    private final Address.Udp tftp;
    private final URI http;

    Served(String... before) throws Exception {
      Files.copy(earlier, library.resolve("earlier"));
      List<String> line =
          new ArrayList<>(List.of("files", library.toString(), "--writable", "--no-control"));
      line.addAll(List.of("--listen", "tcp:127.0.0.1:0", "--keep-free", "0"));
      line.addAll(List.of("--http", "tcp:127.0.0.1:0", "--tftp", "udp:127.0.0.1:0"));
      child = Child.start(List.of(before), line.toArray(String[]::new));
      files = Address.parse("tcp:" + child.err("  tcp:"));
      tftp = (Address.Udp) Address.parse("udp:" + child.err("  udp:"));
      http = URI.create("http:" + child.err("  http:"));
    }

    FileEntry put(String name, Progress progress) throws IOException {
      try (var client = FileClient.connect(files, Optional.empty())) {
        return client.put(large, new FileName(name), false, progress);
      }
    }

    void tftp(String name, Progress progress) throws IOException {
      new TftpClient(tftp.socketAddress(), TftpWishes.USUAL).put(large, name, progress);
    }

    int http(String name) throws Exception {
      try (HttpClient client = HttpClient.newHttpClient()) {
        var put = HttpRequest.newBuilder(http.resolve(name)).PUT(BodyPublishers.ofFile(large));
        HttpResponse<Void> answer = client.send(put.build(), BodyHandlers.discarding());
        return answer.statusCode();
      }
    }

    int form(String name) throws Exception {
      String head =
          "--x\r\nContent-Disposition: form-data; name=f; filename=%s\r\n\r\n".formatted(name);
      try (HttpClient client = HttpClient.newHttpClient()) {
        var post =
            HttpRequest.newBuilder(http)
                .header("Content-Type", "multipart/form-data; boundary=x")
                .POST(
                    BodyPublishers.concat(
                        BodyPublishers.ofString(head),
                        BodyPublishers.ofFile(large),
                        BodyPublishers.ofString("\r\n--x--\r\n")));
        return client.send(post.build(), BodyHandlers.discarding()).statusCode();
      }
    }

    int page() throws Exception {
      try (HttpClient client = HttpClient.newHttpClient()) {
        var get = HttpRequest.newBuilder(http);
        return client.send(get.build(), BodyHandlers.discarding()).statusCode();
      }
    }

    List<String> listed() throws IOException {
      try (var client = FileClient.connect(files, Optional.empty())) {
        return client.list().stream().map(entry -> entry.name().text()).toList();
      }
    }

    /// What came before is whole, and there is nothing else.
    void onlyTheEarlierOne() throws IOException {
      assertThat(listed()).containsExactly("earlier");
      assertThat(library.resolve("earlier")).hasSameBinaryContentAs(earlier);
    }

    /// All doors take the large file, one after the other.
    void takesFilesAgain() throws Exception {
      assertThat(put("again", Progress.NONE).size()).isEqualTo(LARGE);
      assertThat(library.resolve("again")).hasSameBinaryContentAs(large);
      Files.delete(library.resolve("again"));
      tftp("again", Progress.NONE);
      assertThat(library.resolve("again")).hasSameBinaryContentAs(large);
      Files.delete(library.resolve("again"));
      assertThat(http("again")).isEqualTo(201);
      assertThat(library.resolve("again")).hasSameBinaryContentAs(large);
      Files.delete(library.resolve("again"));
      onlyTheEarlierOne();
    }

    @Override
    public void close() {
      child.close();
    }
  }

  private interface Event {
    void happen() throws IOException;
  }

  /// What happens when half of a file has been sent, once.
  private static Progress halfway(Event event) {
    boolean[] happened = {false};
    return (done, total) -> {
      if (!happened[0] && done >= LARGE / 2) {
        happened[0] = true;
        try {
          event.happen();
        } catch (IOException thrown) {
          throw new java.io.UncheckedIOException(thrown);
        }
      }
      return true;
    };
  }

  private static void isRefused(Code code, String words, ThrowingCallable upload) {
    assertThatThrownBy(upload)
        .isInstanceOfSatisfying(
            LibraryException.class, refused -> assertThat(refused.code()).isEqualTo(code))
        .hasMessageContaining(words);
  }

  private List<Path> halfFiles() throws IOException {
    try (Stream<Path> all = Files.list(library.resolve(".usher"))) {
      return all.toList();
    }
  }

  // ---- a full disk

  private void smallDisk() throws InterruptedException {
    int code = exitCode("mount", "-t", "tmpfs", "-o", "size=" + DISK, "usher", library.toString());
    Assumptions.assumeTrue(code == 0, "this machine does not let us mount a small disk");
    mounted = true;
  }

  private Path filler() {
    return library.resolve(".filler");
  }

  /// Somebody else takes all the room that is left.
  private void fill() {
    try {
      Files.write(filler(), new byte[DISK]);
    } catch (IOException full) {
      // So it is.
    }
  }

  @Test
  void a_disk_that_fills_up_in_the_middle_of_an_upload_is_told_and_gets_its_room_back()
      throws Exception {
    smallDisk();
    try (Served served = new Served()) {
      isRefused(Code.NO_SPACE, "disk is full", () -> served.put("new", halfway(this::fill)));
      served.onlyTheEarlierOne();
      assertThat(halfFiles()).isEmpty();
      Files.delete(filler());
      isRefused(Code.NO_SPACE, "disk is full", () -> served.tftp("new", halfway(this::fill)));
      served.onlyTheEarlierOne();
      assertThat(halfFiles()).isEmpty();
      Files.delete(filler());
      served.takesFilesAgain();
    }
  }

  @Test
  void a_file_that_does_not_fit_the_disk_is_refused_by_each_door() throws Exception {
    smallDisk();
    try (Served served = new Served()) {
      Files.write(filler(), new byte[DISK - LARGE]);
      isRefused(Code.NO_SPACE, "disk is too full", () -> served.put("new", Progress.NONE));
      isRefused(Code.NO_SPACE, "disk is too full", () -> served.tftp("new", Progress.NONE));
      assertThat(served.http("new")).isEqualTo(507);
      assertThat(served.form("new")).isEqualTo(507);
      served.onlyTheEarlierOne();
      assertThat(halfFiles()).isEmpty();
      Files.delete(filler());
      served.takesFilesAgain();
    }
  }

  // ---- permission

  /// What a server is started by so that permissions hold for it.
  private String[] powerless() throws Exception {
    if (!Files.getOwner(library).getName().equals("root")) {
      return new String[0];
    }
    String[] prefix = {"setpriv", "--bounding-set=-dac_override,-dac_read_search"};
    permit("r-xr-xr-x");
    int mayWrite = exitCode(prefix[0], prefix[1], "test", "-w", library.toString());
    permit("rwxr-xr-x");
    Assumptions.assumeTrue(mayWrite == 1, "permissions do not hold for root on this machine");
    return prefix;
  }

  private void permit(String permissions) throws IOException {
    Files.setPosixFilePermissions(library, PosixFilePermissions.fromString(permissions));
  }

  @Test
  void permission_that_is_lost_in_the_middle_of_an_upload_is_told_and_loses_nothing()
      throws Exception {
    try (Served served = new Served(powerless())) {
      Event loss = () -> permit("r-xr-xr-x");
      isRefused(Code.DENIED, "does not let us", () -> served.put("new", halfway(loss)));
      served.onlyTheEarlierOne();
      permit("rwxr-xr-x");
      isRefused(Code.DENIED, "does not let us", () -> served.tftp("other", halfway(loss)));
      assertThat(served.http("other")).isEqualTo(403);
      assertThat(served.form("other")).isEqualTo(403);
      served.onlyTheEarlierOne();
      permit("rwxr-xr-x");
      // All of it is there already.
      long[] first = {-1};
      FileEntry stored =
          served.put(
              "new",
              (done, total) -> {
                first[0] = done > 0 && first[0] < 0 ? done : first[0];
                return true;
              });
      assertThat(stored.size()).isEqualTo(LARGE);
      assertThat(first[0]).isEqualTo(LARGE);
      assertThat(library.resolve("new")).hasSameBinaryContentAs(large);
      Files.delete(library.resolve("new"));
      assertThat(halfFiles()).isEmpty();
      served.takesFilesAgain();
    }
  }

  // ---- the folder

  @Test
  void a_folder_that_vanishes_in_the_middle_of_an_upload_is_told_and_may_come_back()
      throws Exception {
    Path elsewhere = library.resolveSibling("elsewhere");
    Event loss = () -> Files.move(library, elsewhere);
    try (Served served = new Served()) {
      isRefused(
          Code.BROKEN, "folder of the library is gone", () -> served.put("new", halfway(loss)));
      isRefused(Code.BROKEN, "folder of the library is gone", served::listed);
      assertThat(served.page()).isEqualTo(500);
      assertThat(served.http("other")).isEqualTo(500);
      Files.move(elsewhere, library);
      served.onlyTheEarlierOne();
      isRefused(
          Code.BROKEN, "folder of the library is gone", () -> served.tftp("other", halfway(loss)));
      Files.move(elsewhere, library);
      served.onlyTheEarlierOne();
      assertThat(served.put("new", Progress.NONE).size()).isEqualTo(LARGE);
      Files.delete(library.resolve("new"));
      served.takesFilesAgain();
    }
  }
}
