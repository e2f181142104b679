package usher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import usher.files.FileName;
import usher.files.client.FileClient;
import usher.files.client.Progress;
import usher.server.Address;
import usher.testkit.Await;

/// `usher files` with `ls`, `get` and `put` as its clients.
final class FilesCommandTest {
  private static final int WRITERS = 32;

  private final Path library;
  private final Path here;

  FilesCommandTest(@TempDir Path folder) throws Exception {
    library = Files.createDirectory(folder.resolve("library"));
    here = Files.createDirectory(folder.resolve("here"));
  }

  @BeforeEach
  void two_files_are_there() throws Exception {
    Files.writeString(library.resolve("a.txt"), "of a");
    Files.writeString(library.resolve("b.bin"), "x".repeat(2_000_000));
  }

  private Child serve(String... more) throws Exception {
    List<String> line = new ArrayList<>(List.of("files", library.toString()));
    line.addAll(List.of("--listen", "tcp:0", "--no-control"));
    line.addAll(List.of(more));
    return Child.start(line.toArray(String[]::new));
  }

  private static String place(Child server) throws InterruptedException {
    return "127.0.0.1:" + server.err("  tcp:127.0.0.1:");
  }

  @Test
  void files_are_listed_for_people_and_for_programs() throws Exception {
    try (Child server = serve()) {
      String place = place(server);
      Run table = Run.of("ls", place);
      assertThat(table.code()).isZero();
      assertThat(table.out().lines())
          .hasSize(3)
          .first()
          .asString()
          .matches("      4 B  \\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d  a.txt");
      assertThat(Run.of("ls", place, "--sort", "size").out()).matches("(?s).*b.bin.*a.txt.*");
      JsonNode json = JsonMapper.shared().readTree(Run.of("ls", place, "--json", "*.txt").out());
      assertThat(json).hasSize(1);
      assertThat(json.get(0).path("name").asString("")).isEqualTo("a.txt");
      assertThat(json.get(0).path("size").asInt()).isEqualTo(4);
    }
  }

  @Test
  void files_come_whole_into_the_folder_that_was_named() throws Exception {
    try (Child server = serve()) {
      Run run = Run.of("get", place(server), "a.txt", "b.*", "--into", here.toString());
      assertThat(run.err()).isEmpty();
      assertThat(run.code()).isZero();
      assertThat(here.resolve("a.txt")).hasContent("of a");
      assertThat(here.resolve("b.bin")).hasSameBinaryContentAs(library.resolve("b.bin"));
      try (var left = Files.list(here)) {
        assertThat(left).hasSize(2);
      }
    }
  }

  @Test
  void files_that_would_be_one_here_are_not_fetched_together() throws Exception {
    Files.createDirectory(library.resolve("below"));
    Files.writeString(library.resolve("below/a.txt"), "of another");
    try (Child server = serve("--recursive")) {
      String place = place(server);
      Run both = Run.of("get", place, "a.txt", "below/a.txt", "--into", here.toString());
      assertThat(both.code()).isEqualTo(1);
      assertThat(both.err())
          .isEqualTo("usher: a.txt and below/a.txt would both be a.txt here; fetch one of them\n");
      assertThat(here).isEmptyDirectory();
      assertThat(Run.of("get", place, "below/a.txt", "--into", here.toString()).code()).isZero();
      assertThat(here.resolve("a.txt")).hasContent("of another");
    }
  }

  @Test
  void files_are_stored_under_their_names_or_another() throws Exception {
    Path file = Files.writeString(here.resolve("c.txt"), "of c");
    try (Child server = serve("--writable")) {
      String place = place(server);
      assertThat(Run.of("put", place, file.toString()).code()).isZero();
      assertThat(library.resolve("c.txt")).hasContent("of c");
      assertThat(Run.of("put", place, file.toString(), "--as", "d.txt").code()).isZero();
      assertThat(library.resolve("d.txt")).hasContent("of c");
      Run again = Run.of("put", place, file.toString(), "--as", "a.txt", "--new");
      assertThat(again.code()).isEqualTo(1);
      assertThat(again.err()).isEqualTo("usher: a.txt: there is a a.txt already\n");
      assertThat(library.resolve("a.txt")).hasContent("of a");
    }
  }

