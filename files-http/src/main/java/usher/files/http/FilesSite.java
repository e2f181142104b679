package usher.files.http;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import usher.files.FileLibrary;
import usher.http.HttpException;
import usher.http.HttpHandler;
import usher.http.HttpRequest;
import usher.http.HttpResponse;
import usher.http.Routed;
import usher.http.route.Router;

/// A file library by HTTP, for browsers, for `curl` and for programs.
///
/// | place | what |
/// |---|---|
/// | `GET /` | a page: the list, and where the library takes files a form for them |
/// | `POST /` | files of a form (`multipart/form-data`); none replaces another |
/// | `GET /NAME` | a file: ranges, conditions, `Repr-Digest`; with `?download` to be kept |
/// | `PUT /NAME` | stores a file, in place of another unless conditions say otherwise |
/// | `DELETE /NAME` | takes a file away |
/// | `GET /api/files` | the list as JSON |
/// | `/api/uploads` | uploads that can be resumed: tus 1.0, see [Tus] |
/// | `GET /api/openapi.json` | all of this for programs |
///
/// A place that the library or the rules do not allow is not there: `405`. What lies in a folder
/// `api` of the library has no place here.
///
/// Who asks is checked before anything is read of the body: see [Gate]. All else is done by
/// blocking handlers.
///
/// Bodies are received whole before they are stored, so all bytes that come by `PUT`, form or tus
/// are written twice, first to the protocol's folder for bodies. That should be on a disk, not in
/// memory: [usher.http.HttpProtocol#withBodyFolder]. Bodies may be as large as [Rules#maxFile]
/// says, whatever [usher.session.Limits#bodyBytes] does.
///
/// It may be mounted under a prefix. Thread-safe.
public final class FilesSite implements HttpHandler {
  private static final String UPLOADS = "/api/uploads";
  private static final Set<String> OVERRIDES = Set.of("PATCH", "DELETE");

  /// How much besides its files a form may have.
  private static final long FORM = 1 << 20;

  private final Gate gate;
  private final Router router;

  /// What this door allows beyond what the library does.
  ///
  /// @param title what the page is called
  /// @param deletable whether files may be deleted, where they may be stored
  /// @param maxFile the most bytes that one request brings; best what the library takes of one file
  /// @param access who may come in
  public record Rules(String title, boolean deletable, long maxFile, Access access) {
    /// Nothing is deleted, files of 2 GiB, open to all.
    public static final Rules USUAL = new Rules("Files", false, 2L << 30, Access.OPEN);

    /// @throws IllegalArgumentException if the limit is negative
    public Rules {
      if (maxFile < 0) {
        throw new IllegalArgumentException("no limit: " + maxFile);
      }
    }

    /// The same with another title.
    public Rules withTitle(String value) {
      return new Rules(value, deletable, maxFile, access);
    }

    /// The same, but files may be deleted.
    public Rules withDeletion() {
      return new Rules(title, true, maxFile, access);
    }

    /// The same with another size.
    public Rules withMaxFile(long value) {
      return new Rules(title, deletable, value, access);
    }

    /// The same with others who may come in.
    public Rules withAccess(Access value) {
      return new Rules(title, deletable, maxFile, value);
    }
  }

  private FilesSite(FileLibrary library, Rules rules) {
    this.gate = new Gate(rules.access());
    Page page = new Page(library, rules);
    Reading reading = new Reading(library);
    Catalogue catalogue = new Catalogue(library, rules);
    Router.Builder routes =
        Router.builder()
            .get("/", Leaf.bare(page::show))
            .get("/api/files", Leaf.bare(catalogue::files))
            .get("/api/openapi.json", Leaf.bare(catalogue::openApi))
            .any("/api/{rest...}", Leaf.bare(FilesSite::nothing))
            .get("/{name...}", Leaf.bare(reading::answer));
    if (library.writable()) {
      Turns turns = new Turns();
      Writing writing = new Writing(library, turns);
      Tus tus = new Tus(library, rules.maxFile());
      routes
          .put("/{name...}", Leaf.taking(rules.maxFile(), writing::put))
          .post("/", Leaf.taking(rules.maxFile() + FORM, new FormUpload(library)::post))
          .on("OPTIONS", UPLOADS, Leaf.bare(tus::options))
          .post(UPLOADS, Leaf.bare(tus::create))
          .on("HEAD", UPLOADS + "/{id}", Leaf.bare(tus::state))
          .patch(UPLOADS + "/{id}", Leaf.taking(rules.maxFile(), tus::append))
          .delete(UPLOADS + "/{id}", Leaf.bare(tus::end));
      if (rules.deletable()) {
        routes.delete("/{name...}", Leaf.bare(writing::delete));
      }
    }
    this.router = routes.build();
  }

  /// A library by HTTP.
  public static HttpHandler of(FileLibrary library, Rules rules) {
    return new FilesSite(library, rules);
  }

  private static HttpResponse nothing(HttpRequest request) {
    throw new HttpException(404, "there is nothing at this place");
  }

  @Override
  public Routed route(HttpRequest head) {
    HttpException refusal = gate.refusal(head);
    if (refusal != null) {
      return new Routed(
          Leaf.bare(
              request -> {
                throw refusal;
              }),
          head);
    }
    String meant = meant(head);
    return router.route(meant == null ? head : head.withMethod(meant));
  }

  /// The method that a client means which can only send `GET` and `POST` (tus 1.0,
  /// `X-HTTP-Method-Override`).
  private static @Nullable String meant(HttpRequest head) {
    String meant = head.header("X-HTTP-Method-Override");
    return meant != null
            && OVERRIDES.contains(meant)
            && head.method().equals("POST")
            && head.target().rawPath().startsWith(UPLOADS + "/")
        ? meant
        : null;
  }

  @Override
  public HttpResponse handle(HttpRequest request) throws Exception {
    Routed routed = route(request);
    return routed.handler().handle(routed.request());
  }
}
