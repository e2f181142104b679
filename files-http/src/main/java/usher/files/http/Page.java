package usher.files.http;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import usher.files.FileEntry;
import usher.files.FileLibrary;
import usher.http.HttpRequest;
import usher.http.HttpResponse;
import usher.http.site.FileSize;
import usher.http.site.Links;

/// The page for people: one document with its style and script inside, which loads nothing; all it
/// says of files is escaped. Without the script its form still sends files; with it they are
/// dropped on the page, sent by tus in pieces, and go on where they were cut, also after the page
/// was closed.
final class Page {
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final FileLibrary library;
  private final FilesSite.Rules rules;
  private final String style = Resources.text("page.css");
  private final String script = Resources.text("page.js");
  private final String policy =
      "default-src 'none'; style-src '%s'; script-src '%s'; connect-src 'self'; form-action 'self';"
              .formatted(hash(style), hash(script))
          + " base-uri 'none'; frame-ancestors 'none'";

  Page(FileLibrary library, FilesSite.Rules rules) {
    this.library = library;
    this.rules = rules;
  }

  private static String hash(String text) {
    try {
      byte[] sum =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return "sha256-" + Base64.getEncoder().encodeToString(sum);
    } catch (NoSuchAlgorithmException impossible) {
      throw new AssertionError("every JDK has SHA-256", impossible);
    }
  }

  /// `GET /`.
  HttpResponse show(HttpRequest request) {
    List<FileEntry> entries =
        library.list().stream().filter(entry -> Places.reachable(entry.name())).toList();
    return HttpResponse.html(render(entries))
        .header("Content-Security-Policy", policy)
        .header("X-Content-Type-Options", "nosniff")
        .header("Referrer-Policy", "same-origin")
        .header("Cache-Control", "no-cache");
  }

  private String render(List<FileEntry> entries) {
    boolean deletable = library.writable() && rules.deletable();
    StringBuilder page =
        new StringBuilder(style.length() + script.length() + 2048 + 400 * entries.size());
    page.append("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
    page.append(
        "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>");
    Links.escape(page, rules.title());
    page.append("</title>\n<style>").append(style).append("</style>\n</head>\n<body>\n<h1>");
    Links.escape(page, rules.title());
    page.append("</h1>\n");
    if (library.writable()) {
      page.append(
          """
          <form class="card" method="post" action="./" enctype="multipart/form-data">
          <label for="files">Add files</label>
          <input id="files" type="file" name="file" multiple required>
          <button>Upload</button>
          <p class="hint" hidden>or drop them anywhere on this page</p>
          </form>
          <ul id="uploads" aria-label="Uploads" aria-live="polite"></ul>
          """);
    }
    page.append("<main class=\"card\">\n");
    if (entries.isEmpty()) {
      page.append("<p class=\"none\">There are no files yet.</p>\n");
    } else {
      table(page, entries, deletable);
    }
    page.append("</main>\n<footer>");
    long bytes = entries.stream().mapToLong(FileEntry::size).sum();
    page.append(entries.size()).append(entries.size() == 1 ? " file, " : " files, ");
    page.append(FileSize.of(bytes));
    page.append(" · <a href=\"api/files\">JSON</a></footer>\n");
    if (library.writable()) {
      page.append("<script>").append(script).append("</script>\n");
    }
    return page.append("</body>\n</html>\n").toString();
  }

  private static void table(StringBuilder page, List<FileEntry> entries, boolean deletable) {
    page.append("<table>\n<thead><tr><th scope=\"col\">Name</th><th scope=\"col\">Size</th>");
    page.append("<th scope=\"col\" class=\"date\">Modified</th>");
    page.append(deletable ? "<th scope=\"col\"><span>Delete</span></th>" : "");
    page.append("</tr></thead>\n<tbody>\n");
    for (FileEntry entry : entries) {
      String link = "./" + Places.link(entry.name());
      page.append("<tr><td><a href=\"").append(link).append('"');
      if (entry.checksum().isPresent()) {
        page.append(" title=\"SHA-256 ").append(entry.checksum().get()).append('"');
      }
      page.append('>');
      Links.escape(page, entry.name().text());
      page.append("</a></td><td class=\"size\" title=\"").append(entry.size());
      page.append(" bytes\"><a href=\"")
          .append(link)
          .append("?download=1\" aria-label=\"Download ");
      Links.escape(page, entry.name().text());
      page.append("\">").append(FileSize.of(entry.size())).append("</a></td>");
      page.append("<td class=\"date\"><time datetime=\"");
      page.append(entry.modified().truncatedTo(ChronoUnit.SECONDS)).append("\">");
      DATE.formatTo(entry.modified(), page);
      page.append("</time></td>");
      if (deletable) {
        page.append("<td class=\"delete\"><button type=\"button\" hidden aria-label=\"Delete ");
        Links.escape(page, entry.name().text());
        page.append("\">×</button></td>");
      }
      page.append("</tr>\n");
    }
    page.append("</tbody>\n</table>\n");
  }
}
