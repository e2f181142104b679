package usher.files.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Uploads by tus 1.0.
final class TusTest {
  private static final String PLACE = "/api/uploads";

  private final Path folder;
  private Door door;

  TusTest(@TempDir Path folder) {
    this.folder = folder;
    this.door = Door.of(folder);
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String[] tus(String... more) {
    return Stream.concat(Stream.of("Tus-Resumable", "1.0.0"), Arrays.stream(more))
        .toArray(String[]::new);
  }

  private Door.Reply create(long size, String... metadata) {
    return door.ask(
        "POST",
        PLACE,
        null,
        tus("Upload-Length", String.valueOf(size), "Upload-Metadata", String.join(",", metadata)));
  }

  private String created(long size, String name) {
    Door.Reply reply = create(size, "filename " + base64(name), "is_confidential");
    assertThat(reply.status()).isEqualTo(201);
    assertThat(reply.header("Tus-Resumable")).isEqualTo("1.0.0");
    assertThat(reply.header("Location")).startsWith(PLACE + "/");
    return reply.header("Location");
  }

  private Door.Reply patch(String place, long offset, String body, String... more) {
    return door.ask(
        "PATCH",
        place,
        body,
        Stream.concat(
                Arrays.stream(
                    tus(
                        "Upload-Offset",
                        String.valueOf(offset),
                        "Content-Type",
                        "application/offset+octet-stream")),
                Arrays.stream(more))
            .toArray(String[]::new));
  }

  private Door.Reply state(String place) {
    return door.ask("HEAD", place, null, tus());
  }

  @Test
  void a_file_comes_in_pieces_and_is_seen_when_it_is_whole() {
    String place = created(10, "ü .txt");
    Door.Reply first = patch(place, 0, "01234");
    assertThat(first.status()).isEqualTo(204);
    assertThat(first.header("Upload-Offset")).isEqualTo("5");
    Door.Reply state = state(place);
    assertThat(state.status()).isEqualTo(200);
    assertThat(state.header("Upload-Offset")).isEqualTo("5");
    assertThat(state.header("Upload-Length")).isEqualTo("10");
    assertThat(state.header("Upload-Metadata")).isEqualTo("filename " + base64("ü .txt"));
    assertThat(state.header("Cache-Control")).isEqualTo("no-store");
    assertThat(door.get("/%C3%BC%20.txt").status()).isEqualTo(404);
    assertThat(patch(place, 5, "56789").header("Upload-Offset")).isEqualTo("10");
    assertThat(folder.resolve("ü .txt")).hasContent("0123456789");
    assertThat(state(place).status()).isEqualTo(404);
  }

  @Test
  void another_process_goes_on_with_it() {
    String place = created(4, "a");
    patch(place, 0, "01");
    door = Door.of(folder);
    assertThat(patch(place, 2, "23").status()).isEqualTo(204);
    assertThat(folder.resolve("a")).hasContent("0123");
  }

  @Test
  void an_empty_file_is_stored_at_once() {
    created(0, "empty");
    assertThat(folder.resolve("empty")).isEmptyFile();
  }

  @Test
  void pieces_go_where_the_upload_is_and_nowhere_else() {
    String place = created(4, "a");
    assertThat(patch(place, 1, "1").status()).isEqualTo(409);
    assertThat(patch(place, 0, "012345").status()).isEqualTo(400);
    assertThat(patch(place, 0, "").status()).isEqualTo(204);
    assertThat(state(place).header("Upload-Offset")).isEqualTo("0");
    assertThat(patch(place, 0, "0123").status()).isEqualTo(204);
  }

  @Test
  void a_piece_that_does_not_come_to_its_checksum_is_not_taken() {
    String place = created(5, "a");
    String sha1 = "sha1 qvTGHdzF6KLavt4PO0gs2a6pQ00=";
    assertThat(patch(place, 0, "jello", "Upload-Checksum", sha1).status()).isEqualTo(460);
    assertThat(patch(place, 0, "hello", "Upload-Checksum", "md5 AAAA").status()).isEqualTo(400);
    assertThat(patch(place, 0, "hello", "Upload-Checksum", "sha1 *").status()).isEqualTo(400);
    assertThat(state(place).header("Upload-Offset")).isEqualTo("0");
    assertThat(patch(place, 0, "hello", "Upload-Checksum", sha1).status()).isEqualTo(204);
    assertThat(folder.resolve("a")).hasContent("hello");
  }

  @Test
  void a_file_that_does_not_come_to_what_was_announced_is_not_stored() {
    String hello = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824";
    String[] metadata = {"filename " + base64("a"), "sha256 " + base64(hello)};
    String wrong = create(5, metadata).header("Location");
    assertThat(patch(wrong, 0, "jello").status()).isEqualTo(400);
    assertThat(state(wrong).status()).isEqualTo(404);
    assertThat(folder.resolve("a")).doesNotExist();
    assertThat(patch(create(5, metadata).header("Location"), 0, "hello").status()).isEqualTo(204);
    assertThat(create(5, "filename YQ==", "sha256 YQ==").status()).isEqualTo(400);
  }

  @Test
  void no_file_is_replaced() {
    String late = created(1, "a");
    door.put("/a", "old");
    Door.Reply reply = create(1, "filename YQ==");
    assertThat(reply.status()).isEqualTo(403);
    assertThat(reply.header("Tus-Resumable")).isEqualTo("1.0.0");
    assertThat(patch(late, 0, "n").status()).isEqualTo(403);
    assertThat(state(late).status()).isEqualTo(404);
    assertThat(folder.resolve("a")).hasContent("old");
  }

  @Test
  void it_can_be_ended() {
    String place = created(4, "a");
    patch(place, 0, "01");
    assertThat(door.ask("DELETE", place, null, tus()).status()).isEqualTo(204);
    assertThat(state(place).status()).isEqualTo(404);
    assertThat(patch(place, 2, "23").status()).isEqualTo(404);
    assertThat(door.ask("DELETE", place, null, tus()).status()).isEqualTo(404);
  }

  @Test
  void clients_without_patch_say_what_they_mean() {
    String place = created(2, "a");
    String[] meant =
        tus(
            "X-HTTP-Method-Override",
            "PATCH",
            "Upload-Offset",
            "0",
            "Content-Type",
            "application/offset+octet-stream");
    assertThat(door.ask("POST", place, "01", meant).status()).isEqualTo(204);
    door.put("/b", "x");
    assertThat(door.ask("POST", "/b", null, "X-HTTP-Method-Override", "DELETE").status())
        .isEqualTo(405);
  }

  @Test
  void the_version_is_asked_for_and_told() {
    Door.Reply reply = door.ask("POST", PLACE, null, "Upload-Length", "1");
    assertThat(reply.status()).isEqualTo(412);
    assertThat(reply.header("Tus-Version")).isEqualTo("1.0.0");
    Door.Reply options = door.ask("OPTIONS", PLACE, null);
    assertThat(options.status()).isEqualTo(204);
    assertThat(options.header("Tus-Extension")).isEqualTo("creation,checksum,termination");
    assertThat(options.header("Tus-Max-Size")).isEqualTo(String.valueOf(2L << 30));
  }

  @Test
  void what_is_missing_or_broken_is_said() {
    assertThat(create(1).status()).isEqualTo(400);
    assertThat(create(1, "filename *").status()).isEqualTo(400);
    assertThat(create(-1, "filename YQ==").status()).isEqualTo(400);
    assertThat(create(1, "filename " + base64("../a")).status()).isEqualTo(400);
    assertThat(create(1, "filename " + base64("api/a")).status()).isEqualTo(400);
    for (String id : new String[] {"x", "x".repeat(40), "*".repeat(32) + "MSAtIGE", "/"}) {
      assertThat(state(PLACE + "/" + id).status()).as(id).isEqualTo(404);
    }
    String place = created(1, "a");
    assertThat(door.ask("PATCH", place, "x", tus("Upload-Offset", "0")).status()).isEqualTo(415);
    // Made up, but in the right form.
    assertThat(state(PLACE + "/" + "0".repeat(32) + "MSAtIGE").status()).isEqualTo(404);
  }

  @Test
  void a_file_is_as_large_as_the_limit_at_most() {
    door = Door.of(folder, Door.WRITABLE, FilesSite.Rules.USUAL.withMaxFile(4));
    assertThat(create(3, "filename " + base64("a")).status()).isEqualTo(201);
    assertThat(create(4, "filename " + base64("b")).status()).isEqualTo(201);
    assertThat(create(5, "filename " + base64("c")).status()).isEqualTo(413);
  }
}
