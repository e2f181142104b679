package usher.http.site;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.Locale;

/// The page that shows a folder. One document with its style, script and icons inside, which loads
/// nothing; all it says of files is escaped. Sorting is by links, so the script, which narrows the
/// list down to what is typed, may be off.
final class ListingPage {
  private static final String STYLE = resource("listing.css");
  private static final String SCRIPT = resource("listing.js");
  private static final String ICONS = resource("listing.svg");

  /// Its `Content-Security-Policy`: just this style and this script, by their hashes.
  static final String POLICY =
      "default-src 'none'; style-src '%s'; script-src '%s'; base-uri 'none'; form-action 'none'"
          .formatted(hash(STYLE), hash(SCRIPT));

  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final ContentTypes types;
  private final String title;

  /// @param title what the site's root is called; may be empty
  ListingPage(ContentTypes types, String title) {
    this.types = types;
    this.title = title;
  }

  private static String resource(String name) {
    try (InputStream in = ListingPage.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new AssertionError("not in the jar: " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException thrown) {
      throw new UncheckedIOException(thrown);
    }
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

  /// The page.
  ///
  /// @param entries in the order to show them in
  /// @param more whether there are others that are left out
  String render(SitePath path, List<Folder.Entry> entries, boolean more, Listing.Order order) {
    var page = new StringBuilder(STYLE.length() + ICONS.length() + 4096 + 320 * entries.size());
    page.append("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
    page.append(
        "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>");
    Links.escape(page, path.relative().isEmpty() ? root() : path.name());
    page.append("</title>\n<style>").append(STYLE).append("</style>\n</head>\n<body>\n");
    page.append(ICONS).append("<header>\n");
    breadcrumb(page, path);
    page.append(
        "<input type=\"search\" placeholder=\"Filter\" aria-label=\"Filter by name\" hidden>\n");
    page.append("</header>\n<main class=\"card\">\n<table>\n");
    head(page, order);
    page.append("<tbody>\n");
    if (!path.relative().isEmpty()) {
      page.append("<tr class=\"parent\"><td><a href=\"../\">");
      icon(page, "up");
      page.append("Parent folder</a></td><td></td><td></td></tr>\n");
    }
    for (Folder.Entry entry : entries) {
      row(page, entry);
    }
    page.append("</tbody>\n</table>\n");
    if (entries.isEmpty()) {
      page.append("<div class=\"none\">This folder is empty.</div>\n");
    }
    page.append("</main>\n<footer aria-live=\"polite\">");
    summary(page, entries, more);
    page.append("</footer>\n<script>").append(SCRIPT).append("</script>\n</body>\n</html>\n");
    return page.toString();
  }

  private String root() {
    return title.isEmpty() ? "Files" : title;
  }

  private void breadcrumb(StringBuilder page, SitePath path) {
    String[] names = path.relative().isEmpty() ? new String[0] : path.relative().split("/", -1);
    page.append("<h1>");
    crumb(page, names.length, root(), true);
    for (int i = 0; i < names.length; i++) {
      page.append("<span class=\"cut\">/</span>");
      crumb(page, names.length - 1 - i, names[i], false);
    }
    page.append("</h1>\n");
  }

  /// @param above how many folders up it leads
  private static void crumb(StringBuilder page, int above, String name, boolean home) {
    page.append(
        above == 0
            ? "<a href=\"./\" aria-current=\"page\">"
            : "<a href=\"" + "../".repeat(above) + "\">");
    if (home) {
      icon(page, "home");
    }
    Links.escape(page, name);
    page.append("</a>");
  }

  private static void head(StringBuilder page, Listing.Order order) {
    page.append("<thead><tr>");
    for (Listing.Column column : Listing.Column.values()) {
      boolean current = column == order.column();
      boolean descending = current && !order.descending();
      page.append("<th scope=\"col\" class=\"").append(column.token).append('"');
      if (current) {
        page.append(" aria-sort=\"")
            .append(order.descending() ? "descending" : "ascending")
            .append('"');
      }
      page.append("><a href=\"?sort=").append(column.token);
      page.append(descending ? "&amp;order=desc" : "").append("\" rel=\"nofollow\">");
      page.append(column.title).append("</a></th>");
    }
    page.append("</tr></thead>\n");
  }

  private void row(StringBuilder page, Folder.Entry entry) {
    String link = Links.encode(entry.name());
    page.append("<tr><td><a href=\"").append(link).append(entry.isDirectory() ? "/\">" : "\">");
    icon(page, entry.isDirectory() ? "folder" : icon(entry.name()));
    page.append("<span>");
    Links.escape(page, entry.name());
    page.append("</span></a></td><td class=\"size\"");
    if (entry.isDirectory()) {
      page.append('>');
    } else {
      long size = entry.attributes().size();
      page.append(" title=\"").append(size).append(" bytes\">").append(FileSize.of(size));
    }
    Instant modified = entry.attributes().lastModifiedTime().toInstant();
    page.append("</td><td class=\"date\"><time datetime=\"");
    page.append(modified.truncatedTo(ChronoUnit.SECONDS)).append("\">");
    DATE.formatTo(modified, page);
    page.append("</time></td></tr>\n");
  }

  private static void icon(StringBuilder page, String name) {
    page.append("<svg class=\"").append(name).append("\" aria-hidden=\"true\"><use href=\"#");
    page.append(name).append("\"/></svg>");
  }

  private String icon(String name) {
    String type = types.of(name);
    int slash = type.indexOf('/');
    return switch (type.substring(0, slash)) {
      case "image" -> "image";
      case "audio" -> "audio";
      case "video" -> "video";
      case "text" ->
          type.startsWith("text/plain") || type.startsWith("text/markdown") ? "text" : "code";
      default -> {
        if (ContentTypes.isText(type)) {
          yield "code";
        }
        String sub = type.substring(slash + 1);
        if (sub.startsWith("pdf") || sub.contains("document") || sub.startsWith("ms")) {
          yield "document";
        }
        yield type.equals(ContentTypes.UNKNOWN) || sub.contains("sqlite") ? "file" : "packed";
      }
    };
  }

  private static void summary(StringBuilder page, List<Folder.Entry> entries, boolean more) {
    int folders = 0;
    long bytes = 0;
    for (Folder.Entry entry : entries) {
      if (entry.isDirectory()) {
        folders++;
      } else {
        bytes += entry.attributes().size();
      }
    }
    int files = entries.size() - folders;
    page.append(folders).append(folders == 1 ? " folder, " : " folders, ");
    page.append(files).append(files == 1 ? " file, " : " files, ").append(FileSize.of(bytes));
    if (more) {
      page.append(". Only the first ").append(entries.size()).append(" entries are shown.");
    }
  }
}