  @Test
  void a_server_that_takes_no_files_says_so() throws Exception {
    try (Child server = serve()) {
      Run run = Run.of("put", place(server), library.resolve("a.txt").toString());
      assertThat(run.code()).isEqualTo(1);
      assertThat(run.err()).isEqualTo("usher: a.txt: this library takes no files\n");
    }
  }

  @Test
  void who_does_not_know_the_secret_gets_nothing() throws Exception {
    Path secret = Files.writeString(here.resolve("secret"), "open-sesame\n");
    Path other = Files.writeString(here.resolve("other"), "open-barley\n");
    try (Child server = serve("--token-file", secret.toString())) {
      String place = place(server);
      assertThat(Run.of("ls", place).err()).contains("the token is missing or wrong");
      assertThat(Run.of("ls", place, "--token-file", other.toString()).code()).isEqualTo(1);
      assertThat(Run.of("ls", place, "--token-file", secret.toString()).code()).isZero();
    }
  }

  @Test
  void all_doors_open_on_one_library() throws Exception {
    Path socket = here.resolve("s");
    try (Child server = serve("--listen", "unix:" + socket, "--http", "tcp:0", "--tftp", "udp:0")) {
      String place = place(server);
      String datagrams = server.err("  udp:");
      URI web = URI.create("http:" + server.err("  http:"));
      assertThat(Run.of("ls", place).out()).contains("a.txt");
      assertThat(Run.of("ls", "unix:" + socket).out()).contains("a.txt");
      try (HttpClient client = HttpClient.newHttpClient()) {
        HttpRequest request = HttpRequest.newBuilder(web.resolve("a.txt")).build();
        assertThat(client.send(request, HttpResponse.BodyHandlers.ofString()).body())
            .isEqualTo("of a");
      }
      Path copy = here.resolve("copy");
      Run tftp = Run.of("tftp", "get", datagrams, "b.bin", "--output", copy.toString());
      assertThat(tftp.code()).as(tftp.err()).isZero();
      assertThat(copy).hasSameBinaryContentAs(library.resolve("b.bin"));
    }
  }

  @Test
  void a_large_file_is_refused_before_it_is_sent() throws Exception {
    Path large = Files.write(here.resolve("large"), new byte[1025]);
    Path fits = Files.write(here.resolve("fits"), new byte[1024]);
    try (Child server = serve("--writable", "--max-file", "1K")) {
      String place = place(server);
      Run refused = Run.of("put", place, large.toString());
      assertThat(refused.code()).isEqualTo(1);
      assertThat(refused.err()).contains("large: a file may have 1024 bytes at most");
      assertThat(Run.of("put", place, fits.toString()).code()).isZero();
    }
  }

  @Test
  void an_upload_goes_on_after_the_server_was_killed_and_came_back() throws Exception {
    Path socket = here.resolve("s");
    Path large = Files.write(here.resolve("large"), new byte[200_000_000]);
    String place = "unix:" + socket;
    Child first = Child.start("files", library.toString(), "--writable", "--listen", place);
    try (first) {
      first.err("  stop ");
      try (Child put = Child.start("put", place, large.toString())) {
        Path passages = library.resolve(".usher");
        Await.until(
            "some of it is there",
            Duration.ofSeconds(60),
            () -> Files.exists(passages) && size(passages) > 10_000_000);
        first.signal("KILL");
        try (Child second =
            Child.start("files", library.toString(), "--writable", "--listen", place)) {
          second.err("  stop ");
          assertThat(put.exitCode()).isZero();
          assertThat(library.resolve("large")).hasSameBinaryContentAs(large);
        }
      }
    }
  }

