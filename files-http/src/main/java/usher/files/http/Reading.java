package usher.files.http;

import java.io.IOException;
import usher.files.FileEntry;
import usher.files.FileLibrary;
import usher.files.FileName;
import usher.files.LibraryException;
import usher.files.OpenFile;
import usher.http.HttpException;
import usher.http.HttpRequest;
import usher.http.HttpResponse;
import usher.http.site.ContentTypes;
import usher.http.site.Download;
import usher.http.site.Links;

/// Sends files.
///
/// They come from strangers, and have the same origin as the page: a browser shows them as
/// documents without scripts and without an origin (`sandbox`), so that none acts in the name of
/// who looks at it.
final class Reading {
  private static final String PDF = "application/pdf";
  private static final String HARMLESS =
      "sandbox; default-src 'none'; img-src 'self' data:; media-src 'self'; style-src"
          + " 'unsafe-inline'; frame-ancestors 'none'";

  private final FileLibrary library;

  Reading(FileLibrary library) {
    this.library = library;
  }

  /// One file, or what is asked of it.
  HttpResponse answer(HttpRequest request) throws IOException {
    OpenFile file = library.open(name(request));
    HttpResponse answer;
    FileEntry entry = file.entry();
    String digest = "";
    try {
      if (entry.checksum().isPresent() || Digests.wanted(request.headers())) {
        digest = Digests.field(library.checksum(file));
      }
    } catch (RuntimeException thrown) {
      file.close();
      throw thrown;
    }
    String type = ContentTypes.STANDARD.of(entry.name().segments().getLast());
    answer =
        new Download(file.channel(), entry.size(), type, Places.version(entry)).answer(request);
    if (answer.status() == 304) {
      return answer;
    }
    if (!digest.isEmpty()) {
      answer = answer.header(Digests.FIELD, digest);
    }
    if (!type.equals(PDF)) {
      // Browsers do not show a PDF in a sandbox; scripts in one do not reach the origin anyway.
      answer = answer.header("Content-Security-Policy", HARMLESS);
    }
    if (!request.queryAll("download").isEmpty()) {
      String shown = Links.encode(entry.name().segments().getLast());
      answer = answer.header("Content-Disposition", "attachment; filename*=UTF-8''" + shown);
    }
    return answer;
  }

  /// A name that no file can have is one that is not there.
  private static FileName name(HttpRequest request) {
    try {
      return Places.name(request);
    } catch (LibraryException unnameable) {
      throw new HttpException(404, "there is no such file", unnameable);
    }
  }
}
