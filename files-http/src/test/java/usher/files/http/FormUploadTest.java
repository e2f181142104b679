package usher.files.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.ObjectMapper;

/// Files of a form.
final class FormUploadTest {
  private static final String[] FORM = {"Content-Type", "multipart/form-data; boundary=\"B\""};

  private final Path folder;
  private final Door door;

  FormUploadTest(@TempDir Path folder) {
    this.folder = folder;
    this.door = Door.of(folder);
  }

  private static String file(String name, String contents) {
    return "--B\r\nContent-Disposition: form-data; name=\"file\"; filename=\""
        + name
        + "\"\r\nContent-Type: text/plain\r\n\r\n"
        + contents
        + "\r\n";
  }

  @Test
  void all_files_of_a_form_are_stored() {
    String field = "--B\r\nContent-Disposition: form-data; name=\"note\"\r\n\r\nignored\r\n";
    Door.Reply reply =
        door.ask("POST", "/", file("a.txt", "of a") + field + file("ü.txt", "") + "--B--", FORM);
    assertThat(reply.status()).isEqualTo(201);
    var list = new ObjectMapper().readTree(reply.body()).get("files");
    assertThat(list.get(0).get("name").asString()).isEqualTo("a.txt");
    assertThat(list.get(1).get("name").asString()).isEqualTo("ü.txt");
    assertThat(folder.resolve("a.txt")).hasContent("of a");
    assertThat(folder.resolve("ü.txt")).isEmptyFile();
  }

  @Test
  void a_browser_is_sent_back_to_the_page() {
    Door.Reply reply =
        door.ask(
            "POST",
            "/",
            file("a.txt", "of a") + "--B--",
            "Content-Type",
            "multipart/form-data; boundary=B",
            "Accept",
            "text/html,*/*");
    assertThat(reply.status()).isEqualTo(303);
    assertThat(reply.header("Location")).isEqualTo("./");
  }

  @Test
  void no_file_is_replaced() {
    door.put("/a.txt", "old");
    assertThat(door.ask("POST", "/", file("a.txt", "new") + "--B--", FORM).status()).isEqualTo(409);
    assertThat(folder.resolve("a.txt")).hasContent("old");
  }

  @Test
  void what_is_cut_or_malformed_leaves_no_file_behind() throws IOException {
    assertThat(door.ask("POST", "/", file("a.txt", "of a"), FORM).status()).isEqualTo(400);
    assertThat(folder.resolve("a.txt")).doesNotExist();
    try (var left = Files.list(folder.resolve(".usher"))) {
      assertThat(left).isEmpty();
    }
    assertThat(door.ask("POST", "/", file(".hidden", "x") + "--B--", FORM).status()).isEqualTo(400);
    assertThat(door.ask("POST", "/", file("", "") + "--B--", FORM).status()).isEqualTo(400);
  }

  @Test
  void other_bodies_are_no_forms() {
    assertThat(door.ask("POST", "/", "a=b").status()).isEqualTo(415);
    assertThat(door.ask("POST", "/", "a=b", "Content-Type", "multipart/form-data").status())
        .isEqualTo(415);
    assertThat(
            door.ask("POST", "/", "a=b", "Content-Type", "multipart/form-data; boundary=ä")
                .status())
        .isEqualTo(400);
  }
}
