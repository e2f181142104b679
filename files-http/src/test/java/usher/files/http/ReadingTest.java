package usher.files.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import usher.files.disk.FolderRules;

/// The page, the list and downloads.
final class ReadingTest {
  private static final String SHA_256_OF_HELLO = "LPJNul+wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ=";

  private final Path folder;
  private final Door door;

  ReadingTest(@TempDir Path folder) {
    this.folder = folder;
    this.door = Door.of(folder);
  }

  @BeforeEach
  void a_file_is_there() {
    assertThat(door.put("/a.txt", "hello").status()).isEqualTo(201);
  }

  private Door readOnly() {
    return Door.of(folder, FolderRules.USUAL, FilesSite.Rules.USUAL.withDeletion());
  }

  @Test
  void a_file_comes_with_its_validators_and_its_checksum() {
    Door.Reply reply = door.get("/a.txt");
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.text()).isEqualTo("hello");
    assertThat(reply.header("Content-Type")).isEqualTo("text/plain; charset=utf-8");
    assertThat(reply.header("Repr-Digest")).isEqualTo("sha-256=:" + SHA_256_OF_HELLO + ":");
    assertThat(reply.header("Accept-Ranges")).isEqualTo("bytes");
    assertThat(reply.header("ETag")).startsWith("\"2cf24dba5fb0a30e").endsWith("\"");
    assertThat(reply.has("Last-Modified")).isTrue();
    assertThat(reply.has("Content-Disposition")).isFalse();
  }

  @Test
  void the_checksum_of_a_file_that_was_laid_there_is_worked_out_when_it_is_wanted()
      throws IOException {
    Files.writeString(folder.resolve("laid.bin"), "hello");
    assertThat(door.get("/laid.bin").has("Repr-Digest")).isFalse();
    assertThat(door.get("/laid.bin", "Want-Repr-Digest", "sha-256=0").has("Repr-Digest")).isFalse();
    assertThat(
            door.get("/laid.bin", "Want-Repr-Digest", "sha-512=9, sha-256=1").header("Repr-Digest"))
        .isEqualTo("sha-256=:" + SHA_256_OF_HELLO + ":");
  }

  @Test
  void parts_of_it_come_as_parts() {
    Door.Reply one = door.get("/a.txt", "Range", "bytes=1-3");
    assertThat(one.status()).isEqualTo(206);
    assertThat(one.text()).isEqualTo("ell");
    assertThat(one.header("Content-Range")).isEqualTo("bytes 1-3/5");
    Door.Reply behind = door.get("/a.txt", "Range", "bytes=5-");
    assertThat(behind.status()).isEqualTo(416);
    assertThat(behind.header("Content-Range")).isEqualTo("bytes */5");
  }

  @Test
  void conditions_count() {
    String tag = door.get("/a.txt").header("ETag");
    assertThat(door.get("/a.txt", "If-None-Match", tag).status()).isEqualTo(304);
    assertThat(door.get("/a.txt", "If-None-Match", "\"b\"").status()).isEqualTo(200);
    assertThat(door.get("/a.txt", "If-Match", "\"b\"").status()).isEqualTo(412);
    assertThat(door.get("/a.txt", "Range", "bytes=0-0", "If-Range", tag).status()).isEqualTo(206);
    assertThat(door.get("/a.txt", "Range", "bytes=0-0", "If-Range", "\"b\"").status())
        .isEqualTo(200);
  }

  @Test
  void what_strangers_have_stored_runs_no_script_in_our_name() {
    door.put("/page.html", "<script>alert(1)</script>");
    assertThat(door.get("/page.html").header("Content-Security-Policy")).startsWith("sandbox;");
    assertThat(door.get("/page.html").header("X-Content-Type-Options")).isEqualTo("nosniff");
  }

  @Test
  void a_file_that_is_to_be_kept_says_its_name() {
    door.put("/%C3%BC%22.txt", "x");
    assertThat(door.get("/%C3%BC%22.txt?download=1").header("Content-Disposition"))
        .isEqualTo("attachment; filename*=UTF-8''%C3%BC%22.txt");
  }

  @Test
  void what_is_not_there_or_could_not_be_is_not_found() throws IOException {
    Files.createDirectory(folder.resolve("sub"));
    for (String target :
        List.of(
            "/b",
            "/..",
            "/%2e%2e/etc/passwd",
            "/.usher",
            "/sub",
            "/a%00",
            "/sub/",
            "/api/x",
            "/a.txt/")) {
      assertThat(door.get(target).status()).as(target).isEqualTo(404);
    }
  }

  @Test
  void head_tells_the_same_without_a_body() {
    Door.Reply reply = door.ask("HEAD", "/a.txt", null);
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.response().body().length()).isEqualTo(5);
  }

  @Test
  void the_page_lists_what_is_there_escaped() {
    door.put("/%3Cb%3E&.txt", "x");
    Door.Reply page = door.get("/");
    assertThat(page.status()).isEqualTo(200);
    assertThat(page.text())
        .contains(
            "href=\"./%3Cb%3E%26.txt\"", "&lt;b&gt;&amp;.txt", "<form", "2 files", "Delete a.txt")
        .doesNotContain("<b>");
    assertThat(page.header("Content-Security-Policy"))
        .startsWith("default-src 'none'; style-src 'sha256-")
        .doesNotContain("unsafe");
  }

  @Test
  void a_library_that_takes_nothing_shows_no_form_and_has_no_places_for_it() {
    Door readOnly = readOnly();
    assertThat(readOnly.get("/").text()).doesNotContain("<form", "<script", "<button");
    assertThat(readOnly.put("/b.txt", "x").status()).isEqualTo(405);
    assertThat(readOnly.put("/b.txt", "x").header("Allow")).isEqualTo("GET, HEAD, OPTIONS");
    assertThat(readOnly.ask("DELETE", "/a.txt", null).status()).isEqualTo(405);
    assertThat(readOnly.ask("POST", "/", "x").status()).isEqualTo(405);
    assertThat(readOnly.ask("POST", "/api/uploads", null).status()).isEqualTo(404);
  }

  @Test
  void the_list_is_json() throws IOException {
    Files.writeString(folder.resolve("\"\u00fc.bin"), "four");
    JsonNode list = new ObjectMapper().readTree(door.get("/api/files").body());
    assertThat(list.get("writable").asBoolean()).isTrue();
    assertThat(list.get("deletable").asBoolean()).isTrue();
    JsonNode first = list.get("files").get(0);
    assertThat(first.get("name").asString()).isEqualTo("\"\u00fc.bin");
    assertThat(first.get("href").asString()).isEqualTo("/%22%C3%BC.bin");
    assertThat(first.get("size").asLong()).isEqualTo(4);
    assertThat(first.get("sha256").isNull()).isTrue();
    JsonNode second = list.get("files").get(1);
    assertThat(second.get("sha256").asString()).startsWith("2cf24dba5fb0a30e").hasSize(64);
    assertThat(java.time.Instant.parse(second.get("modified").asString())).isNotNull();
  }

  @Test
  void an_empty_list_is_json_too(@TempDir Path empty) {
    JsonNode list = new ObjectMapper().readTree(Door.of(empty).get("/api/files").body());
    assertThat(list.get("files").size()).isZero();
    assertThat(Door.of(empty).get("/").text()).contains("There are no files yet.");
  }

  @Test
  void every_place_of_the_document_for_programs_is_one() {
    JsonNode document = new ObjectMapper().readTree(door.get("/api/openapi.json").body());
    assertThat(document.get("openapi").asString()).isEqualTo("3.1.0");
    document
        .get("paths")
        .forEachEntry(
            (path, operations) ->
                operations.forEachEntry(
                    (method, _) -> {
                      if (!method.equals("parameters")) {
                        String target = path.replace("{name}", "a.txt").replace("{id}", "none");
                        int status =
                            door.ask(method.toUpperCase(java.util.Locale.ROOT), target, null)
                                .status();
                        assertThat(status).as(method + " " + path).isNotEqualTo(405);
                      }
                    }));
  }
}
