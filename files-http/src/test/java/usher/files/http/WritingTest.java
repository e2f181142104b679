package usher.files.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `PUT` and `DELETE`.
final class WritingTest {
  private static final String HELLO = "sha-256=:LPJNul+wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ=:";

  private final Path folder;
  private final Door door;

  WritingTest(@TempDir Path folder) {
    this.folder = folder;
    this.door = Door.of(folder);
  }

  @Test
  void a_file_is_stored_then_replaced() {
    Door.Reply first = door.put("/a.txt", "first");
    assertThat(first.status()).isEqualTo(201);
    assertThat(first.header("Location")).isEqualTo("/a.txt");
    assertThat(door.get("/a.txt").header("ETag")).isEqualTo(first.header("ETag"));
    Door.Reply second = door.put("/a.txt", "second");
    assertThat(second.status()).isEqualTo(204);
    assertThat(second.header("ETag")).isNotEqualTo(first.header("ETag"));
    assertThat(folder.resolve("a.txt")).hasContent("second");
  }

  @Test
  void an_empty_file_is_one_but_no_body_is_none() {
    assertThat(door.put("/empty", "").status()).isEqualTo(201);
    assertThat(folder.resolve("empty")).isEmptyFile();
    assertThat(door.ask("PUT", "/nothing", null).status()).isEqualTo(411);
  }

  @Test
  void only_if_there_is_none() {
    assertThat(door.put("/a.txt", "1", "If-None-Match", "*").status()).isEqualTo(201);
    assertThat(door.put("/a.txt", "2", "If-None-Match", "*").status()).isEqualTo(412);
    assertThat(folder.resolve("a.txt")).hasContent("1");
  }

  @Test
  void only_in_place_of_a_version() {
    assertThat(door.put("/a.txt", "0", "If-Match", "*").status()).isEqualTo(412);
    String first = door.put("/a.txt", "1").header("ETag");
    String second = door.put("/a.txt", "2", "If-Match", first).header("ETag");
    assertThat(door.put("/a.txt", "3", "If-Match", first).status()).isEqualTo(412);
    assertThat(folder.resolve("a.txt")).hasContent("2");
    assertThat(door.ask("DELETE", "/a.txt", null, "If-Match", first).status()).isEqualTo(412);
    assertThat(door.ask("DELETE", "/a.txt", null, "If-Match", second).status()).isEqualTo(204);
    assertThat(folder.resolve("a.txt")).doesNotExist();
  }

  @Test
  void of_many_that_replace_the_same_version_at_once_one_does() throws Exception {
    String first = door.put("/a.txt", "0").header("ETag");
    List<Callable<Integer>> rivals = new ArrayList<>();
    for (int i = 1; i <= 16; i++) {
      String body = String.valueOf(i);
      rivals.add(() -> door.put("/a.txt", body, "If-Match", first).status());
    }
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      int done = 0;
      for (Future<Integer> rival : threads.invokeAll(rivals)) {
        done += rival.get() == 204 ? 1 : 0;
      }
      assertThat(done).isEqualTo(1);
    }
  }

  @Test
  void bytes_that_do_not_come_to_their_digest_are_not_stored() {
    assertThat(door.put("/a.txt", "hello", "Repr-Digest", "sha-512=:AA==:, " + HELLO).status())
        .isEqualTo(201);
    assertThat(door.put("/a.txt", "jello", "Repr-Digest", HELLO).status()).isEqualTo(400);
    assertThat(door.put("/b.txt", "jello", "Content-Digest", HELLO).status()).isEqualTo(400);
    assertThat(door.put("/a.txt", "x", "Repr-Digest", "sha-256=:AA==:").status()).isEqualTo(400);
    assertThat(door.put("/a.txt", "x", "Repr-Digest", "sha-256=5").status()).isEqualTo(400);
    assertThat(folder.resolve("a.txt")).hasContent("hello");
    assertThat(folder.resolve("b.txt")).doesNotExist();
  }

  @Test
  void names_that_no_file_can_have_are_refused() {
    for (String target :
        new String[] {"/.hidden", "/CON", "/a%00b", "/a%5Cb", "/x/y", "/%2e%2e%2fup"}) {
      assertThat(door.put(target, "x").status()).as(target).isEqualTo(400);
    }
    assertThat(door.put("/api/x", "x").status()).isEqualTo(404);
  }

  @Test
  void parts_and_encodings_are_refused() {
    assertThat(door.put("/a", "x", "Content-Range", "bytes 0-0/2").status()).isEqualTo(400);
    assertThat(door.put("/a", "x", "Content-Encoding", "gzip").status()).isEqualTo(415);
  }

  @Test
  void a_file_is_as_large_as_the_limit_at_most() {
    Door small = Door.of(folder, Door.WRITABLE, FilesSite.Rules.USUAL.withMaxFile(4));
    assertThat(small.put("/a", "123").status()).isEqualTo(201);
    assertThat(small.put("/a", "1234").status()).isEqualTo(204);
    assertThat(small.put("/a", "12345").status()).isEqualTo(413);
    Door library =
        Door.of(folder, Door.WRITABLE.withSizes(4, Long.MAX_VALUE, 0), FilesSite.Rules.USUAL);
    assertThat(library.put("/b", "1234").status()).isEqualTo(201);
    assertThat(library.put("/b", "12345").status()).isEqualTo(413);
  }

  @Test
  void where_there_is_no_room_that_is_said() {
    Door full = Door.of(folder, Door.WRITABLE.withSizes(9, 4, 0), FilesSite.Rules.USUAL);
    assertThat(full.put("/a", "1234").status()).isEqualTo(201);
    assertThat(full.put("/b", "1").status()).isEqualTo(507);
    Door reserved =
        Door.of(folder, Door.WRITABLE.withSizes(9, 99, Long.MAX_VALUE), FilesSite.Rules.USUAL);
    assertThat(reserved.put("/c", "1").status()).isEqualTo(507);
  }

  @Test
  void files_go_only_where_that_is_allowed() {
    door.put("/a", "1");
    Door careful = Door.of(folder, Door.WRITABLE, FilesSite.Rules.USUAL);
    assertThat(careful.ask("DELETE", "/a", null).status()).isEqualTo(405);
    assertThat(careful.get("/").text()).doesNotContain("Delete a");
    assertThat(door.ask("DELETE", "/a", null).status()).isEqualTo(204);
    assertThat(door.ask("DELETE", "/a", null).status()).isEqualTo(404);
  }
}