  private static long size(Path folder) {
    try (var files = Files.list(folder)) {
      return files.mapToLong(file -> file.toFile().length()).sum();
    } catch (IOException gone) {
      return 0;
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ls 127.0.0.1:1 | 1 | usher: 127.0.0.1:1: nobody listens there",
        "ls unix:/nonexistent/s | 1 | usher: unix:/nonexistent/s: there is no such socket",
        "ls 127.0.0.1:99999 | 2 | usher: 127.0.0.1:99999 is no server",
        "get 127.0.0.1:1 x --into /nonexistent | 2 | usher: --into /nonexistent: there is no such",
        "put 127.0.0.1:1 /nonexistent | 2 | usher: /nonexistent: there is no such file here",
        "put 127.0.0.1:1 /etc/passwd --as ../x | 2 | usher: ../x cannot be the name of a file",
        "put 127.0.0.1:1 /etc/passwd /etc/group --as x | 2 | usher: --as names one file",
        "connect localhost | 2 | usher: there is no terminal to ask at",
        "files /nonexistent | 1 | usher: ",
        "files /tmp --max-file many | 2 | usher: ",
        "files /tmp --tftp tcp:0 | 2 | usher: --tftp tcp:0: TFTP is carried by UDP",
        "files /tmp --tftp udp:0 --tftp-blksize 511 | 2 | usher: --tftp-blksize must be at least 512",
        "files /tmp --tftp udp:0 --tftp-blksize 65465 | 2 | usher: --tftp-blksize must be at most 65,464",
        "ls localhost --sort colour | 2 | usher: --sort colour: one of name, size, time",
      })
  void what_is_wrong_is_said_in_a_line(String line, int code, String start) {
    Run run = Run.of(line.split(" "));
    assertThat(run.err()).startsWith(start).hasLineCount(1);
    assertThat(run.code()).isEqualTo(code);
    assertThat(run.out()).isEmpty();
  }

  /// In each life of the server many clients store files again and again until it is killed; the
  /// next life is asked for all that the last one has left.
  @Test
  void killed_again_and_again_it_lists_no_half_file_and_loses_none() throws Exception {
    int kills = Integer.getInteger("usher.kills", 3);
    Random random = new Random(7);
    Set<String> acknowledged = ConcurrentHashMap.newKeySet();
    var begun = new AtomicInteger();
    int stored = 0;
    Path socket = here.resolve("s");
    var address = Address.unix(socket);
    for (int life = 0; ; life++) {
      try (Child server =
          Child.start("files", library.toString(), "--writable", "--listen", "unix:" + socket)) {
        server.err("  stop ");
        acknowledged.removeAll(take(address));
        assertThat(acknowledged).as("acknowledged and not there").isEmpty();
        if (life == kills) {
          break;
        }
        List<Thread> writers = new ArrayList<>();
        for (int i = 0; i < WRITERS; i++) {
          String prefix = "f" + life + "-" + i + "-";
          byte[] bytes = new byte[1 + random.nextInt(i % 8 == 0 ? 3_000_000 : 200_000)];
          random.nextBytes(bytes);
          Path file = Files.write(here.resolve(prefix), bytes);
          writers.add(
              Thread.ofPlatform().start(() -> upload(address, file, prefix, acknowledged, begun)));
        }
        int enough = 1 + random.nextInt(2 * WRITERS);
        Await.until("some are stored", Duration.ofSeconds(60), () -> acknowledged.size() >= enough);
        server.signal("KILL");
        for (Thread writer : writers) {
          writer.join();
        }
        stored += acknowledged.size();
      }
    }
    System.out.printf(
        "killed %d times: %d uploads were begun, %d acknowledged, all of these there and whole%n",
        kills, begun.get(), stored);
  }

  /// Fetches each file of the writers, which is whole and theirs, and makes room for others.
  ///
  /// @return their names
  private Set<String> take(Address address) throws Exception {
    Set<String> names = new HashSet<>();
    Path copy = here.resolve("copy");
    try (var client = FileClient.connect(address, Optional.empty())) {
      for (var entry : client.list()) {
        String name = entry.name().text();
        if (name.startsWith("f")) {
          client.get(entry.name(), copy, Progress.NONE);
          Path source = here.resolve(name.substring(0, name.lastIndexOf('-') + 1));
          assertThat(Files.mismatch(copy, source)).as(name).isEqualTo(-1);
          names.add(name);
          Files.delete(library.resolve(name));
        }
      }
    }
    return names;
  }

  /// Until the server has gone.
  private static void upload(
      Address address, Path file, String prefix, Set<String> acknowledged, AtomicInteger begun) {
    try (var client = FileClient.connect(address, Optional.empty())) {
      for (int n = 0; ; n++) {
        var name = new FileName(prefix + n);
        int _ = begun.incrementAndGet();
        client.put(file, name, false, Progress.NONE);
        acknowledged.add(name.text());
      }
    } catch (IOException killed) {
      // As it should be.
    }
  }
}
