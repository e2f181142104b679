package usher.http.site;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import usher.http.HttpRequest;
import usher.http.HttpResponse;

/// Lists folders that have no index file. The page shows what can be asked for and nothing else: no
/// hidden names, no links that lead outside, no special files. Blocks.
final class Listing {
  /// Entries on one page. A folder with more is shown in part, and the page says so.
  static final int MOST = 10_000;

  private static final Set<Encoding> PLAIN = EnumSet.of(Encoding.IDENTITY);
  private static final Set<Encoding> GZIP = EnumSet.of(Encoding.GZIP, Encoding.IDENTITY);

  private final Folder folder;
  private final ListingPage page;
  private final boolean gzip;

  /// What a listing is sorted by, folders first in any case.
  ///
  /// @param column by name where it is none
  record Order(Column column, boolean descending) {
    static final Order STANDARD = new Order(Column.NAME, false);

    static Order of(HttpRequest request) {
      if (request.query() == null) {
        return STANDARD;
      }
      String wanted = request.query("sort");
      for (Column column : Column.values()) {
        if (column.token.equals(wanted)) {
          return new Order(column, "desc".equals(request.query("order")));
        }
      }
      return STANDARD;
    }

    Comparator<Folder.Entry> entries() {
      Comparator<Folder.Entry> byName =
          Comparator.comparing(Folder.Entry::name, NaturalOrder.NAMES);
      Comparator<Folder.Entry> order =
          switch (column) {
            case NAME -> byName;
            // The size of a folder says nothing.
            case SIZE ->
                Comparator.comparingLong(
                    entry -> entry.isDirectory() ? 0 : entry.attributes().size());
            case MODIFIED -> Comparator.comparing(entry -> entry.attributes().lastModifiedTime());
          };
      return Comparator.comparing((Folder.Entry entry) -> !entry.isDirectory())
          .thenComparing(descending ? order.reversed() : order)
          .thenComparing(byName);
    }
  }

  /// The columns.
  enum Column {
    NAME("name", "Name"),
    SIZE("size", "Size"),
    MODIFIED("date", "Modified (UTC)");

    /// As it stands in a query.
    final String token;

    /// As it stands on the page.
    final String title;

    Column(String token, String title) {
      this.token = token;
      this.title = title;
    }
  }

  Listing(Folder folder, ContentTypes types, String title, boolean gzip) {
    this.folder = folder;
    this.page = new ListingPage(types, title);
    this.gzip = gzip;
  }

  /// The page of a folder.
  ///
  /// @param real its path without links
  /// @param path its path in the site
  HttpResponse page(Path real, SitePath path, HttpRequest request) throws IOException {
    Order order = Order.of(request);
    List<Folder.Entry> entries = folder.list(real, MOST + 1);
    boolean more = entries.size() > MOST;
    if (more) {
      entries.removeLast();
    }
    entries.sort(order.entries());
    byte[] html = page.render(path, entries, more, order).getBytes(StandardCharsets.UTF_8);
    Encoding encoding =
        Encoding.choose(request.headers().joined("Accept-Encoding"), gzip ? GZIP : PLAIN);
    HttpResponse response =
        HttpResponse.bytes(
                "text/html; charset=utf-8",
                encoding == Encoding.GZIP ? GzipSource.compress(html) : html)
            .header("Cache-Control", "no-cache")
            .header("Content-Security-Policy", ListingPage.POLICY)
            .header("X-Content-Type-Options", "nosniff");
    if (gzip) {
      response = response.header("Vary", "Accept-Encoding");
    }
    return encoding == Encoding.GZIP
        ? response.header("Content-Encoding", encoding.token)
        : response;
  }
}
