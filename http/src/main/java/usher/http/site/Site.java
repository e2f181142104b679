package usher.http.site;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import usher.http.HttpException;
import usher.http.HttpHandler;
import usher.http.HttpRequest;
import usher.http.HttpResponse;
import usher.http.Routed;
import usher.session.Step;

/// A folder as a web site.
/// - `GET` and `HEAD` of regular files, with their type, validators, conditions and ranges (RFC
///   9110, 13 and 14); text compressed where the client wants it, from a sibling `.br` or `.gz` if
///   there is one that is not older; `OPTIONS`; any other method is answered with `405`.
/// - A folder's path without its slash is redirected; with it, the first index file that is there
///   is served, else a listing (see [Builder#listing]).
/// - `404` for all that is not a regular file or folder inside: names that lead upward, in any
///   encoding; names with a backslash or NUL; names that begin with a dot (see [Builder#dotFiles]);
///   links that lead outside; FIFOs, devices, sockets, which are not even opened. `403` where the
///   file system denies us what is inside.
/// - A path is decoded once, by [HttpRequest#path]. The site may be mounted under a prefix:
///   redirects and links are relative.
///
/// What is in the cache is answered in place, all else by a blocking handler. What may be seen
/// stale, and for how long, is said by [FileCache]: at most a second, as it stands. Thread-safe.
/// [#close] lets go of open files; a closed site still works, without a cache.
public final class Site implements HttpHandler, Closeable {
  private static final String ALLOWED = "GET, HEAD, OPTIONS";
  private static final HttpResponse OPTIONS = HttpResponse.status(204).header("Allow", ALLOWED);

  private final Folder folder;
  private final Loader loader;
  private final @Nullable FileCache cache;
  private final Responder responder;
  private final List<String> indexes;
  private final boolean dotFiles;
  private final @Nullable Listing listing;

  private Site(Builder builder) throws IOException {
    this.folder = new Folder(builder.folder, builder.dotFiles);
    CacheLimits limits = builder.cache;
    this.cache = limits == null ? null : new FileCache(limits, builder.nanos);
    this.loader =
        new Loader(
            folder,
            new Loader.Settings(
                builder.types,
                limits == null ? 0 : limits.fileMost(),
                builder.gzip,
                builder.precompressed,
                new Representation.Policy(builder.cacheControl),
                builder.wall));
    this.responder = new Responder(builder.wall, Site::boundary);
    this.indexes = builder.indexes;
    this.dotFiles = builder.dotFiles;
    this.listing =
        builder.listing ? new Listing(folder, builder.types, builder.title, builder.gzip) : null;
  }

  /// A site over this folder, as it stands.
  ///
  /// @throws NotDirectoryException where it is no folder
  public static Site of(Path folder) throws IOException {
    return new Builder(folder).build();
  }

  /// A site over this folder, to be set up.
  public static Builder builder(Path folder) {
    return new Builder(folder);
  }

  /// The folder, without links.
  public Path folder() {
    return folder.root();
  }

  @Override
  public boolean wantsBody() {
    return false;
  }

  @Override
  public Routed route(HttpRequest head) {
    if (!reads(head)) {
      return new Routed(new NotReading(this), head);
    }
    if (cache != null) {
      try {
        Resource resource = cache.current(head.path());
        if (resource != null) {
          return new Routed(new Cached(this, resource), head);
        }
      } catch (HttpException malformed) {
        // The path cannot be decoded, which is for `handle` to say.
      }
    }
    return new Routed(this, head);
  }

  /// What takes no look at the disk: the answers to other methods.
  private record NotReading(Site site) implements HttpHandler {
    @Override
    public Step.Kind kind() {
      return Step.Kind.INLINE;
    }

    @Override
    public boolean wantsBody() {
      return false;
    }

    @Override
    public HttpResponse handle(HttpRequest request) throws IOException {
      return site.handle(request);
    }
  }

  /// A resource of the cache, to be answered in place.
  private record Cached(Site site, Resource resource) implements HttpHandler {
    @Override
    public Step.Kind kind() {
      return Step.Kind.INLINE;
    }

    @Override
    public boolean wantsBody() {
      return false;
    }

    @Override
    public HttpResponse handle(HttpRequest request) throws IOException {
      HttpResponse response = site.responder.answer(resource, request);
      // It has left the cache since it was routed: rare, and then the disk has to be asked.
      return response == null ? site.handle(request) : response;
    }
  }

  private static boolean reads(HttpRequest request) {
    return request.method().equals("GET") || request.method().equals("HEAD");
  }

  @Override
  public HttpResponse handle(HttpRequest request) throws IOException {
    if (request.method().equals("OPTIONS")) {
      return OPTIONS;
    }
    if (!reads(request)) {
      throw new HttpException(405, "files are only read here").withHeader("Allow", ALLOWED);
    }
    String key = request.path();
    SitePath path = SitePath.of(key, dotFiles);
    if (path == null) {
      throw absent();
    }
    try {
      return read(path, key, request);
    } catch (AccessDeniedException denied) {
      throw new HttpException(403, "this may not be read");
    }
  }

  private static HttpException absent() {
    return new HttpException(404, "there is nothing of this name");
  }

