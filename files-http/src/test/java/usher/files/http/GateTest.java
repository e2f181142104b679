package usher.files.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Who may come in, and from where.
final class GateTest {
  private final Path folder;
  private final Door open;

  GateTest(@TempDir Path folder) {
    this.folder = folder;
    this.open = Door.of(folder);
  }

  private Door door(Access access) {
    return Door.of(folder, Door.WRITABLE, FilesSite.Rules.USUAL.withAccess(access));
  }

  private static String basic(String both) {
    return "Basic " + Base64.getEncoder().encodeToString(both.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void a_page_of_another_site_changes_nothing() {
    for (String site : new String[] {"cross-site", "same-site", "anything"}) {
      assertThat(open.put("/a", "x", "Sec-Fetch-Site", site).status()).isEqualTo(403);
      assertThat(open.ask("DELETE", "/a", null, "Sec-Fetch-Site", site).status()).isEqualTo(403);
      assertThat(open.ask("POST", "/", "x", "Sec-Fetch-Site", site).status()).isEqualTo(403);
      assertThat(open.ask("POST", "/api/uploads", null, "Sec-Fetch-Site", site).status())
          .isEqualTo(403);
      assertThat(open.get("/", "Sec-Fetch-Site", site).status()).isEqualTo(200);
    }
    for (String origin :
        new String[] {
          "http://other.example", "null", "http://door.example:81", "http://door.example.evil"
        }) {
      assertThat(open.put("/a", "x", "Origin", origin).status()).as(origin).isEqualTo(403);
    }
    assertThat(folder.resolve("a")).doesNotExist();
  }

  @Test
  void our_own_page_and_what_is_no_browser_may() {
    assertThat(open.put("/a", "x", "Sec-Fetch-Site", "same-origin").status()).isEqualTo(201);
    assertThat(open.put("/b", "x", "Sec-Fetch-Site", "none").status()).isEqualTo(201);
    assertThat(open.put("/c", "x", "Origin", "https://DOOR.example").status()).isEqualTo(201);
    assertThat(open.put("/d", "x").status()).isEqualTo(201);
  }

  @Test
  void who_shows_a_secret_comes_in() {
    Door door = door(Access.OPEN.withPassword("ann", "p:ä").withToken("abc.def=="));
    assertThat(door.get("/", "Authorization", basic("ann:p:ä")).status()).isEqualTo(200);
    assertThat(door.get("/", "Authorization", basic("ann:p:ä").replace("Basic", "bAsIc ")).status())
        .isEqualTo(200);
    assertThat(door.get("/", "Authorization", "Bearer abc.def==").status()).isEqualTo(200);
  }

  @Test
  void who_shows_none_or_another_does_not() {
    Door door = door(Access.OPEN.withPassword("ann", "secret").withToken("token"));
    for (String shown :
        new String[] {
          basic("ann:"),
          basic("ann:secretx"),
          basic("bob:secret"),
          "Basic",
          "Basic token",
          "Bearer",
          "Bearer tokenx",
          basic("ann:secret").replace("Basic", "Bearer"),
          ""
        }) {
      assertThat(door.get("/", "Authorization", shown).status()).as(shown).isEqualTo(401);
    }
    Door.Reply reply = door.get("/a");
    assertThat(reply.status()).isEqualTo(401);
    assertThat(reply.header("WWW-Authenticate"))
        .isEqualTo("Basic realm=\"files\", charset=\"UTF-8\", Bearer realm=\"files\"");
    assertThat(door.get("/", "Authorization", "Bearer token", "Authorization", "x").status())
        .isEqualTo(401);
    assertThat(door(Access.OPEN.withToken("t")).get("/").header("WWW-Authenticate"))
        .isEqualTo("Bearer realm=\"files\"");
  }

  @Test
  void secrets_are_such_as_can_be_shown() {
    assertThatIllegalArgumentException().isThrownBy(() -> Access.OPEN.withPassword("a:b", "c"));
    assertThatIllegalArgumentException().isThrownBy(() -> Access.OPEN.withToken("a b"));
    assertThat(FilesSite.Rules.USUAL.withAccess(Access.OPEN.withToken("verysecret")).toString())
        .doesNotContain("verysecret");
  }
}
