package usher.http.site;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ListingTest {
  private static final Pattern ROW =
      Pattern.compile("<tr><td><a href=\"([^\"]*)\">.*?<span>(.*?)</span>");

  @TempDir Path folder;
  private Grounds grounds;
  private Guest guest;

  @BeforeEach
  void grounds() throws IOException {
    grounds = new Grounds(folder);
    guest = new Guest(grounds.site().title("My files").build());
  }

  private List<String> column(String target, int group) {
    Reply reply = guest.get(target);
    assertThat(reply.status()).isEqualTo(200);
    var found = new ArrayList<String>();
    Matcher rows = ROW.matcher(reply.text());
    while (rows.find()) {
      found.add(rows.group(group));
    }
    return found;
  }

  private List<String> names(String target) {
    return column(target, 2);
  }

  private void put(String name, int size, int day) throws IOException {
    grounds.put(
        name, new byte[size], Instant.parse("2025-01-01T00:00:00Z").plusSeconds(day * 86_400L));
  }

  @Test
  void entries_are_sorted_by_name_size_or_date_with_folders_first() throws IOException {
    put("b2", 30, 1);
    put("b10", 20, 3);
    put("A1", 10, 2);
    put("zoo/x", 1, 1);
    put("arc/x", 1, 1);
    Files.setLastModifiedTime(
        folder.resolve("zoo"), FileTime.from(Instant.parse("2020-01-01T00:00:00Z")));
    assertThat(names("/")).containsExactly("arc", "zoo", "A1", "b2", "b10");
    assertThat(names("/?sort=name")).containsExactly("arc", "zoo", "A1", "b2", "b10");
    assertThat(names("/?sort=name&order=desc")).containsExactly("zoo", "arc", "b10", "b2", "A1");
    assertThat(names("/?sort=size")).containsExactly("arc", "zoo", "A1", "b10", "b2");
    assertThat(names("/?sort=size&order=desc")).containsExactly("arc", "zoo", "b2", "b10", "A1");
    assertThat(names("/?sort=date")).containsExactly("zoo", "arc", "b2", "A1", "b10");
    assertThat(names("/?sort=date&order=desc")).containsExactly("arc", "zoo", "b10", "A1", "b2");
    assertThat(names("/?sort=colour&order=up")).containsExactly("arc", "zoo", "A1", "b2", "b10");
  }

  @Test
  void the_sorted_column_is_marked_and_its_link_turns_it_round() throws IOException {
    put("a", 1, 1);
    String byName = guest.get("/").text();
    assertThat(byName).contains("aria-sort=\"ascending\"><a href=\"?sort=name&amp;order=desc\"");
    assertThat(byName).contains("<a href=\"?sort=size\"").contains("<a href=\"?sort=date\"");
    String bySize = guest.get("/?sort=size&order=desc").text();
    assertThat(bySize).contains("aria-sort=\"descending\"><a href=\"?sort=size\"");
    assertThat(bySize).contains("<a href=\"?sort=name\"");
  }

  @Test
  void names_cannot_become_markup_and_links_lead_to_their_files() throws IOException {
    for (String name :
        List.of(
            "<script>alert(1)<script>",
            "\"onclick='x'",
            "a&amp;b",
            "a:b",
            "a?b#c",
            "a%2fb",
            "日本 é",
            "a\nb",
            "\u202egpj.exe")) {
      grounds.put(name, "this is " + name);
    }
    String page = guest.get("/").text();
    assertThat(page)
        .doesNotContain("<script>alert")
        .doesNotContain("onclick='x'")
        .doesNotContain("\u202e");
    assertThat(names("/")).contains("&quot;onclick=&#39;x&#39;", "a&amp;amp;b", "a\ufffdb", "日本 é");
    List<String> links = column("/", 1);
    assertThat(links).hasSize(9);
    for (String link : links) {
      assertThat(guest.get("/" + link).text()).startsWith("this is ");
      assertThat(link).matches("[A-Za-z0-9%._~-]+");
    }
  }

  @Test
  void each_entry_shows_its_size_and_date() throws IOException {
    put("f.txt", 12_345, 0);
    put("docs/x", 1, 0);
    String page = guest.get("/").text();
    assertThat(page).contains("<td class=\"size\" title=\"12345 bytes\">12 kB</td>");
    assertThat(page).contains("<time datetime=\"2025-01-01T00:00:00Z\">2025-01-01 00:00</time>");
    assertThat(page).contains("1 folder, 1 file, 12 kB");
    assertThat(page).contains("href=\"docs/\"");
  }

  @Test
  void the_breadcrumb_and_the_parent_lead_upward_relatively() throws IOException {
    put("a b/c/x", 1, 1);
    String page = guest.get("/a%20b/c/").text();
    assertThat(page).contains("<title>c</title>");
    assertThat(page).containsPattern("<a href=\"../../\">.*My files</a>");
    assertThat(page).contains("<a href=\"../\">a b</a>");
    assertThat(page).contains("<a href=\"./\" aria-current=\"page\">c</a>");
    assertThat(page).containsPattern("<a href=\"../\">.*Parent folder</a>");
    String root = guest.get("/").text();
    assertThat(root).contains("<title>My files</title>").doesNotContain("Parent folder");
  }

  @Test
  void an_empty_folder_says_so() throws IOException {
    Files.createDirectory(folder.resolve("empty"));
    assertThat(guest.get("/empty/").text())
        .contains("This folder is empty")
        .contains("0 folders, 0 files, 0 B");
  }

  @Test
  void hidden_files_are_left_out_unless_they_are_shown() throws IOException {
    put(".hidden", 1, 1);
    put(".git/config", 1, 1);
    put("shown", 1, 1);
    assertThat(names("/")).containsExactly("shown");
    guest = new Guest(grounds.site().dotFiles(true).build());
    assertThat(names("/")).containsExactly(".git", ".hidden", "shown");
  }

  @Test
  void the_page_runs_its_own_style_and_script_and_nothing_else() throws Exception {
    put("a", 1, 1);
    Reply reply = guest.get("/");
    String page = reply.text();
    String policy = reply.header("Content-Security-Policy");
    assertThat(policy).startsWith("default-src 'none';").doesNotContain("unsafe");
    for (String tag : List.of("style", "script")) {
      String text =
          page.substring(
              page.indexOf("<" + tag + ">") + tag.length() + 2, page.indexOf("</" + tag + ">"));
      byte[] sum =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      assertThat(policy)
          .contains(tag + "-src 'sha256-" + Base64.getEncoder().encodeToString(sum) + "'");
    }
    assertThat(page).doesNotContain("http:").doesNotContain("https:").doesNotContain("style=\"");
    assertThat(reply.header("X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(reply.header("Cache-Control")).isEqualTo("no-cache");
    assertThat(reply.header("Content-Type")).isEqualTo("text/html; charset=utf-8");
  }

  @Test
  void the_page_is_compressed_for_who_accepts_it() throws IOException {
    put("a", 1, 1);
    Reply plain = guest.get("/");
    Reply reply = guest.get("/", "Accept-Encoding", "gzip, br");
    assertThat(reply.header("Content-Encoding")).isEqualTo("gzip");
    assertThat(reply.header("Vary")).isEqualTo("Accept-Encoding");
    assertThat(plain.header("Vary")).isEqualTo("Accept-Encoding");
    assertThat(new String(reply.plain(), StandardCharsets.UTF_8)).isEqualTo(plain.text());
    assertThat(guest.ask("HEAD", "/").header("Content-Length"))
        .isEqualTo(String.valueOf(plain.body().length));
  }

  @Test
  void five_thousand_entries_are_listed_in_order() throws IOException {
    for (int i = 4_999; i >= 0; i--) {
      Files.createFile(folder.resolve("file " + i));
    }
    List<String> names = names("/");
    assertThat(names).hasSize(5_000);
    for (int i = 0; i < 5_000; i++) {
      assertThat(names.get(i)).isEqualTo("file " + i);
    }
  }

  @Test
  void beyond_the_most_a_folder_is_shown_in_part_and_says_so() throws IOException {
    for (int i = 0; i < Listing.MOST; i++) {
      Files.createFile(folder.resolve("f" + i));
    }
    assertThat(names("/")).hasSize(Listing.MOST);
    assertThat(guest.get("/").text()).doesNotContain("Only the first");
    Files.createFile(folder.resolve("one more"));
    assertThat(names("/")).hasSize(Listing.MOST);
    assertThat(guest.get("/").text()).contains("Only the first 10000 entries are shown.");
  }
}