  private HttpResponse read(SitePath path, String key, HttpRequest request) throws IOException {
    long looked = cache == null ? 0 : cache.now();
    String relative = path.relative();
    Folder.Node node = folder.find(relative);
    if (node != null && node.attributes().isDirectory()) {
      if (!path.directory()) {
        return redirect(path, request);
      }
      Folder.Node directory = node;
      node = null;
      for (int i = 0; i < indexes.size() && node == null; i++) {
        relative = path.inside(indexes.get(i));
        node = file(folder.find(relative));
      }
      if (node == null && listing != null) {
        forget(key);
        return listing.page(directory.real(), path, request);
      }
    } else if (path.directory()) {
      node = null;
    }
    HttpResponse response = node == null ? null : send(node, relative, key, looked, request);
    if (response == null) {
      forget(key);
      throw absent();
    }
    return response;
  }

  private static Folder.@Nullable Node file(Folder.@Nullable Node node) {
    return node != null && node.attributes().isRegularFile() ? node : null;
  }

  private @Nullable HttpResponse send(
      Folder.Node node, String relative, String key, long looked, HttpRequest request)
      throws IOException {
    Found found = loader.look(node, relative);
    if (cache != null) {
      Resource known = cache.confirm(key, found, looked);
      HttpResponse response = known == null ? null : responder.answer(known, request);
      if (response != null) {
        return response;
      }
    }
    Resource resource = loader.load(found, relative);
    if (resource == null) {
      return null;
    }
    boolean kept = false;
    try {
      HttpResponse response = responder.answer(resource, request);
      kept = cache != null && cache.put(key, resource, looked);
      return response;
    } finally {
      if (!kept) {
        resource.close();
      }
    }
  }

  private void forget(String key) {
    if (cache != null) {
      cache.drop(key);
    }
  }

  private static HttpResponse redirect(SitePath path, HttpRequest request) {
    // Relative, since the site does not know what prefix it is mounted under. The dot keeps a name
    // with a colon from being read as a scheme.
    String query = request.query();
    return HttpResponse.redirect(
        301, "./" + Links.encode(path.name()) + "/" + (query == null ? "" : "?" + query));
  }

  /// Lets go of what the cache holds. Requests are still answered, without a cache.
  @Override
  public void close() {
    if (cache != null) {
      cache.close();
    }
  }

  static String boundary() {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    return HexFormat.of().toHexDigits(random.nextLong())
        + HexFormat.of().toHexDigits(random.nextLong());
  }

  /// Sets up a site.
  public static final class Builder {
    private final Path folder;
    private List<String> indexes = List.of("index.html", "index.htm");
    private ContentTypes types = ContentTypes.STANDARD;
    private boolean listing = true;
    private boolean dotFiles;
    private boolean gzip = true;
    private boolean precompressed = true;
    private @Nullable String cacheControl;
    private String title = "";
    private @Nullable CacheLimits cache = CacheLimits.DEFAULT;
    private LongSupplier nanos = System::nanoTime;
    private InstantSource wall = InstantSource.system();

    private Builder(Path folder) {
      this.folder = folder;
    }

    /// The names of index files, the most wanted first. `index.html` and `index.htm` as it stands.
    public Builder indexes(String... names) {
      for (String name : names) {
        if (!SitePath.isName(name, true)) {
          throw new IllegalArgumentException("not a file's name: \"" + name + "\"");
        }
      }
      indexes = List.of(names);
      return this;
    }

    /// Which type a file has.
    public Builder types(ContentTypes value) {
      types = value;
      return this;
    }

    /// Whether a folder without an index file is listed; else it is `404`. On as it stands.
    public Builder listing(boolean value) {
      listing = value;
      return this;
    }

    /// What listings call the site's root. Nothing as it stands.
    public Builder title(String value) {
      title = value;
      return this;
    }

    /// Whether names that begin with a dot are served. Off as it stands.
    public Builder dotFiles(boolean value) {
      dotFiles = value;
      return this;
    }

    /// Whether text is compressed on the way. On as it stands.
    public Builder gzip(boolean value) {
      gzip = value;
      return this;
    }

    /// Whether precompressed siblings are looked for. On as it stands.
    public Builder precompressed(boolean value) {
      precompressed = value;
      return this;
    }

    /// The `Cache-Control` of files. None as it stands, so that clients go by their own rules.
    public Builder cacheControl(String value) {
      HttpResponse.status(200).header("Cache-Control", value);
      cacheControl = value;
      return this;
    }

    /// What may be kept of files.
    public Builder cache(CacheLimits value) {
      cache = value;
      return this;
    }

    /// Keeps nothing: each request goes to the disk, by a blocking handler.
    public Builder noCache() {
      cache = null;
      return this;
    }

    /// The clock that the cache goes by, in nanoseconds; it never runs backwards.
    public Builder nanos(LongSupplier value) {
      nanos = value;
      return this;
    }

    /// The clock that files' times are compared to.
    public Builder wall(InstantSource value) {
      wall = value;
      return this;
    }

    /// The site.
    ///
    /// @throws NotDirectoryException where the folder is none
    /// @throws IOException where it cannot be reached
    public Site build() throws IOException {
      return new Site(this);
    }
  }
}
